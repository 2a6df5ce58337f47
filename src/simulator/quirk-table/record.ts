import type { QuirkRow } from "./row.ts";

/** Open points of a record and of raw mail (pps-api.md 2.4 and 3). */
export const recordQuirks = {
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
} as const satisfies Record<string, QuirkRow>;
