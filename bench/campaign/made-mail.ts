import type { Simulator } from "../../src/simulator/index.ts";
import type { MailFacts, Verdict } from "../../src/simulator/mail.ts";
import type { Random } from "../../src/simulator/random.ts";

/** One made-up message, and whether it belongs to the campaign: the truth that the scorer never sees. */
export interface MadeMail {
  isCampaign: boolean;
  /** Milliseconds since 1970. */
  receivedAt: number;
  sender: string;
  headerFrom: string;
  recipients: string[];
  subject: string;
  messageId: string;
  ip: string;
  host: string;
  attachment: string | undefined;
  link: string | undefined;
  sizeBytes: number;
  /** The quarantine folder it is held in; else what the gateway did with it. */
  fate: { folder: string } | "delivered" | "rejected";
}

export const people = Array.from({ length: 4000 }, (_, index) => `person${index}@example.com`);

/** The message as it came over the wire; only held mail is ever asked for it. */
export function composeRaw(mail: MadeMail): Buffer {
  const date = new Date(mail.receivedAt).toUTCString().replace("GMT", "+0000");
  const body = `Dear customer,\r\n\r\nplease see ${mail.link ?? "our web site"}.\r\n`;
  const attachment =
    mail.attachment === undefined
      ? []
      : [
          "--part",
          `Content-Type: application/octet-stream; name="${mail.attachment}"`,
          `Content-Disposition: attachment; filename="${mail.attachment}"`,
          "",
          // Every copy is another file: a campaign of today seldom sends one hash twice.
          `file ${mail.messageId}`,
        ];
  return Buffer.from(
    [
      `Return-Path: <${mail.sender}>`,
      `Received: from ${mail.host} (${mail.host} [${mail.ip}]) by pps.example.com; ${date}`,
      `From: ${mail.headerFrom}`,
      `To: ${mail.recipients.join(", ")}`,
      `Subject: =?utf-8?B?${Buffer.from(mail.subject).toString("base64")}?=`,
      `Message-ID: <${mail.messageId}>`,
      `Date: ${date}`,
      "MIME-Version: 1.0",
      "Content-Type: multipart/mixed; boundary=part",
      "",
      "--part",
      "Content-Type: text/plain; charset=utf-8",
      "",
      body,
      ...attachment,
      "--part--",
      "",
    ].join("\r\n"),
  );
}

/** Puts a message into the gateway's store as if its filters had just dealt with it, and gives its guid. */
export function storeMail({ store }: Pick<Simulator, "store">, mail: MadeMail, ids: Random): string {
  const guid = ids.guid();
  const isHeld = typeof mail.fate === "object";
  const raw = isHeld ? composeRaw(mail) : Buffer.alloc(0);
  const arrival = {
    guid,
    qid: ids.qid(),
    sid: ids.sid(),
    receivedAt: mail.receivedAt,
    envelope: { from: mail.sender, to: mail.recipients },
    peer: { ip: mail.ip, host: mail.host, helo: mail.host, tls: "" },
    raw,
  };
  const facts = {
    subject: mail.subject,
    messageId: mail.messageId,
    headerFrom: mail.headerFrom,
    attachmentNames: mail.attachment === undefined ? [] : [mail.attachment],
    sizeBytes: mail.sizeBytes,
  } satisfies MailFacts;
  const final: Verdict["final"] = isHeld ? { module: "spam", rule: "definite" } : { module: "access", rule: "system" };
  const verdict: Verdict = {
    action: isHeld ? "hold" : mail.fate === "rejected" ? "reject" : "deliver",
    ...(typeof mail.fate === "object" ? { folder: mail.fate.folder } : {}),
    final,
    hits: [],
    spamScore: isHeld ? 95 : 5,
    viruses: [],
    routes: [],
    dlp: [],
    durationSeconds: 0.1,
  };
  if (isHeld) store.hold(arrival, facts, verdict);
  store.trace(arrival, facts, verdict);
  return guid;
}
