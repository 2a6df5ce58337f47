import type { SideTable } from "../../../core/command.ts";
import { PpsError } from "../../../core/errors.ts";
import { propertyOf } from "../output/cell.ts";
import { csvLine } from "../output/csv.ts";
import { incompleteText } from "../output/summary-text.ts";
import type { Call } from "./call.ts";
import { type FileBeside, saveBeside } from "./file-beside.ts";
import { chooseTarget, requirePlace } from "./saved-file.ts";

const flag = "--export";

/** The files of `--export TABLE=FILE`. Throws PpsError `bad_input` for a table there is not and for a place where none can be written. */
export async function openExports({ command, flags, context, talk }: Call): Promise<FileBeside[]> {
  const force = flags.force === true;
  const files: FileBeside[] = [];
  for (const written of flags.export ?? []) {
    const { table, output } = readExport(written, command.tables ?? []);
    const fileName = `${table.name}.csv`;
    const target = await chooseTarget({ output, cwd: context.cwd, fileName, force, flag });
    await requirePlace(target);
    files.push({
      items() {},
      write(summary) {
        const bytes = Buffer.from(csvOf(table, summary));
        return saveBeside({ target, bytes, what: table.name, force, flag }, talk);
      },
    });
  }
  return files;
}

function readExport(written: string, tables: readonly SideTable[]): { table: SideTable; output: string } {
  const at = written.indexOf("=");
  const name = at < 0 ? written : written.slice(0, at);
  const output = at < 0 ? "" : written.slice(at + 1);
  const table = tables.find((candidate) => candidate.name === name.trim());
  const known = tables.map((candidate) => candidate.name).join(", ");
  if (table === undefined) {
    throw new PpsError("bad_input", `--export does not know the list "${name}".`, { hint: `It takes ${known}.` });
  }
  if (/^-?$/.test(output)) {
    throw new PpsError("bad_input", `--export ${name} names no file.`, { hint: `Write --export ${name}=FILE.csv.` });
  }
  return { table, output };
}

/** Of work that broke off the summary may lack the list; the file then says that it is not complete. */
function csvOf({ name, outputs }: SideTable, summary: object): string {
  const rows = propertyOf(summary, name);
  const lines = (Array.isArray(rows) ? rows : []).map((row) =>
    csvLine(outputs.map((output) => propertyOf(row, output.name))),
  );
  const mark = incompleteText(summary);
  return csvLine(outputs.map((output) => output.name)) + lines.join("") + (mark === undefined ? "" : csvLine([mark]));
}
