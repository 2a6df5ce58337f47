import { PpsError } from "../../../core/errors.ts";
import type { Call } from "./call.ts";
import { type FileBeside, saveBeside } from "./file-beside.ts";
import { chooseTarget, requirePlace } from "./saved-file.ts";

const flag = "--report";

/**
 * The file of `--report`; none where none is asked for. Throws PpsError `bad_input` for a place where none can be
 * written: after the work it would be too late.
 */
export async function openReport({ command, flags, context, talk }: Call): Promise<FileBeside[]> {
  if (flags.report === undefined) return [];
  if (/^-?$/.test(flags.report)) {
    throw new PpsError("bad_input", "--report takes the path of a file; stdout is for the result.");
  }
  const force = flags.force === true;
  const fileName = `${command.name}.html`;
  const target = await chooseTarget({ output: flags.report, cwd: context.cwd, fileName, force, flag });
  await requirePlace(target);
  const kept: unknown[] = [];
  const file: FileBeside = {
    items(items) {
      for (const item of items) kept.push(item);
    },
    async write(summary) {
      const [{ renderReport }, { version }] = await Promise.all([
        import("../../../report/report.ts"),
        import("../../../client/product.ts"),
      ]);
      const page = renderReport(command.name, { items: kept, summary }, { generatedAt: Date.now(), version });
      return saveBeside({ target, bytes: Buffer.from(page), what: "report", force, flag }, talk);
    },
  };
  return [file];
}
