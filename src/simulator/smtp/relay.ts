import { createTransport } from "nodemailer";
import type { Outbound } from "../gateway.ts";

/** A mail server that takes leaving mail. */
export interface Relay extends Outbound {
  close(): void;
}

/**
 * Hands leaving mail to another mail server by SMTP, raw bytes and envelope as they are. STARTTLS is used when offered, whatever
 * the certificate says, as mail servers do. A recipient that is refused while others are reached is reported: to fail for its
 * sake would make the sender try again, and the others get the mail twice.
 */
export function createRelay(hostAndPort: string, report: (line: string) => void): Relay {
  const { host, port } = readHostAndPort(hostAndPort);
  const transport = createTransport({ host, port, secure: false, pool: true, tls: { rejectUnauthorized: false } });
  return {
    async deliver({ envelope: { ...envelope }, raw }) {
      const { rejected } = await transport.sendMail({ envelope: { ...envelope }, raw });
      const refused = rejected.map(String);
      if (refused.length > 0) report(`relay: refused ${refused.join(", ")}; the other recipients have the mail`);
      return envelope.to.filter((recipient) => !refused.includes(recipient));
    },
    close: () => transport.close(),
  };
}

/** Reads `host:port`, also `[::1]:25`. Throws an Error saying what was expected. */
export function readHostAndPort(text: string): { host: string; port: number } {
  const [, bracketed, plain, digits] = /^(?:\[([^\]]+)\]|([^:\s]+)):(\d{1,5})$/.exec(text) ?? [];
  const port = Number(digits);
  const host = bracketed ?? plain;
  if (!host || !(port >= 1 && port <= 65_535)) throw new Error(`relay "${text}": expected host:port`);
  return { host, port };
}
