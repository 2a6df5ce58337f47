import { PpsError } from "../../core/errors.ts";
import type { Json } from "../../core/steps.ts";
import { createGathering } from "./gathering.ts";
import type { ReadIntel } from "./intel.ts";
import { readJsonIntel } from "./json-intel.ts";
import { readStixObjects } from "./stix/objects.ts";
import { readTableIntel } from "./table-intel.ts";

/** As our own CSV ends where a list was cut. */
const incompleteMark = /^"?# This list is not complete\./m;

/**
 * Reads indicators of threats: text (one a line, behind `#` what is for people, defanged or not, `subject: Your invoice` where
 * the form does not tell), CSV with a header, a JSON list, JSON lines, a STIX 2.1 bundle or TAXII 2.1 envelope, a MISP event.
 * What gives no indicator is told in `skipped`. Throws PpsError `bad_input` for what is none of these.
 */
export function readIntel(written: string, { field }: { field: string }): ReadIntel {
  const text = written.replace(/^\ufeff/, "");
  const gathering = createGathering(field);
  const complaint = findWrongKind(text);
  if (complaint !== undefined) throw wrong(complaint, field);
  const { intel, skipped, notes } = gathering;
  if (/^\s*(?:\[\s*["{\]]|\{\s*["}])/.test(text)) {
    const read = readJsonIntel(text, gathering);
    if (typeof read === "string") throw wrong(read, field);
    return { intel, skipped, notes, ...read };
  }
  const format = readTableIntel(text, gathering);
  if (format !== "text" && format !== "csv") throw wrong(format, field);
  return { intel, skipped, notes, isIncomplete: incompleteMark.test(text), format };
}

/** Reads the objects of a STIX 2.1 bundle, parsed already. Throws PpsError `bad_input` for more than is read. */
export function readStixIntel(objects: readonly Json[], { field }: { field: string }): ReadIntel {
  const gathering = createGathering(field);
  readStixObjects(objects, gathering);
  const { intel, skipped, notes } = gathering;
  return { intel, skipped, notes, isIncomplete: false, format: "stix" };
}

function wrong(complaint: string, field: string): PpsError {
  return new PpsError("bad_input", `The file ${complaint}`, { field });
}

function findWrongKind(text: string): string | undefined {
  if (text.trim() === "") return "is empty. A list without indicators is written as [].";
  if (text.slice(0, 4) === "PK\u0003\u0004") return "is a workbook or an archive. Save the list as CSV.";
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters tell what is no text
  if (/[\u0000-\u0008\u000e-\u001f]/.test(text)) return "is no text in UTF-8. Save the list as CSV or text.";
  // Nothing that a list holds begins so but a Message-ID or an address.
  const [bracketed = ""] = /^\s*<[^<>\s]+>/.exec(text) ?? [];
  if (/^\s*</.test(text) && bracketed.indexOf("@") < 0) {
    return "is a web page or XML. STIX is read from version 2 on, which is JSON.";
  }
  return undefined;
}
