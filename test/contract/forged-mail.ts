import { createTransport } from "nodemailer";
import { expandPlaceholders } from "../../src/simulator/load/placeholders.ts";
import { effects, guidsOf, lastOf } from "./campaign-lab.ts";
import type { Lab } from "./lab.ts";

export const attacker = "attacker@evil.test";
export const adviser = "news@tax-adviser.example";

/** A mail as its sender makes it up, by default one that the filter holds. */
export interface Post {
  envelope: string;
  from?: string;
  /** The header's, and the one recipient. */
  to?: string;
  subject?: string;
  id: string;
  /** Stand before all others. */
  headers?: string[];
  body?: string;
  attached?: Buffer;
}

export function compose(post: Post): Buffer {
  const { envelope, from = `<${envelope}>`, to = "ann@example.com", subject = "Your tax guide is ready" } = post;
  const { id, headers = [], body = "Our guide is ready. {{GTUBE}}", attached } = post;
  const lines = headers.concat(
    ...[`From: ${from}`, `To: ${to}`, `Subject: ${subject}`, `Message-ID: <${id}>`, "MIME-Version: 1.0"],
    ...["Date: Wed, 4 Mar 2026 12:00:00 +0000"],
  );
  if (attached === undefined) lines.push("Content-Type: text/plain; charset=utf-8", "", body, "");
  else {
    lines.push('Content-Type: multipart/mixed; boundary="part"', "", "--part", "Content-Type: text/plain", "", body);
    lines.push("--part", "Content-Type: message/rfc822", "", attached.toString("latin1"), "--part--", "");
  }
  return expandPlaceholders(Buffer.from(lines.join("\r\n"), "latin1"));
}

/** Sends it by SMTP, and learns from the journal what became of it. */
export async function post({ simulator }: Lab, given: Post) {
  const [host, port] = simulator.smtp.split(":");
  const tls = { ca: simulator.ca, servername: "localhost" };
  const transport = createTransport({ host: String(host), port: Number(port), tls });
  const raw = compose(given);
  const [{ sequence } = { sequence: 0 }] = simulator.journal().slice(-1);
  const { envelope, to = "ann@example.com" } = given;
  await transport.sendMail({ envelope: { from: envelope, to: [to] }, raw });
  transport.close();
  const entry = simulator.journal(sequence).find(({ effect }) => effect === "held" || effect === "delivered");
  return { guid: String(entry?.guid), isHeld: entry?.effect === "held", raw };
}

/** What a run deletes by the journal, some time after what was sent. */
export async function deletedBy(lab: Lab, run: () => Promise<unknown>): Promise<(string | undefined)[]> {
  lab.simulator.clock.advance(20 * 60_000);
  const start = lastOf(lab);
  await run();
  return guidsOf((await effects(lab, start)).filter(({ effect }) => effect === "deleted"));
}

export const imitation = { envelope: attacker, from: `Tax Adviser <${adviser}>` };
export const genuine: Post = { envelope: adviser, from: `Tax Adviser <${adviser}>`, id: "n8@tax-adviser.example" };
