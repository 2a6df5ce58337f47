import type { ActionTable } from "../envelope.ts";
import type { MadeTable } from "../table-text.ts";
import { listFew } from "../texts.ts";

/** The tables that hold anything, and a sentence on those that do not show all. */
export function fitTables(made: readonly MadeTable[]): { tables: ActionTable[]; note?: string } {
  const filled = made.filter(({ table }) => table.rows.length > 1);
  const cut = filled
    .filter(({ isCut }) => isCut)
    .map(({ table }) => `${table.title} the first ${table.rows.length - 1}`);
  const tables = filled.map(({ table }) => table);
  return cut.length === 0
    ? { tables }
    : { tables, note: `Of longer tables the case wall shows a part: ${listFew(cut)}` };
}
