import { createTransport } from "nodemailer";
import { readHostAndPort } from "../smtp/relay.ts";
import { readSamples, type Sample } from "./samples.ts";

/** What became of the samples that were sent. */
export interface Sent {
  accepted: number;
  /** Messages the gateway would not take, with its words. */
  refused: { name: string; reason: string }[];
}

/** Sends every sample of the directories through a gateway's SMTP port, one after the other over one connection. */
export async function sendSamples(smtp: string, directories: readonly string[]): Promise<Sent> {
  const transport = createTransport({
    ...readHostAndPort(smtp),
    secure: false,
    pool: true,
    maxConnections: 1,
    maxMessages: Number.POSITIVE_INFINITY,
    // The gateway's own authority is known to clients of the API only; on loopback there is nobody to be protected from.
    tls: { rejectUnauthorized: false },
  });
  const sent: Sent = { accepted: 0, refused: [] };
  const send = async ({ name, envelope, raw }: Sample) => {
    try {
      await transport.sendMail({ envelope: { ...envelope }, raw });
      sent.accepted++;
    } catch (error) {
      sent.refused.push({ name, reason: (error as Error).message });
    }
  };
  try {
    for (const directory of directories) {
      for (const sample of readSamples(directory)) await send(sample);
    }
  } finally {
    transport.close();
  }
  return sent;
}
