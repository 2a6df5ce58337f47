import { Command } from "commander";
import { PpsError } from "../../../core/errors.ts";
import { safeJson } from "../../../text/visible-text.ts";
import { type CliContext, writeOut } from "../context.ts";
import { cellText } from "../output/cell.ts";
import { flagsOf } from "../shared-options.ts";

interface Message {
  guid: string;
  cause: string;
  at: string;
  envelope: { from: string; to: string[] };
  raw: string;
}

interface Flags {
  control: string;
  json?: boolean;
  raw?: string;
}

/** `pps simulator mailbox [ADDRESS]`: what left a running simulator, by address, or one message as it arrived. */
export function createMailboxCommand(context: CliContext): Command {
  const mailbox = new Command("mailbox");
  return mailbox
    .description("List the mailboxes of a running simulator, or read one")
    .argument("[address]", "Recipient whose mailbox to read")
    .requiredOption("--control <url>", "Control address the simulator printed when it started")
    .option("--raw <number>", "Print one message of the mailbox as it arrived, counted from 1")
    .option("--json", "Print JSON; raw messages are in base64")
    .action(async (address: string | undefined) => {
      // The simulator knows --json too, and may have taken it.
      const flags = flagsOf(mailbox) as unknown as Flags;
      await writeOut(
        context.stdout,
        await (address === undefined ? listMailboxes(flags) : readMailbox(address, flags)),
      );
    });
}

async function listMailboxes({ control, json }: Flags): Promise<string> {
  const answer = await ask<{ mailboxes: { address: string; messages: number }[] }>(control, "/mailboxes");
  if (json) return `${safeJson(answer)}\n`;
  if (answer.mailboxes.length === 0) return "No mail has left the gateway yet.\n";
  return answer.mailboxes
    .map(({ address, messages }) => `${String(messages).padStart(6)}  ${shown(address)}\n`)
    .join("");
}

async function readMailbox(address: string, { control, json, raw }: Flags): Promise<string | Uint8Array> {
  const answer = await ask<{ messages: Message[] }>(control, `/mailboxes/${encodeURIComponent(address)}`);
  if (raw !== undefined) {
    const message = answer.messages[Number(raw) - 1];
    if (message !== undefined) return Buffer.from(message.raw, "base64");
    throw new PpsError("not_found", `${address} has ${answer.messages.length} messages; there is no number ${raw}.`);
  }
  if (json) return `${safeJson(answer)}\n`;
  if (answer.messages.length === 0) return `Nothing has left the gateway for ${shown(address)}.\n`;
  const { default: PostalMime } = await import("postal-mime");
  const lines = answer.messages.map(async ({ at, cause, envelope, raw: bytes }, index) => {
    const { subject = "" } = await PostalMime.parse(Buffer.from(bytes, "base64"));
    const number = String(index + 1).padStart(4);
    return `${number}  ${at}  ${cause.padEnd(9)}  ${shown(envelope.from || "<>")}  ${shown(subject)}\n`;
  });
  return (await Promise.all(lines)).join("");
}

async function ask<T>(control: string, path: string): Promise<T> {
  // Not fetch, which refuses a list of ports that a simulator may well be given.
  const { request } = await import("undici");
  const response = await request(new URL(path, control)).catch((cause: Error) => {
    throw new PpsError("unreachable", `No simulator answers at ${control}: ${cause.message}.`, {
      hint: "Give the control address that pps simulator printed when it started.",
      cause,
    });
  });
  const answer = (await response.body.json()) as T & { error?: string };
  if (response.statusCode === 200) return answer;
  throw new PpsError("refused", answer.error ?? `The simulator answered with status ${response.statusCode}.`);
}

/** An address or a subject by a stranger, fit to print; a folded subject holds tabs. */
function shown(text: string): string {
  return cellText(text.replaceAll("\t", " ").slice(0, 200));
}
