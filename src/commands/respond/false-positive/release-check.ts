import { cleanLine } from "../../answers.ts";
import type { Message } from "../../quarantine/message.ts";
import { isSameFolder } from "../../site-folders.ts";
import { isRecord, readText } from "../../wire.ts";
import type { Check, Suspect } from "./check.ts";

/**
 * Whether the message was released before; nothing but its place tells (pps-api.md 9, row 13). `isNamed`: the folder it is
 * in was named, so that a message somebody moved there is meant.
 */
export function checkReleased({ message, trace }: Suspect, settled: Message | undefined, isNamed: boolean): Check {
  const name = "released";
  if (settled !== undefined) {
    const work = statusesOf(settled);
    const told = work.length === 0 ? "" : ` PPS notes: ${work.join(", ")}.`;
    return { name, state: "stop", detail: `It lies in ${settled.folder}: released or deleted already.${told}` };
  }
  const first = readText(trace[0]?.quarantineFolder);
  if (first === "" || isSameFolder(first, message.folder)) {
    return { name, state: "ok", detail: "It was not seen among released or deleted mail." };
  }
  const moved = `It was put into ${first} and moved to ${message.folder} since, perhaps after a release`;
  return isNamed
    ? { name, state: "warn", detail: `${moved}.` }
    : { name, state: "stop", detail: `${moved}; name folder ${message.folder} to have it released from there.` };
}

/** What was done with a message, in PPS's words; their codes and order are not public (pps-api.md 2.4). */
export function statusesOf({ messageStatus }: Message): string[] {
  const list = Array.isArray(messageStatus) ? messageStatus : [];
  return list
    .map((status) => (isRecord(status) ? cleanLine(readText(status.statusdesc)) : ""))
    .filter((text) => text !== "");
}
