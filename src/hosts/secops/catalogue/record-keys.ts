import type { exampleRecord } from "./records.ts";

/** Keys of a quarantine record that playbooks hand from one action to the next. */
export const recordKeys = {
  guid: "guid",
  localGuid: "localguid",
  recipients: "rcpts",
} as const satisfies Record<string, keyof typeof exampleRecord>;
