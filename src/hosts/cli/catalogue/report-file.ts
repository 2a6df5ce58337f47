import { PpsError } from "../../../core/errors.ts";
import type { Call } from "./call.ts";
import { chooseTarget, requirePlace, saveFile } from "./saved-file.ts";

/** A page that is written beside the result. */
export interface ReportFile {
  items(items: readonly unknown[]): void;
  /** Writes the page and says where; false, and a warning, when that failed. */
  write(summary: object): Promise<boolean>;
}

const flag = "--report";

/**
 * The file of `--report`; undefined where none is asked for. Throws PpsError `bad_input` for a place where none can be
 * written: after the work it would be too late.
 */
export async function openReport({ command, flags, context, talk }: Call): Promise<ReportFile | undefined> {
  if (flags.report === undefined) return undefined;
  if (/^-?$/.test(flags.report)) {
    throw new PpsError("bad_input", "--report takes the path of a file; stdout is for the result.");
  }
  const force = flags.force === true;
  const fileName = `${command.name}.html`;
  const target = await chooseTarget({ output: flags.report, cwd: context.cwd, fileName, force, flag });
  await requirePlace(target);
  const kept: unknown[] = [];
  return {
    items(items) {
      for (const item of items) kept.push(item);
    },
    async write(summary) {
      const [{ renderReport }, { version }] = await Promise.all([
        import("../../../report/report.ts"),
        import("../../../client/product.ts"),
      ]);
      const page = renderReport(command.name, { items: kept, summary }, { generatedAt: Date.now(), version });
      try {
        await saveFile(target, Buffer.from(page), { force, flag });
      } catch (error) {
        if (!(error instanceof PpsError)) throw error;
        await talk.warn(`warning: There is no report: ${error.message}`);
        return false;
      }
      await talk.say(`Report: ${target}`);
      return true;
    },
  };
}
