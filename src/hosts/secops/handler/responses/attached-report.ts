import { version } from "../../../../client/product.ts";
import type { ActionFile } from "../envelope.ts";
import type { Run } from "../run.ts";

/** Bytes of one file on the case wall (secops-platform.md 1.4). */
const mostAttached = 3.5 * 1024 * 1024;

/** The report as a file for the case wall, or the sentence that says why there is none. */
export interface AttachedReport {
  files: ActionFile[];
  note?: string;
}

/** Writes the report of a command's result; nothing where it found nothing. */
export async function attachReport(
  { instance }: Run,
  command: string,
  { items, summary }: { items: readonly unknown[]; summary: object },
): Promise<AttachedReport> {
  if (items.length === 0) return { files: [] };
  // Loaded by the first report: a program that runs one action has no time for what it does not need.
  const { renderReport } = await import("../../../../report/report.ts");
  const generatedAt = (instance.options.now ?? Date.now)();
  const page = Buffer.from(renderReport(command, { items, summary }, { generatedAt, version }));
  if (page.length > mostAttached) {
    return { files: [], note: "The report was not attached, since the case wall takes 3.5 MiB at most" };
  }
  const day = new Date(generatedAt).toISOString().slice(0, 10);
  return {
    files: [{ name: `pps-${command.replace(".", "-")}-${day}.html`, base64: page.toString("base64"), caseWall: true }],
  };
}
