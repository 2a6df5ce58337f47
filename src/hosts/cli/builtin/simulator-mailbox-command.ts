import { Command } from "commander";

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
export function createMailboxCommand(): Command {
  return new Command("mailbox")
    .description("List the mailboxes of a running simulator, or read one")
    .argument("[address]", "Recipient whose mailbox to read")
    .requiredOption("--control <url>", "Control address the simulator printed when it started")
    .option("--raw <number>", "Print one message of the mailbox as it arrived, counted from 1")
    .option("--json", "Print JSON; raw messages are in base64")
    .action(async (address: string | undefined, _flags: Flags, command: Command) => {
      // --json is known to the parent command too, which may have taken it.
      const flags = command.optsWithGlobals<Flags>();
      try {
        await (address === undefined ? listMailboxes(flags) : readMailbox(address, flags));
      } catch (error) {
        command.error(`error: ${(error as Error).message}`, { exitCode: 1 });
      }
    });
}

async function listMailboxes({ control, json }: Flags): Promise<void> {
  const answer = await ask<{ mailboxes: { address: string; messages: number }[] }>(control, "/mailboxes");
  if (json) return print(`${JSON.stringify(answer)}\n`);
  if (answer.mailboxes.length === 0) return print("No mail has left the gateway yet.\n");
  for (const { address, messages } of answer.mailboxes) print(`${String(messages).padStart(6)}  ${plain(address)}\n`);
}

async function readMailbox(address: string, { control, json, raw }: Flags): Promise<void> {
  const answer = await ask<{ messages: Message[] }>(control, `/mailboxes/${encodeURIComponent(address)}`);
  if (raw !== undefined) {
    const message = answer.messages[Number(raw) - 1];
    if (!message) throw new Error(`${address} has ${answer.messages.length} messages; there is no number ${raw}.`);
    process.stdout.write(Buffer.from(message.raw, "base64"));
    return;
  }
  if (json) return print(`${JSON.stringify(answer)}\n`);
  if (answer.messages.length === 0) return print(`Nothing has left the gateway for ${plain(address)}.\n`);
  const { default: PostalMime } = await import("postal-mime");
  for (const [index, { at, cause, envelope, raw: bytes }] of answer.messages.entries()) {
    const { subject = "" } = await PostalMime.parse(Buffer.from(bytes, "base64"));
    print(
      `${String(index + 1).padStart(4)}  ${at}  ${cause.padEnd(9)}  ${plain(envelope.from || "<>")}  ${plain(subject)}\n`,
    );
  }
}

async function ask<T>(control: string, path: string): Promise<T> {
  // Not fetch, which refuses a list of ports that a simulator may well be given.
  const { request } = await import("undici");
  const response = await request(new URL(path, control)).catch((cause: Error) => {
    throw new Error(`no simulator answers at ${control}: ${cause.message}`, { cause });
  });
  const answer = (await response.body.json()) as T & { error?: string };
  if (response.statusCode !== 200) throw new Error(answer.error ?? `the simulator answered ${response.statusCode}`);
  return answer;
}

function print(text: string): void {
  process.stdout.write(text);
}

// Addresses and subjects come from strangers: nothing of them may steer the terminal. A folded subject holds tabs.
const plain = (text: string) =>
  text
    .replaceAll("\t", " ")
    .replace(/[\p{Cc}\p{Bidi_C}\p{Zl}\p{Zp}]/gu, "\ufffd")
    .slice(0, 200);
