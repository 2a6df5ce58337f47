import type { QuirkRow } from "./row.ts";

/** Open points of the end-user API and of what lists of senders do (pps-api.md 6 and 7). */
export const enduserQuirks = {
  enduser: {
    values: ["on", "off"],
    onprem: "on",
    pod: "on",
    meaning: "whether the gateway has an end-user API at all; without it every call is denied with 403",
    source: "11 /enduser",
    hostile: ["off"],
  },
  "user-lists": {
    values: ["add", "replace"],
    onprem: "add",
    pod: "add",
    meaning: "whether `safelist` and `blocklist` in a change add entries or take the place of the list",
    source: "6 Block a sender for one user, 10 row 13, 11 /enduser",
  },
  "user-list-form": {
    values: ["text-or-array", "text"],
    onprem: "text-or-array",
    pod: "text-or-array",
    meaning: "whether `safelist` and `blocklist` take an array of entries, or one entry as text only",
    source: "6 Block a sender for one user, 11 lists in a change",
  },
  "user-removal": {
    values: ["understood", "ignored", "refused"],
    onprem: "understood",
    pod: "understood",
    meaning:
      "what `deletesafelist` and `deleteblocklist` do: take entries out, nothing at all, or have the change refused",
    source: "6 Taking an entry out, 10 row 13, 11 lists in a change",
    hostile: ["ignored", "refused"],
  },
  "user-created-status": {
    values: ["200", "201"],
    onprem: "200",
    pod: "200",
    meaning: "the status of an accepted create",
    source: "6 POST",
  },
  "user-answer": {
    values: ["profile", "empty", "text"],
    onprem: "profile",
    pod: "profile",
    meaning: "the body of an accepted create, change or delete",
    source: "6 POST, PUT, DELETE",
  },
  "user-single": {
    values: ["list", "text"],
    onprem: "list",
    pod: "list",
    meaning: "how a list of one entry reads in a profile",
    source: "6 Profile keys",
  },
  "user-empty-fields": {
    values: ["shown", "left-out"],
    onprem: "shown",
    pod: "shown",
    meaning: "whether a profile has keys that hold nothing",
    source: "6 Profile keys",
  },
  "user-refusal-group": {
    values: ["invalidarguments", "other"],
    onprem: "invalidarguments",
    pod: "invalidarguments",
    meaning: "the group under `errors` that a refusal of the end-user API stands in",
    source: "6 Reading it",
  },
  "list-precedence": {
    values: ["block", "safe"],
    onprem: "block",
    pod: "block",
    meaning: "which list wins when a sender stands on a safe list and on a block list",
    source: "7 Which list wins, 10 row 15, 11 sender on both kinds of list",
  },
} as const satisfies Record<string, QuirkRow>;
