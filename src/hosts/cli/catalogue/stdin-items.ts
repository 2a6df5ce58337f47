import { createInterface } from "node:readline";
import { PpsError } from "../../../core/errors.ts";
import type { CliContext } from "../context.ts";
import { commandLine } from "./command-words.ts";

/** What was piped in. */
export interface StdinItems {
  items: string[];
  /** The list that was piped in said of itself that it was cut short. */
  truncated: boolean;
}

/** Reads one item a line, each as it stands: an id, or an object as `--jsonl` prints it. Blank lines mean nothing. */
export async function readStdinItems(
  commandName: string,
  context: Pick<CliContext, "stdin" | "interrupted">,
): Promise<StdinItems> {
  if (context.stdin.isTTY) {
    throw new PpsError("bad_input", "- reads from standard input, which is a terminal.", {
      hint: `Pipe a list in, one item a line: ... | ${commandLine(commandName)} -`,
    });
  }
  const items: string[] = [];
  let truncated = false;
  const lines = createInterface({ input: context.stdin, crlfDelay: Number.POSITIVE_INFINITY });
  const stop = () => lines.close();
  context.interrupted.addEventListener("abort", stop);
  try {
    for await (const written of lines) {
      // Windows shells put a byte order mark before what they pipe.
      const line = written.replace(/^\ufeff/, "");
      if (line.trim() === "") continue;
      if (isTruncationMark(line)) truncated = true;
      else items.push(line);
    }
  } finally {
    context.interrupted.removeEventListener("abort", stop);
  }
  context.interrupted.throwIfAborted();
  return { items, truncated };
}

/** The last line of a `--jsonl` list that is not complete. */
function isTruncationMark(line: string): boolean {
  if (!line.startsWith('{"truncated":')) return false;
  try {
    return (JSON.parse(line) as { truncated?: unknown }).truncated === true;
  } catch {
    return false;
  }
}
