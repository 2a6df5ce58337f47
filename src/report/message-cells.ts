import { defang } from "../commands/indicators/defang.ts";
import type { MessageState } from "../commands/trace/message-state.ts";
import type { Bucket, Cell, Tone } from "./document.ts";
import { code, lines, state } from "./values.ts";

const tones: Readonly<Record<MessageState, Tone>> = {
  held: "info",
  delivered: "bad",
  stopped: "good",
  unclear: "plain",
};

/** Where a message is. */
export function stateCell(value: MessageState | undefined, below?: string): Cell {
  return value === undefined ? code("", below) : state(value, tones[value] ?? "plain", below);
}

/** An address, link or host of a stranger, so written that nothing makes it clickable. */
export function hostile(value: string | undefined, below?: string): Cell {
  return code(defang(value ?? ""), below);
}

/** The same for several. */
export function hostileLines(values: readonly string[] | undefined): Cell {
  return lines((values ?? []).map(defang), true);
}

/** Files by name, with the hash by which they are known elsewhere. */
export function attachmentLines(files: readonly { name: string; sha256: string }[] = []): Cell {
  return lines(files.map(({ name, sha256 }) => `${name || "without a name"} \u00b7 SHA-256 ${sha256}`));
}

/** An envelope sender, and the address it sent from; that of a bounce is empty, which must not look as if it were not known. */
export function senderCell(sender: string | undefined, senderIp = ""): Cell {
  return code(sender === "" ? "<>" : defang(sender ?? ""), defang(senderIp));
}

/** A message as a plot over time needs it. */
export interface Dated {
  guid?: string;
  receivedAt?: string | null;
  state?: MessageState;
}

const minutes = 5;

/** Messages in stretches of five minutes; one that stands there more than once counts once. */
export function bucketsOf(messages: readonly Dated[]): Bucket[] {
  const seen = new Set<string>();
  const buckets = new Map<number, Bucket>();
  for (const { guid, receivedAt, state: where } of messages) {
    const instant = Date.parse(receivedAt ?? "");
    if (where === undefined || Number.isNaN(instant) || (guid && seen.has(guid))) continue;
    if (guid) seen.add(guid);
    const from = instant - (instant % (minutes * 60_000));
    const bucket = buckets.get(from) ?? { from, minutes, held: 0, delivered: 0, stopped: 0, unclear: 0 };
    bucket[where] += 1;
    buckets.set(from, bucket);
  }
  return [...buckets.values()];
}
