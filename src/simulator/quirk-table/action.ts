import type { QuirkRow } from "./row.ts";

/** Open points of the five actions (pps-api.md 4). */
export const actionQuirks = {
  "localguid-after-move": {
    values: ["new", "same"],
    onprem: "new",
    pod: "same",
    meaning: "whether a move gives a message another `localguid`",
    source: "2.4 localguid, 10 row 11, 11 after move",
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
} as const satisfies Record<string, QuirkRow>;
