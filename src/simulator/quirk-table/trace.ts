import type { QuirkRow } from "./row.ts";

/** Open points of Smart Search, of health and of what a denied request reads (pps-api.md 1 and 5). */
export const traceQuirks = {
  "denied-body": {
    values: ["text", "html", "json", "empty"],
    onprem: "html",
    pod: "text",
    meaning: "the body of a 401 or 403",
    source: "1 Refusal shape, 10 row 6",
  },
  "trace-zone": {
    values: ["-0600", "+0000", "+0530", "+1300"],
    onprem: "-0600",
    pod: "+0000",
    meaning: "the zone of Smart Search dates",
    source: "5 Date, 11 Smart Search",
  },
  "trace-ceiling": {
    values: ["100", "1000", "50"],
    onprem: "100",
    pod: "1000",
    meaning: "most records in one Smart Search answer, and how many without `count`",
    source: "5 count, 10 row 12, 11 Smart Search",
    hostile: ["50"],
  },
  "trace-lag": {
    values: ["none", "5-seconds", "5-minutes"],
    onprem: "none",
    pod: "5-seconds",
    meaning: "how long after its arrival Smart Search first finds a message",
    source: "5 Index lag, 10 row 12, 11 Smart Search",
  },
  "trace-nothing-found": {
    values: ["empty-list", "no-key", "empty-body"],
    onprem: "empty-list",
    pod: "empty-list",
    meaning: "a Smart Search answer without a record",
    source: "5 Answer, 10 row 12, 11 Smart Search",
  },
  "trace-order": {
    values: ["newest-first", "oldest-first"],
    onprem: "newest-first",
    pod: "newest-first",
    meaning: "the order of a Smart Search answer, which also says what a cut leaves out",
    source: "5 Answer",
  },
  "trace-no-start": {
    values: ["last-24-hours", "everything"],
    onprem: "last-24-hours",
    pod: "last-24-hours",
    meaning: "the window of a Smart Search without `from`",
    source: "5 from, to",
  },
  health: {
    values: ["json", "error"],
    onprem: "json",
    pod: "error",
    meaning: "the answer of /pss/health",
    source: "1 Connection test, 11 /pss/health",
  },
} as const satisfies Record<string, QuirkRow>;
