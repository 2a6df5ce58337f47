import { visibleText } from "../../../text/visible-text.ts";
import type { ResultWriter, WriterSettings } from "./result-writer.ts";
import { incompleteText } from "./summary-text.ts";
import { headingLine, type Layout, layOut, rowLine, type TableShape } from "./table.ts";

// So many rows decide how wide the columns are; longer lists then flow without being held in memory.
const measuredRows = 1000;

/** A table; the first rows are held back until its columns can be measured. */
export function createTableWriter(settings: WriterSettings): ResultWriter {
  const { command, columns, width, omitEmpty, paint, write } = settings;
  const shape: TableShape = {
    columns: columns.map((name) => ({ name, whole: isWhole(name, command.outputs) })),
    paint,
    omitEmpty: omitEmpty === true,
    ...(width === undefined ? {} : { width }),
  };
  const waiting: unknown[] = [];
  let layout: Layout | undefined;

  async function begin(): Promise<Layout> {
    const measured = layOut(waiting, shape);
    layout = measured;
    const rows = waiting.splice(0).map((row) => rowLine(row, measured, shape));
    await write(headingLine(measured, shape) + rows.join(""));
    return measured;
  }

  return {
    async items(items) {
      if (layout === undefined) {
        for (const item of items) waiting.push(item);
        if (waiting.length >= measuredRows) await begin();
        return;
      }
      const known = layout;
      await write(items.map((row) => rowLine(row, known, shape)).join(""));
    },
    async end(summary) {
      if (layout === undefined && waiting.length > 0) await begin();
      const mark = settings.onTerminal === true ? undefined : incompleteText(summary);
      if (mark !== undefined) await write(`${visibleText(mark)}\n`);
    },
  };
}

/** Half an id, a time, a number or PPS's reason is worth nothing. */
function isWhole(name: string, outputs: WriterSettings["command"]["outputs"]): boolean {
  const type = outputs.find((output) => output.name === name)?.type;
  return type === "time" || type === "number" || type === "boolean" || /guid$|Id$|^message$/i.test(name);
}
