/** What the commands of each area are about, by their names up to the last dot; for help and documents. */
export const areaTitles: Readonly<Record<string, string>> = {
  system: "The connection itself",
  quarantine: "Find, read, release and delete held messages",
  message: "Everything known of one message",
  trace: "What became of mail that passed the gateway",
  users: "End users and their own sender lists",
  "users.blocklist": "Senders that single users have blocked",
  "users.safelist": "Senders that single users trust",
  blocklist: "Senders whose mail is blocked for everybody",
  safelist: "Senders whose mail is never taken for spam",
};
