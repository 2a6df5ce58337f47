import { PpsError } from "../../core/errors.ts";
import { readAs, recogniseIndicator } from "./indicator-value.ts";
import type { Intel, IntelFacts, IntelKind, SkippedIntel } from "./intel.ts";

/** More than any feed of senders is known to hold. */
const mostRows = 100_000;

/** Takes up the indicators of a file one by one. */
export interface Gathering {
  readonly intel: Intel[];
  readonly skipped: SkippedIntel[];
  readonly notes: string[];
  /** Reads one text, by its form where its kind is not known. */
  add(place: string, given: string, kind?: IntelKind, facts?: IntelFacts): void;
  /** Nothing where there is no reason. */
  skip(place: string, reason: string | undefined): void;
}

/** Throws PpsError `bad_input` once there are more rows than are read. */
export function createGathering(field: string): Gathering {
  const intel: Intel[] = [];
  const skipped: SkippedIntel[] = [];
  const checkSize = () => {
    if (intel.length + skipped.length < mostRows) return;
    throw new PpsError("bad_input", `The file has more than ${mostRows} indicators.`, {
      field,
      hint: "Divide it into several files.",
    });
  };
  const skip = (place: string, reason: string | undefined) => {
    if (reason === undefined) return;
    checkSize();
    skipped.push({ place, reason });
  };
  return {
    intel,
    skipped,
    notes: [],
    skip,
    add(place, given, kind, facts) {
      const reading = kind === undefined ? recogniseIndicator(given) : readAs(kind, given);
      if ("reason" in reading) {
        skip(place, reading.reason);
        return;
      }
      checkSize();
      intel.push({ kind: reading.kind, value: reading.value, given, place, ...facts });
    },
  };
}
