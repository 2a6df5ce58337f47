/** What this gateway calls itself: in SMTP, in records and traces, and in mail it writes. A reserved name, so nobody's. */
export const hostName = "pps.example.com";
