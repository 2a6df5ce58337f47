import type { Result } from "../run.ts";
import type { MadeTable } from "../table-text.ts";
import { sentences } from "../texts.ts";
import type { WireRecord } from "./records.ts";

/** What a search found, whatever it was for. */
export interface Findings {
  /** One of them, such as `trace record`. */
  noun: string;
  records: readonly WireRecord[];
  made: MadeTable;
  summary: { notes: readonly string[]; truncated: boolean };
}

/** Tells of a search; a list without records is one all the same. */
export function tellFindings({ noun, records, made, summary }: Findings): Omit<Result, "result"> {
  const { table, isCut } = made;
  return {
    message: sentences([
      records.length === 0 ? `No ${noun} matches the search` : `Found ${records.length} ${noun}(s)`,
      ...summary.notes,
      isCut ? `The table shows the first ${table.rows.length - 1}` : undefined,
    ]),
    json: [...records],
    tables: records.length === 0 ? [] : [table],
    truncated: summary.truncated || isCut,
  };
}
