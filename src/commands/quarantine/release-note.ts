import { formatTime } from "../../core/time.ts";
import { cleanLine } from "../answers.ts";
import { isRecord, readQuarantineTime, readText, type WireRecord } from "../wire.ts";
import type { Message } from "./message.ts";

/** What was done with a message, in PPS's words; their codes and order are not public (pps-api.md 2.4). */
export function statusesOf(message: Message): string[] {
  return entriesOf(message)
    .map(textOf)
    .filter((text) => text !== "");
}

/**
 * The newest status that speaks of a release, with its time where PPS tells it. As the texts are not public
 * (pps-api.md 2.4), one that does is a reason to be careful, and that none does proves nothing.
 */
export function findReleaseNote(messages: readonly Message[]): string | undefined {
  let newest: { text: string; time: number } | undefined;
  messages.forEach((message) => {
    entriesOf(message).forEach((entry) => {
      const text = textOf(entry);
      const time = readQuarantineTime(entry.date) ?? 0;
      if (/releas/i.test(text) && (newest === undefined || time > newest.time)) newest = { text, time };
    });
  });
  return newest === undefined || newest.time === 0 ? newest?.text : `${newest.text}, ${formatTime(newest.time)}`;
}

function entriesOf({ messageStatus }: Message): WireRecord[] {
  return (Array.isArray(messageStatus) ? messageStatus : []).filter(isRecord);
}

function textOf({ statusdesc }: WireRecord): string {
  return cleanLine(readText(statusdesc));
}
