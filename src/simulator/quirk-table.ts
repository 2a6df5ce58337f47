/** One point that the public sources leave open, and how far this gateway can differ in it. */
export interface QuirkRow {
  /** All values; the first after a profile's default that is not hostile is "the opposite". */
  values: readonly string[];
  onprem: string;
  pod: string;
  meaning: string;
  /** Section or table row of pps-api.md. */
  source: string;
  /** Values under which no client can do its work; chosen only when asked for by name. */
  hostile?: readonly string[];
}

/** Every open point of pps-api.md sections 1 to 5, 10 and 11 that this gateway shows: the only place a profile is told from another. */
export const quirkTable = {
  "denied-body": {
    values: ["text", "html", "json", "empty"],
    onprem: "html",
    pod: "text",
    meaning: "the body of a 401 or 403",
    source: "1 Refusal shape, 10 row 6",
  },
  "search-cap": {
    values: ["1000", "500", "100", "20"],
    onprem: "1000",
    pod: "1000",
    meaning: "most records in one quarantine answer",
    source: "2.3 Cap, 11 cap",
  },
  "limit-parameter": {
    values: ["ignored", "honoured"],
    onprem: "ignored",
    pod: "ignored",
    meaning: "what the `limit` parameter of a quarantine search does",
    source: "2.1 limit, 11 limit",
  },
  "window-edges": {
    values: ["inclusive", "end-exclusive", "exclusive"],
    onprem: "inclusive",
    pod: "inclusive",
    meaning: "whether startdate and enddate themselves belong to the window",
    source: "2.3 Windows, 11 window edges",
  },
  "no-dates": {
    values: ["last-24-hours", "everything"],
    onprem: "last-24-hours",
    pod: "last-24-hours",
    meaning: "the window of a quarantine search without startdate and enddate",
    source: "2.1 dates absent, 11 no dates",
  },
  "order-within-second": {
    values: ["newest-first", "shuffled"],
    onprem: "newest-first",
    pod: "newest-first",
    meaning: "the order of records that share one second",
    source: "11 cap",
  },
  "unknown-folder": {
    values: ["refused", "empty"],
    onprem: "refused",
    pod: "refused",
    meaning: "a search in a folder that does not exist",
    source: "10 row 4, 11 unknown folder on search",
  },
  "sub-domains": {
    values: ["left-out", "included"],
    onprem: "left-out",
    pod: "left-out",
    meaning: "whether `@example.com` also finds senders at sub.example.com",
    source: "2.2 in domain, 10 row 9",
  },
  "bare-word": {
    values: ["equals", "nothing"],
    onprem: "equals",
    pod: "equals",
    meaning: "what a pattern without `@` and `*` finds",
    source: "2.2 bare word, 10 row 9",
  },
  "inner-star": {
    values: ["literal", "wildcard", "refused"],
    onprem: "literal",
    pod: "literal",
    meaning: "a star inside a pattern such as `a*b`",
    source: "2.2 inner star",
  },
  "address-case": {
    values: ["ignored", "exact"],
    onprem: "ignored",
    pod: "ignored",
    meaning: "letter case when comparing addresses",
    source: "2.2 letter case, 10 row 9",
  },
  "subject-case": {
    values: ["ignored", "exact"],
    onprem: "ignored",
    pod: "ignored",
    meaning: "letter case when comparing subjects",
    source: "2.2 letter case, 10 row 9",
  },
  "count-field": {
    values: ["returned", "matched"],
    onprem: "returned",
    pod: "returned",
    meaning: "whether `count` tells the records returned or all that matched",
    source: "2.3 count, 10 row 8",
  },
  "nothing-found": {
    values: ["empty-list", "no-records", "bare-array", "empty-body"],
    onprem: "empty-list",
    pod: "empty-list",
    meaning: "a quarantine answer without a record",
    source: "2.3 count and odd answers, 11 nothing found",
    hostile: ["empty-body"],
  },
  envelope: {
    values: ["object", "bare-array"],
    onprem: "object",
    pod: "object",
    meaning: "what holds the records of a quarantine answer",
    source: "2.3 Odd answers",
  },
  meta: {
    values: ["full", "foreign-keys", "absent"],
    onprem: "full",
    pod: "full",
    meaning: "the `meta` of a quarantine answer",
    source: "2.3 meta, 11 nothing found and meta",
  },
  "record-numbers": {
    values: ["strings", "numbers", "mixed"],
    onprem: "strings",
    pod: "numbers",
    meaning: "`size` and `spamscore` of a record, and the numbers in `messagestatus`",
    source: "2.4 size, 11 numbers in records",
  },
  "empty-fields": {
    values: ["empty-string", "null", "absent"],
    onprem: "empty-string",
    pod: "empty-string",
    meaning: "a record's field that has no value",
    source: "2.4 any, 9 row 19",
  },
  "unknown-fields": {
    values: ["none", "some"],
    onprem: "none",
    pod: "none",
    meaning: "fields in a record that nobody has described",
    source: "2.4 any, 10 row 10",
  },
  "status-order": {
    values: ["newest-first", "oldest-first"],
    onprem: "newest-first",
    pod: "newest-first",
    meaning: "the order inside `messagestatus`",
    source: "2.4 messagestatus",
  },
  "dlp-shape": {
    values: ["rules", "flat"],
    onprem: "rules",
    pod: "rules",
    meaning: "the inner shape of `dlpviolation`",
    source: "2.4 dlpviolation, 10 row 10",
  },
  localguid: {
    values: ["three-part", "guid", "opaque"],
    onprem: "three-part",
    pod: "guid",
    meaning: "the form of `localguid`",
    source: "2.4 localguid, 11 localguid",
  },
  "localguid-after-move": {
    values: ["new", "same"],
    onprem: "new",
    pod: "same",
    meaning: "whether a move gives a message another `localguid`",
    source: "2.4 localguid, 10 row 11, 11 after move",
  },
  "raw-absent-body": {
    values: ["text", "html", "empty"],
    onprem: "text",
    pod: "text",
    meaning: "the body of the 404 for a guid that is not held",
    source: "11 guid given",
  },
  "raw-content-type": {
    values: ["message/rfc822", "application/octet-stream", "text/html", "application/json"],
    onprem: "message/rfc822",
    pod: "application/octet-stream",
    meaning: "the Content-Type of a raw mail, true or not",
    source: "3 Body",
  },
  "queued-status": {
    values: ["200", "202", "204"],
    onprem: "200",
    pod: "202",
    meaning: "the status of an accepted release, resubmit or forward",
    source: "4.3, 11 release, resubmit, forward",
  },
  "queued-body": {
    values: ["json", "nearly-json", "text", "empty"],
    onprem: "json",
    pod: "text",
    meaning: "the body of an accepted release, resubmit or forward",
    source: "4.3, 11 release, resubmit, forward",
  },
  "moved-status": {
    values: ["200", "204", "202"],
    onprem: "200",
    pod: "200",
    meaning: "the status of an accepted move or delete",
    source: "4.3, 11 move, delete",
  },
  "moved-body": {
    values: ["json", "text", "nearly-json", "empty"],
    onprem: "json",
    pod: "json",
    meaning: "the body of an accepted move or delete",
    source: "4.3, 11 move, delete",
  },
  "queued-effect": {
    values: ["at-once", "soon", "late", "never"],
    onprem: "at-once",
    pod: "soon",
    meaning:
      "when release, resubmit and forward take effect: at once, after 2 seconds or 10 minutes of the gateway's time, or never",
    source: "10 row 2, 11 time of effect",
    hostile: ["never"],
  },
  "moved-effect": {
    values: ["at-once", "soon", "late", "never"],
    onprem: "at-once",
    pod: "soon",
    meaning: "when move and delete take effect: at once, after 2 seconds or 10 minutes of the gateway's time, or never",
    source: "10 row 2, 11 time of effect",
    hostile: ["never"],
  },
  "batch-bad-id": {
    values: ["all-refused", "good-ones-done", "first-part-done", "skipped"],
    onprem: "all-refused",
    pod: "good-ones-done",
    meaning: "a list of ids one of which is not in the folder",
    source: "4.3 Batches, 10 row 3, 11 batch with a bad id",
  },
  "longest-batch": {
    values: ["unlimited", "100", "1"],
    onprem: "unlimited",
    pod: "unlimited",
    meaning: "most ids that one action takes",
    source: "4.3 Batches, 10 row 3",
  },
  "gone-id": {
    values: ["404", "400", "500", "accepted"],
    onprem: "404",
    pod: "400",
    meaning: "an action on an id that stands in no folder: the refusal's status, or accepted without effect",
    source: "10 row 5, 11 action on a gone id",
  },
  "refusal-status": {
    values: ["400", "409", "422", "500"],
    onprem: "400",
    pod: "400",
    meaning: "the status of refusals for which none is known",
    source: "4.3 other refusals",
  },
  "action-folder-case": {
    values: ["ignored", "exact"],
    onprem: "ignored",
    pod: "ignored",
    meaning: "letter case of folder names in actions",
    source: "8 Folder names",
  },
  "resubmitted-guid": {
    values: ["same", "new"],
    onprem: "same",
    pod: "new",
    meaning: "the guid of a message that went back through the filters",
    source: "9 row 17",
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

export type QuirkName = keyof typeof quirkTable;

/** One chosen value for every open point. */
export type Quirks = { readonly [Name in QuirkName]: (typeof quirkTable)[Name]["values"][number] };

/**
 * Pairs that leave a client no way to see that an answer was cut: a lowered cap that nothing announces. Never chosen together
 * except by name.
 */
export const blindPairs: readonly { quirk: QuirkName; value: string; cap: "search-cap"; unless: string }[] = [
  { quirk: "meta", value: "absent", cap: "search-cap", unless: "1000" },
  { quirk: "envelope", value: "bare-array", cap: "search-cap", unless: "1000" },
];
