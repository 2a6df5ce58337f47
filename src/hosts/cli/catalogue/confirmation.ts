import { once } from "node:events";
import { createInterface } from "node:readline/promises";
import type { Command } from "../../../core/command.ts";
import { PpsError } from "../../../core/errors.ts";
import { withoutKeys } from "../../../core/shown-address.ts";
import { visibleText } from "../../../text/visible-text.ts";
import type { CliContext } from "../context.ts";
import { singularOf } from "../output/singular.ts";
import { flagOf } from "./field-flags.ts";

/** What is about to be done. */
export interface Intent {
  command: Command;
  /** What the user gave, as written. */
  raw: Readonly<Record<string, unknown>>;
}

/** Throws PpsError `bad_input` when there is nobody who could be asked before something is destroyed. */
export function requirePerson(intent: Intent, context: CliContext): void {
  if (context.stdin.isTTY === true && context.stderr.isTTY === true) return;
  const message = `Not done without --yes, since nobody can be asked: ${describeIntent(intent)}.`;
  throw new PpsError("bad_input", message, { hint: "Give --yes to go ahead, or --dry-run to see what would be sent." });
}

/** Asks before something is destroyed; anything but yes means no. */
export async function askPerson(intent: Intent, context: CliContext): Promise<boolean> {
  // Line by line, not key by key: so Ctrl-C stays the signal that it is everywhere else.
  const reader = createInterface({ input: context.stdin, output: context.stderr, terminal: false });
  const ended = once(reader, "close").then(() => "");
  try {
    const answer = await Promise.race([
      reader.question(`${describeIntent(intent)}. Go ahead? [y/N] `, { signal: context.interrupted }),
      ended,
    ]);
    return /^\s*y(es)?\s*$/i.test(answer);
  } finally {
    reader.close();
  }
}

/** `Delete Messages: 3 messages (2 in Phish, 1 in Spam), --deleted-folder Deleted`. */
function describeIntent({ command, raw }: Intent): string {
  const parts = Object.entries(command.fields).flatMap(([name, field]) => {
    const value = raw[name];
    if (value === undefined || value === false) return [];
    if (field.positional && Array.isArray(value)) return [countItems(value, name)];
    const shown = value === true ? "" : ` ${visibleText(shownValue(name, String(value)))}`;
    return [`${flagOf(name, field)}${shown}`];
  });
  return `${command.title}: ${parts.join(", ")}`;
}

/** Addresses of feeds often hold a key. */
function shownValue(field: string, value: string): string {
  return field === "url" ? withoutKeys(value, "...") : value;
}

function countItems(items: readonly unknown[], field: string): string {
  const plural = /guids$/i.test(field) ? "messages" : field;
  const total = `${items.length} ${items.length === 1 ? singularOf(plural) : plural}`;
  const folders = new Map<string, number>();
  for (const item of items) {
    const folder = folderOf(String(item));
    if (folder !== undefined) folders.set(folder, (folders.get(folder) ?? 0) + 1);
  }
  if (folders.size === 0) return total;
  const shares = [...folders].map(([folder, count]) => `${count} in ${visibleText(folder)}`);
  return `${total} (${shares.join(", ")})`;
}

/** The folder an item names itself, when it is a message as `--jsonl` prints it. */
function folderOf(item: string): string | undefined {
  if (!item.trimStart().startsWith("{")) return undefined;
  try {
    const { folder } = JSON.parse(item) as { folder?: unknown };
    return typeof folder === "string" ? folder : undefined;
  } catch {
    return undefined;
  }
}
