import { PpsError } from "../../../core/errors.ts";
import type { DomainFacts, IpFacts } from "../../../core/name-facts.ts";
import { recognise, type Steps } from "../../../core/steps.ts";
import { complaintAt, listComplaints } from "./complaints.ts";
import { finishEntry, namesOf } from "./finished-entry.ts";
import { readWriting } from "./writing.ts";

/** What an entry matches: one address, one domain, all names below a domain, one IP address, or a network. */
export type EntryKind = "address" | "domain" | "subdomains" | "ip" | "network";

/** An entry of a block list or safe list, understood. */
export interface Entry {
  /** As it was written. */
  given: string;
  kind: EntryKind;
  /** The one spelling: `ann@evil.example`, `@evil.example`, `*.evil.example`, `192.0.2.7`, `198.51.100.0/24`. */
  text: string;
  /** Of an address: what stands before the @, in lower case. */
  local?: string;
  /** Of an address, a domain and subdomains. */
  domain?: DomainFacts;
  /** Of an ip and a network. */
  ip?: IpFacts;
  /** A sentence about how it was read, where that may surprise. */
  note?: string;
}

/** One text read: what it means, or one sentence that says why it means nothing. */
export type EntryReading = { entry: Entry } | { complaint: string };

/** Whose texts are read. */
export interface EntrySource {
  /** The field they came by, for the error. */
  field: string;
  /** Where the text of that index stands, such as `line 7`; "" for one that was given by itself. */
  placeOf?: ((index: number) => string) | undefined;
}

/**
 * Understands every text, in order and each entry once.
 * Throws one PpsError `bad_input` that names those that mean nothing, with the reasons.
 */
export function* readEntries(texts: readonly string[], { field, placeOf = () => "" }: EntrySource): Steps<Entry[]> {
  const complaints: string[] = [];
  const entries: Entry[] = [];
  const seen: { [text: string]: true } = {};
  (yield* tryReadEntries(texts)).forEach((reading, index) => {
    if ("complaint" in reading) complaints.push(complaintAt(placeOf(index), reading.complaint));
    else if (seen[reading.entry.text] !== true) {
      seen[reading.entry.text] = true;
      entries.push(reading.entry);
    }
  });
  if (complaints.length > 0) throw new PpsError("bad_input", listComplaints(complaints), { field });
  return entries;
}

/** What each of the texts means, in their order. */
export function* tryReadEntries(texts: readonly string[]): Steps<EntryReading[]> {
  const writings = texts.map(readWriting);
  const names: string[] = [];
  writings.forEach((writing) => {
    if (!("complaint" in writing)) {
      namesOf(writing).forEach((name) => {
        names.push(name);
      });
    }
  });
  const facts = names.length === 0 ? [] : yield* recognise(names);
  let next = 0;
  return writings.map((writing, index) => {
    if ("complaint" in writing) return writing;
    const start = next;
    next += namesOf(writing).length;
    return finishEntry(texts[index] as string, writing, facts.slice(start, next));
  });
}
