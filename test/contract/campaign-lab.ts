import { createTransport } from "nodemailer";
import { expect } from "vitest";
import type { ResponseItem } from "../../src/commands/index.ts";
import type { SimulatorOptions } from "../../src/simulator/index.ts";
import { expandPlaceholders } from "../../src/simulator/load/placeholders.ts";
import { type Lab, openLab } from "./lab.ts";

/** Where most of what a response does is the same as anywhere. */
export const pod: SimulatorOptions = { profile: "pod" };

export const phisher = "billing@parcels.test";
export const handled = /^(done|accepted)$/;

/** A site that has named its folders, so that a search is not over thirty of which nothing comes. */
export function open(options: SimulatorOptions): Promise<Lab> {
  const folders = ["Quarantine", "Phish", "Blocked", "Deleted", "PCI", "Attachment Defense"];
  return openLab(options, { folders });
}

export interface Letter {
  from?: string;
  to?: string[];
  subject: string;
  link?: string;
  /** What makes the filter hold it, or not. */
  more?: string;
  /** The address it comes from; by SMTP, and so from an inner one, where it is left out. */
  ip?: string;
}

/** What was sent, and where the gateway put it. */
export interface Sent {
  guid: string;
  folder: string | undefined;
  raw: Buffer;
}

export function write({ from = phisher, to = ["ann@example.com"], subject, link = "", more = "" }: Letter): Buffer {
  const lines = [
    `From: Parcel Desk <${from}>`,
    `To: ${to.join(", ")}`,
    `Subject: ${subject}`,
    `Message-ID: <${subject.replace(/\W/g, "")}.${to.length}@${from.split("@")[1]}>`,
    "Date: Wed, 4 Mar 2026 12:00:00 +0000",
    "Content-Type: text/plain; charset=utf-8",
    "",
    "Dear customer,",
    "your parcel waits until the fee of 2.90 is paid.",
    link,
    more,
    "",
  ];
  return expandPlaceholders(Buffer.from(lines.join("\r\n")));
}

/** The host that a campaign was sent from. */
const rented = "203.0.113.77";

/** Sends letters, and learns from the journal what became of each. */
async function sendAll({ simulator }: Lab, letters: readonly Letter[]): Promise<Sent[]> {
  const [host, port] = simulator.smtp.split(":");
  const tls = { ca: simulator.ca, servername: "localhost" };
  const transport = createTransport({ host: String(host), port: Number(port), pool: true, maxConnections: 1, tls });
  const sent: Sent[] = [];
  for (const letter of letters) {
    const { from = phisher, to = ["ann@example.com"], ip } = letter;
    const raw = write(letter);
    const [{ sequence } = { sequence: 0 }] = simulator.journal().slice(-1);
    if (ip === undefined) await transport.sendMail({ envelope: { from, to }, raw });
    else await simulator.send({ envelope: { from, to }, raw, peer: { ip } });
    const entry = simulator.journal(sequence).find(({ effect }) => effect === "held" || effect === "delivered");
    sent.push({ guid: String(entry?.guid), folder: entry?.folder, raw });
  }
  transport.close();
  return sent;
}

export async function send(lab: Lab, letter: Letter): Promise<Sent> {
  const [sent] = await sendAll(lab, [letter]);
  if (sent === undefined) throw new Error("nothing was sent");
  return sent;
}

export const page = "https://pay.parcels.test/fee";
export const listed = "http://login.credential-harvest.test/fee";

/** A campaign of which some is held in three folders and some delivered, beside mail that only looks like it. */
export async function load(lab: Lab) {
  const other = "desk@parcels-fee.test";
  const subject = (number: number) => `Your parcel ${number} waits for payment`;
  const [reported, delivered, phish, spam, otherwise, incident, honest, unrelated] = (await sendAll(lab, [
    { subject: subject(4711), link: page, ip: rented },
    { subject: subject(4712), link: page, to: ["bob@example.com", "cem@example.com"], ip: rented },
    { subject: subject(4713), link: `${page} ${listed}`, to: ["dee@example.com"], ip: rented },
    { subject: subject(4714), link: page, more: "{{GTUBE}}", to: ["eva@example.com"], ip: rented },
    { from: other, subject: subject(4715), link: `${page} ${listed}`, to: ["fay@example.com"], ip: rented },
    { subject: subject(4716), link: page, more: "Card 4111 1111 1111 1111", ip: rented },
    {
      from: "service@carrier.example",
      subject: "Your parcel 20443 is on its way",
      link: "https://www.carrier.example/track",
      more: "{{GTUBE}}",
    },
    {
      from: "news@shop.example",
      subject: "Spring offers",
      link: "https://www.shop.example/",
      more: "{{GTUBE}}",
    },
  ])) as [Sent, Sent, Sent, Sent, Sent, Sent, Sent, Sent];
  // The trace may lag, and users read it later.
  lab.simulator.clock.advance(20 * 60_000);
  const held = [phish, spam, otherwise];
  expect([reported, delivered, ...held, incident, honest, unrelated].map(({ folder }) => folder)).toEqual([
    ...[undefined, undefined, "Phish", "Quarantine", "Phish", "PCI", "Quarantine", "Quarantine"],
  ]);
  return { reported, delivered, held, incident, honest, unrelated };
}

/** The report as a colleague hands it on: the phish whole, as an attachment. */
export function asReport(phish: Buffer): Buffer {
  const lines = [
    "From: Ann <ann@example.com>",
    "To: soc@example.com",
    "Subject: Fwd: is this real?",
    "Message-ID: <report@example.com>",
    "MIME-Version: 1.0",
    'Content-Type: multipart/mixed; boundary="b"',
    "",
    "--b",
    "Content-Type: text/plain",
    "",
    "Please look.",
    "--b",
    "Content-Type: message/rfc822",
    "Content-Disposition: attachment",
    "",
    phish.toString("latin1"),
    "--b--",
    "",
  ];
  return Buffer.from(lines.join("\r\n"), "latin1");
}

/** Everything that was done to mail or lists since, as the gateway wrote it down. */
export async function effects({ simulator }: Lab, after: number) {
  simulator.clock.advance(20 * 60_000);
  await simulator.settle();
  return simulator.journal(after);
}

export const lastOf = ({ simulator }: Lab) => simulator.journal().at(-1)?.sequence ?? 0;
export const guidsOf = (entries: readonly { guid?: string }[]) => entries.map(({ guid }) => guid).sort();
export const blocked = ({ simulator }: Lab) => simulator.organisationLists.entries("block").map(({ value }) => value);
export const kinds = (items: readonly ResponseItem[], action: ResponseItem["action"]) =>
  items.filter((item) => item.action === action).map(({ entry, folder, outcome }) => [entry ?? folder, outcome]);
