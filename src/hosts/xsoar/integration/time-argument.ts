import { PpsError } from "../../../core/errors.ts";
import { readTime } from "../../../core/time.ts";

const monthFirst = /^(\d\d)\/(\d\d)\/(\d{4})$/;

/**
 * A time as playbooks write it, in a form that the catalogue takes: beside its own forms the American MM/DD/YYYY, which
 * the released integration reads. Undefined where none was given. Throws PpsError `bad_input` in that integration's words.
 */
export function readTimeArgument(which: "start" | "end", value: unknown, now: number): string | undefined {
  if (value === undefined || value === null || (value === "" && which === "end")) return undefined;
  const text = typeof value === "string" || typeof value === "number" ? String(value) : JSON.stringify(value);
  const american = monthFirst.exec(text.trim());
  const phrase = american ? `${american[3]}-${american[1]}-${american[2]}` : text;
  const reading = readTime(phrase, now);
  if ("time" in reading) return phrase;
  throw new PpsError("bad_input", `Failed parsing ${which} time: ${text}`, {
    field: which === "start" ? "since" : "until",
    hint: `${reading.complaint.charAt(0).toUpperCase()}${reading.complaint.slice(1)}`,
  });
}
