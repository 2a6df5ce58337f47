import type { QuirkRow } from "./row.ts";

/** Open points of the cloud Threat Protection API (pps-api.md 7). */
export const cloudQuirks = {
  "cloud-lists": {
    values: ["present", "absent"],
    onprem: "absent",
    pod: "present",
    meaning: "whether the gateway has the cloud API for the organisation's safe and block list",
    source: "7 On premises, 11 section 7",
    hostile: ["absent"],
  },
  "cloud-token-seconds": {
    values: ["3600", "60"],
    onprem: "3600",
    pod: "3600",
    meaning: "how long a token of the cloud API is good for, on the gateway's clock",
    source: "7 Token, 11 section 7",
  },
  "cloud-token-life": {
    values: ["number", "text", "unsaid", "overstated"],
    onprem: "number",
    pod: "number",
    meaning:
      "how the token's life is told: `expires_in` as a number or as text, not at all, or as an hour even where it is less",
    source: "7 Token, 9 row 19, 11 section 7",
  },
  "cloud-call-limit": {
    values: ["10-a-minute", "none"],
    onprem: "10-a-minute",
    pod: "10-a-minute",
    meaning: "how many calls to the lists one key has",
    source: "7 Rate, 11 section 7",
  },
  "cloud-retry-after": {
    values: ["none", "seconds", "date"],
    onprem: "none",
    pod: "none",
    meaning: "the Retry-After header of a call beyond the limit",
    source: "1 Load limits, 10 row 7",
  },
  "cloud-change-body": {
    values: ["echo", "json", "empty"],
    onprem: "echo",
    pod: "echo",
    meaning: "the body of an accepted change to a list: the entry again, other JSON, or nothing",
    source: "7 Success, 11 section 7",
  },
  "cloud-absent-entry": {
    values: ["400", "404", "200"],
    onprem: "400",
    pod: "400",
    meaning: "the status of deleting an entry that is not on the list",
    source: "7 Not public",
  },
  "cloud-list-delay": {
    values: ["none", "5-minutes"],
    onprem: "none",
    pod: "none",
    meaning: "how long after a change to an organisation list the filter goes by the old one, in the gateway's time",
    source: "7 Not public, 10 row 15",
  },
  "cloud-list-size": {
    values: ["unlimited", "1000"],
    onprem: "unlimited",
    pod: "unlimited",
    meaning: "most entries on an organisation list; beyond, an addition is refused with 400",
    source: "7 Not public, 10 row 15",
  },
  "cloud-operators": {
    values: ["by-list", "all"],
    onprem: "by-list",
    pod: "by-list",
    meaning:
      "the operators a list takes: four on the block list and two on the safe list, or these four and `is_in_list` on both",
    source: "7 operator",
  },
  "cloud-empty-comment": {
    values: ["left-out", "empty-text"],
    onprem: "left-out",
    pod: "left-out",
    meaning: "how an entry without a comment is listed",
    source: "7 Read answer",
  },
} as const satisfies Record<string, QuirkRow>;
