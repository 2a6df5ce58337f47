import { PpsError } from "../../../core/errors.ts";
import { isJsonList, readJsonList } from "./json-list.ts";
import type { ListFile } from "./list-row.ts";
import { readTableList } from "./table-list.ts";

export type { ListFile, ListRow } from "./list-row.ts";

/** Far more than any list PPS is known to keep. */
const mostRows = 100_000;

/**
 * Reads a list file: JSON, JSON lines, CSV with or without a header, or text with one entry a line.
 * Throws PpsError `bad_input` for what is none of these; what the entries mean is not looked at.
 */
export function readListFile(written: string, { field }: { field: string }): ListFile {
  const text = written.replace(/^\ufeff/, "");
  const complaint = findWrongKind(text);
  const read = complaint ?? (isJsonList(text) ? readJsonList(text) : readTableList(text));
  if (typeof read === "string") throw new PpsError("bad_input", `The file ${read}`, { field });
  if (read.rows.length > mostRows) {
    const message = `The file has ${read.rows.length} entries; at most ${mostRows} are read.`;
    throw new PpsError("bad_input", message, { field, hint: "Divide it into several files." });
  }
  return read;
}

function findWrongKind(text: string): string | undefined {
  if (text.trim() === "") return "is empty. A list without entries is written as [].";
  if (text.slice(0, 4) === "PK\u0003\u0004") return "is a workbook or an archive. Save the list as CSV.";
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters tell what is no text
  if (/[\u0000-\u0008\u000e-\u001f]/.test(text)) return "is no text in UTF-8. Save the list as CSV or text.";
  if (/^\s*<(?:!doctype|html|\?xml)/i.test(text)) return "is a web page or XML, no list.";
  return undefined;
}
