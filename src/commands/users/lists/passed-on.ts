import type { RunContext } from "../../../core/command.ts";
import { isPpsError, PpsError } from "../../../core/errors.ts";
import type { JsonObject } from "../../../core/fields.ts";
import type { Steps } from "../../../core/steps.ts";
import { type Entry, tryReadEntries } from "../../lists/entry/entry.ts";
import { guard } from "../../lists/entry/guard.ts";
import { readTexts } from "../../wire.ts";

/**
 * Holds the senders among further fields against the guard rails, and gives notes; the fields themselves are passed on
 * as they are. Throws PpsError `bad_input` for what would do harm, and for an empty list, which might empty the user's
 * (pps-api.md 6).
 */
export function* guardPassedOn(fields: JsonObject | undefined, { ownDomains }: RunContext): Steps<string[]> {
  const notes: string[] = [];
  for (const list of ["safelist", "blocklist"] as const) {
    const value = fields?.[list];
    if (value === undefined) continue;
    const texts = readTexts(value);
    const hint = `Use users ${list} add and remove, which change single entries.`;
    if (texts.length === 0) {
      const message = `fields holds ${list} without an entry, which might empty the user's ${list}.`;
      throw new PpsError("bad_input", message, { field: "fields", hint });
    }
    const readings = yield* tryReadEntries(texts);
    const entries: Entry[] = [];
    for (const reading of readings) if ("entry" in reading) entries.push(reading.entry);
    try {
      for (const note of guard(entries, { list, ownDomains, override: false })) notes.push(note);
    } catch (error) {
      if (!isPpsError(error)) throw error;
      throw new PpsError("bad_input", error.message, {
        field: "fields",
        hint: `If that is what you want, say so with override of users ${list} add.`,
      });
    }
  }
  return notes;
}
