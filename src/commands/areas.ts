/** The name of a command up to its last dot; a command of one word is an area of its own. */
export function areaOf(name: string): string {
  const end = name.lastIndexOf(".");
  return end < 0 ? name : name.slice(0, end);
}

/** What the commands of each area are about; for help and documents. */
export const areaTitles: Readonly<Record<string, string>> = {
  system: "The connection itself",
  quarantine: "Find, read, release and delete held messages",
  message: "Everything known of one message",
  trace: "What became of mail that passed the gateway",
  respond: "Deal with a reported phish, or with mail that was held by mistake",
  hunt: "Mail that matches the indicators of an attack",
  users: "End users and their own sender lists",
  "users.blocklist": "Senders that single users have blocked",
  "users.safelist": "Senders that single users trust",
  blocklist: "Senders whose mail is blocked for everybody",
  safelist: "Senders whose mail is never taken for spam",
};
