import type { Json } from "../../../core/steps.ts";
import { type Entry, errorEntry, noteEntry } from "../entries/entry.ts";
import type { Result } from "./xsoar-command.ts";

/** A record as PPS sent it, under PPS's own keys: what context and columns are made of. */
export type WireRecord = { [key: string]: Json };

/** PPS's own records of what was found; should PPS tell unasked what DLP rules matched, with its digits masked. */
export function recordsOf({ items }: Pick<Result, "items">): WireRecord[] {
  return items.map((item) => {
    const { record, dlpViolation } = item as { record: WireRecord; dlpViolation?: Json };
    return dlpViolation === undefined ? record : { ...record, dlpviolation: dlpViolation };
  });
}

/** What should be known beside the result: what it lacks, and what could not be learnt. */
export function notesOf({ summary }: Pick<Result, "summary">): string[] {
  return (summary as { notes?: string[] }).notes ?? [];
}

/** The notes as an entry, if there are any; as an error where the task that asked must not pass for done. */
export function noteEntries(result: Pick<Result, "summary">, isError = false): Entry[] {
  const text = notesOf(result).join("\n");
  if (text === "") return [];
  return [isError ? errorEntry(text) : noteEntry(text)];
}
