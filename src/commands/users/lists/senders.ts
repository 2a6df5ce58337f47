import type { RunContext } from "../../../core/command.ts";
import { PpsError } from "../../../core/errors.ts";
import { quoteValue } from "../../../core/quoted-value.ts";
import type { Steps } from "../../../core/steps.ts";
import { fewNames } from "../../few-names.ts";
import { complaintAt, listComplaints } from "../../lists/entry/complaints.ts";
import { type Entry, type EntrySource, readEntries, tryReadEntries } from "../../lists/entry/entry.ts";
import { entryNotes } from "../../lists/entry/entry-notes.ts";
import { guard } from "../../lists/entry/guard.ts";
import type { ListFile, ListRow } from "../../lists/files/list-file.ts";
import type { ListName } from "../../lists/list-name.ts";
import { readAttribute, readOperator } from "../../lists/organisation/criterion.ts";
import { readRows, type WrittenEntries } from "../../lists/written-entries.ts";
import { toWireEntry } from "./wire-entry.ts";

/** One sender that is to stand on a user's list, or not to stand there any more. */
export interface Sender {
  /** In our words. */
  entry: string;
  /** As PPS spells it. */
  value: string;
  /** As it was written: a person may have copied it from the list. */
  given: string;
}

/** Where senders are to go, and how they came. */
export interface SenderSite extends EntrySource {
  list: ListName;
  /** True lets senders through that the guard rails refuse. */
  override: boolean;
}

/** Reads what was written of senders. Throws PpsError `bad_input` for entries that compare anything else. */
export function readSenderRows(written: WrittenEntries): ListFile {
  const { rows, isIncomplete } = readRows(written);
  const complaints = rows
    .filter((row) => !isSender(row))
    .map((row) => {
      const { entry, attribute = "sender", operator, place } = row;
      const how = operator === undefined ? attribute : `${attribute} ${operator}`;
      return complaintAt(place, `${quoteValue(entry)} is compared by ${how}, which a user's own list cannot do.`);
    });
  if (complaints.length > 0) throw new PpsError("bad_input", listComplaints(complaints), { field: "entries" });
  return { rows, isIncomplete };
}

/** A user's own list compares the envelope sender: whole, from its @ on, or from a dot on (pps-api.md 6). */
function isSender({ entry, attribute, operator }: ListRow): boolean {
  if (attribute !== undefined && readAttribute(attribute) !== "sender") return false;
  const how = operator === undefined ? "equal" : readOperator(operator);
  return how === "equal" || (how === "contain" && /^[@.]/.test(entry));
}

/** Understands senders to be added, and guards the list. Throws PpsError `bad_input` that names those refused. */
export function* readSenders(
  texts: readonly string[],
  { list, field, placeOf, override }: SenderSite,
  { ownDomains }: RunContext,
): Steps<{ wanted: Sender[]; notes: string[] }> {
  const entries = yield* readEntries(texts, { field, placeOf });
  requireSenders(entries, field);
  const warnings = guard(entries, { list, override, ownDomains });
  return { wanted: entries.map(toSender), notes: entryNotes(entries).concat(noteWider(entries), warnings) };
}

/** Understands senders to be taken out. A list may hold what is no entry to us; it can be taken out all the same. */
export function* readLeaving(texts: readonly string[]): Steps<Sender[]> {
  const readings = yield* tryReadEntries(texts);
  return readings.map((reading, index): Sender => {
    const given = (texts[index] as string).trim();
    return "entry" in reading ? toSender(reading.entry) : { entry: given, value: given, given };
  });
}

function requireSenders(entries: readonly Entry[], field: string): void {
  const ips = entries
    .filter((entry) => toWireEntry(entry) === undefined)
    .map((entry) => `${entry.text} is no sender: a user's own list holds addresses and domains only.`);
  // Where PPS keeps a list as one text, it would find several entries in such a one, unguarded.
  const several = entries
    .filter(({ text }) => /[\s,;]/.test(text))
    .map(({ text }) => `${text} holds a blank, comma or semicolon, at which PPS may divide a user's own list.`);
  const complaints = ips.concat(several);
  if (complaints.length === 0) return;
  throw new PpsError("bad_input", listComplaints(complaints), {
    field,
    hint: "Only the organisation's list takes such entries.",
  });
}

function toSender(entry: Entry): Sender {
  return { entry: entry.text, value: toWireEntry(entry) ?? entry.text, given: entry.given.trim() };
}

/** PPS has no spelling for the names below a domain alone (pps-api.md 6). */
function noteWider(entries: readonly Entry[]): string[] {
  const names = entries.filter(({ kind }) => kind === "subdomains").map(({ text }) => text);
  if (names.length === 0) return [];
  const wider =
    names.length === 1
      ? `${names[0]} matches ${(names[0] as string).replace(/^\*\./, "")} itself too`
      : `${fewNames(names)} match the domains themselves too`;
  return [`On a user's own list ${wider}.`];
}
