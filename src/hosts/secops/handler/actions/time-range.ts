import { quoteValue } from "../../../../core/quoted-value.ts";
import type { timeFrames } from "../../catalogue/parameters.ts";
import { type ParameterValues, refuse } from "../parameter-values.ts";

/** Which time a search is about, as the catalogue's commands read it. */
export interface TimeRange {
  since: string;
  until?: string;
}

const spans: Readonly<Record<(typeof timeFrames)[number], string>> = {
  "Last Hour": "1 hour",
  "Last 6 Hours": "6 hours",
  "Last 24 Hours": "24 hours",
  "Last Week": "7 days",
  "Last Month": "1 month",
};

/** Reads `Time Frame`, `Start Time` and `End Time`. Throws PpsError `bad_input`. */
export function readTimeRange(parameters: ParameterValues): TimeRange {
  const frame = parameters.choice("Time Frame");
  const start = readIso(parameters, "Start Time");
  const end = readIso(parameters, "End Time");
  if (frame !== "Custom") {
    for (const [name, value] of [
      ["Start Time", start],
      ["End Time", end],
    ] as const) {
      if (value !== undefined) throw refuse(name, `is given, but Time Frame is ${frame}; choose Custom to use it.`);
    }
    return { since: readSpan(parameters) };
  }
  if (start === undefined) throw refuse("Start Time", "is missing, which Time Frame Custom needs.");
  return end === undefined ? { since: start } : { since: start, until: end };
}

/** Reads `Time Frame` where there is no Custom. */
export function readSpan(parameters: ParameterValues): string {
  return spans[parameters.choice("Time Frame") as keyof typeof spans];
}

const iso = /^\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d([.,]\d+)?)?\s?(Z|[+-]\d\d:?\d\d)?)?$/i;

function readIso(parameters: ParameterValues, name: string): string | undefined {
  const value = parameters.text(name);
  if (value === undefined || iso.test(value)) return value;
  throw refuse(name, `takes a time in ISO 8601 such as 2026-03-04T05:06:07Z, not ${quoteValue(value)}.`);
}
