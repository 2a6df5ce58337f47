import type { RunContext } from "../../../core/command.ts";
import { PpsError } from "../../../core/errors.ts";
import type { Steps } from "../../../core/steps.ts";
import { listComplaints } from "../../lists/entry/complaints.ts";
import { type Entry, readEntries, tryReadEntries } from "../../lists/entry/entry.ts";
import { guard } from "../../lists/entry/guard.ts";
import type { ListName } from "../../lists/list-name.ts";
import { toWireEntry } from "./wire-entry.ts";

/** One sender that is to stand on a user's list, or not to stand there any more. */
export interface Wanted {
  /** In our words. */
  entry: string;
  /** As PPS spells it. */
  value: string;
  /** As it was written: a person may have copied it from the list. */
  given: string;
}

/** Where senders are to go, and how they came. */
export interface SenderSite {
  list: ListName;
  /** The field they were given by, for the error. */
  field: string;
  /** True lets senders through that the guard rails refuse. */
  override: boolean;
}

/** Understands senders to be added, and guards the list. Throws PpsError `bad_input` that names those refused. */
export function* readSenders(
  texts: readonly string[],
  { list, field, override }: SenderSite,
  { ownDomains }: RunContext,
): Steps<{ wanted: Wanted[]; notes: string[] }> {
  const entries = yield* readEntries(texts, { field });
  requireSenders(entries, field);
  const warnings = guard(entries, { list, override, ownDomains });
  return { wanted: entries.map(toWanted), notes: notesOn(entries).concat(warnings) };
}

/** Understands senders to be taken out. A list may hold what is no entry to us; it can be taken out all the same. */
export function* readLeaving(texts: readonly string[]): Steps<Wanted[]> {
  const readings = yield* tryReadEntries(texts);
  return readings.map((reading, index): Wanted => {
    const given = (texts[index] as string).trim();
    return "entry" in reading ? toWanted(reading.entry) : { entry: given, value: given, given };
  });
}

function requireSenders(entries: readonly Entry[], field: string): void {
  const complaints = entries
    .filter((entry) => toWireEntry(entry) === undefined)
    .map((entry) => `${entry.text} is no sender: a user's own list holds addresses and domains only.`);
  if (complaints.length === 0) return;
  throw new PpsError("bad_input", listComplaints(complaints), {
    field,
    hint: "Only the organisation's list takes IP addresses and networks.",
  });
}

function toWanted(entry: Entry): Wanted {
  return { entry: entry.text, value: toWireEntry(entry) ?? entry.text, given: entry.given.trim() };
}

function notesOn(entries: readonly Entry[]): string[] {
  const notes: string[] = [];
  entries.forEach((entry) => {
    if (entry.note !== undefined) notes.push(entry.note);
    if (entry.kind !== "subdomains") return;
    notes.push(`On a user's own list ${entry.text} matches ${entry.text.replace(/^\*\./, "")} itself too.`);
  });
  return notes;
}
