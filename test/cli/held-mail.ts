import type { Simulator } from "../../src/simulator/index.ts";
import { expandPlaceholders } from "../../src/simulator/load/placeholders.ts";

export interface HeldMail {
  from?: string;
  to?: string[];
  subject?: string;
}

const spam = expandPlaceholders(Buffer.from("{{GTUBE}}")).toString();

/** Sends a message that the spam filter holds in the folder Quarantine, and gives what identifies it. */
export async function hold(simulator: Simulator, mail: HeldMail = {}): Promise<{ guid: string; raw: Buffer }> {
  const { from = "offers@shop.example", to = ["ann@example.com"], subject = "An offer" } = mail;
  const encoded = `=?UTF-8?B?${Buffer.from(subject).toString("base64")}?=`;
  const raw = Buffer.from(
    [
      `From: <${from}>`,
      `To: ${to.map((address) => `<${address}>`).join(", ")}`,
      `Subject: ${encoded}`,
      "Message-ID: <offer@shop.example>",
      "",
      spam,
      "",
    ].join("\r\n"),
  );
  const { guid, verdict } = await simulator.send({ envelope: { from, to }, raw });
  if (verdict.folder !== "Quarantine") throw new Error(`The message went to ${verdict.folder ?? verdict.action}.`);
  return { guid, raw };
}
