import { PpsError } from "../../core/errors.ts";
import { recognise, type Steps } from "../../core/steps.ts";
import { domainOf } from "../address-domain.ts";
import { readAs, recogniseIndicator } from "../intel/indicator-value.ts";
import type { Intel, IntelKind } from "../intel/intel.ts";
import { readIntel } from "../intel/read-intel.ts";

/** Fields of the input that name indicators of one kind each, which is called as the field is. */
export const askedFields = ["sender", "recipient", "subject", "host", "attachment", "virus", "messageId"] as const;

/** What the input may name. */
export type AskedIndicators = { indicators?: string[]; file?: string } & {
  [field in (typeof askedFields)[number]]?: string[];
};

/** What is hunted for, each once, and what has to be said of it. */
export interface Hunted {
  intel: Intel[];
  notes: string[];
  /** True where the file says of itself that it was cut. */
  isIncomplete: boolean;
}

/** Parts of a file that give nothing and are told one by one. */
const mostSkipped = 20;

/** Reads what is hunted for. Throws PpsError `bad_input` for an argument that is no indicator, and for a file without any. */
export function readAsked(asked: AskedIndicators): Hunted {
  const given = readArguments(asked);
  const file = asked.file === undefined ? undefined : readIntel(asked.file, { field: "file" });
  const notes = (file?.notes ?? []).slice();
  const skipped = (file?.skipped ?? []).map(({ place, reason }) => `${place} ${reason}`);
  skipped.slice(0, mostSkipped).forEach((sentence) => {
    notes.push(`Left out of the file: ${sentence}.`);
  });
  if (skipped.length > mostSkipped) notes.push(`${skipped.length - mostSkipped} more parts of the file were left out.`);
  const intel = mergeRevoked(given.concat(file?.intel ?? []));
  if (intel.length === 0) {
    const [first] = skipped;
    const why = first === undefined ? "it is empty" : `${first}${skipped.length > 1 ? ", and so on" : ""}`;
    throw new PpsError("bad_input", `The file names no indicator that can be used: ${why}.`, { field: "file" });
  }
  return { intel, notes, isIncomplete: file?.isIncomplete === true };
}

function readArguments(asked: AskedIndicators): Intel[] {
  const intel: Intel[] = [];
  const take = (field: string, given: string, kind: IntelKind | undefined) => {
    // Everybody, as in any other search; a file does not get to ask for that.
    const isAnybody = given === "*" && (kind === "sender" || kind === "recipient");
    const reading = isAnybody
      ? { kind, value: given }
      : kind === undefined
        ? recogniseIndicator(given)
        : readAs(kind, given);
    if ("reason" in reading) throw new PpsError("bad_input", `An argument ${reading.reason}.`, { field });
    intel.push({ kind: reading.kind, value: reading.value, given, place: field });
  };
  (asked.indicators ?? []).forEach((given) => {
    take("indicators", given, undefined);
  });
  askedFields.forEach((field) => {
    (asked[field] ?? []).forEach((given) => {
      take(field, given, field);
    });
  });
  return intel;
}

/** The first of each, unless its source has taken it back and another has not. */
function mergeRevoked(all: readonly Intel[]): Intel[] {
  const known: { [key: string]: number } = Object.create(null);
  const once: Intel[] = [];
  all.forEach((one) => {
    const key = `${one.kind} ${one.value}`;
    const at = known[key];
    if (at === undefined) known[key] = once.push(one) - 1;
    else if (once[at]?.revoked && !one.revoked) once[at] = one;
  });
  return once;
}

/** What the host knows of the domains: their ASCII spelling, which envelopes have, and where everybody has a mailbox. */
export function* recogniseDomains(
  intel: readonly Intel[],
): Steps<{ intel: Intel[]; isMailProvider: (domain: string) => boolean }> {
  const names: string[] = [];
  const known: { [name: string]: { ascii: string; isProvider: boolean } } = Object.create(null);
  intel.forEach((one) => {
    const name = domainNamedBy(one);
    if (name === undefined || known[name] !== undefined) return;
    known[name] = { ascii: name, isProvider: false };
    names.push(name);
  });
  (names.length === 0 ? [] : yield* recognise(names)).forEach(({ domain }, index) => {
    if (domain !== undefined)
      known[names[index] as string] = { ascii: domain.ascii, isProvider: domain.isMailProvider };
  });
  const isProvider: { [ascii: string]: boolean } = Object.create(null);
  const spelled = intel.map((one): Intel => {
    const name = domainNamedBy(one);
    const facts = name === undefined ? undefined : known[name];
    if (name === undefined || facts === undefined) return one;
    isProvider[facts.ascii] = facts.isProvider;
    return { ...one, value: one.value.slice(0, one.value.length - name.length) + facts.ascii };
  });
  // Two spellings may have been one domain.
  return { intel: mergeRevoked(spelled), isMailProvider: (domain) => isProvider[domain] === true };
}

function domainNamedBy({ kind, value }: Intel): string | undefined {
  if (kind === "domain") return value.replace(/^\*\./, "");
  if ((kind !== "sender" && kind !== "recipient") || value.indexOf("*") >= 0) return undefined;
  return domainOf(value);
}
