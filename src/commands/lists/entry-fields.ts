import type { Rule } from "../../core/command.ts";
import { file, flag } from "../../core/fields.ts";

/** Entries from a file, on every list. */
export const entryFile = file({
  description: "File with entries: CSV, JSON, or one entry a line.",
});

/** Lets the guard rails be passed. */
export const override = flag({
  description: "Take entries that the guard rails refuse, such as a whole mail provider.",
});

/** At least one entry, by whichever way. */
export const needsEntries: Rule = ({ entries, file: given }, nameOf) =>
  entries === undefined && given === undefined ? `${nameOf("entries")} or ${nameOf("file")} must be given.` : undefined;
