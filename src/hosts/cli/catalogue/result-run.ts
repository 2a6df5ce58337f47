import type { Pps } from "../../../client/pps.ts";
import type { Outcome } from "../../../commands/index.ts";
import type { Agree, Agreement } from "../../../core/steps.ts";
import { isGone } from "../context.ts";
import { createOutcomeTally, exitCodes } from "../exit-codes.ts";
import { propertyOf } from "../output/cell.ts";
import { isPartial, summarize } from "../output/summary-text.ts";
import type { Call } from "./call.ts";
import { openExports } from "./exported-table.ts";
import type { FileBeside } from "./file-beside.ts";
import { openReport } from "./report-file.ts";
import { createResultOutput } from "./result-output.ts";

/** Puts a plan before a person. */
export type Ask = (plan: Agree) => Promise<Agreement>;

/** Runs a command and prints its result as it comes; after `declined` there is none. */
export async function runForResult(call: Call, pps: Pps, ask?: Ask): Promise<number> {
  const { command, flags, context, talk } = call;
  const besides = [...(await openExports(call)), ...(await openReport(call))];
  const writer = createResultOutput(call);
  const tally = createOutcomeTally();
  const gone = watchReader(call);
  // Before a plan is agreed to, nothing has been sent.
  let maySend = ask === undefined;
  const explain = () => {
    if (maySend) void talk.warn("Waiting for what was sent already. A second Ctrl-C leaves without its outcome.");
  };
  if (command.effect !== "read") context.interrupted.addEventListener("abort", explain, { once: true });
  // Without a reader a search has no purpose; a change goes on to its end, and so does what is to be reported.
  const endsUnread = command.effect === "read" && besides.length === 0;
  let count = 0;
  let isDeclined = false;
  try {
    const summary = await pps.execute(command, call.raw, {
      signal: endsUnread ? AbortSignal.any([context.interrupted, gone.signal]) : context.interrupted,
      dryRun: flags.dryRun === true,
      nameOf: call.nameOf,
      progress: talk.progress,
      async found(items) {
        count += items.length;
        for (const item of items) if (isOutcome(item)) tally.add(item);
        for (const file of besides) file.items(items);
        await writer.items(items);
      },
      async agree(plan) {
        const agreement = ask === undefined ? "unasked" : await ask(plan);
        isDeclined = agreement === "declined";
        maySend = !isDeclined;
        return agreement;
      },
    });
    if (isDeclined) return exitCodes.interrupted;
    await writer.end(summary);
    if (gone.signal.aborted && endsUnread) return exitCodes.done;
    await tellSummary(call, count, summary);
    const isWritten = await writeBeside(besides, summary);
    const exitCode = isPartial(summary) ? exitCodes.partial : tally.exitCode();
    return exitCode === exitCodes.done && !isWritten ? exitCodes.partial : exitCode;
  } catch (error) {
    if (gone.signal.aborted && !context.interrupted.aborted && besides.length === 0) return exitCodes.done;
    // What was done before the work broke off must not be lost.
    if (command.effect !== "read" && count > 0) {
      const brokenOff = {
        truncated: true,
        notes: ["The work broke off; what is not listed may or may not have happened."],
      };
      await writer.end(brokenOff);
      await writeBeside(besides, brokenOff);
    }
    throw error;
  } finally {
    context.interrupted.removeEventListener("abort", explain);
    gone.stop();
  }
}

/** False when one of them could not be written. */
async function writeBeside(files: readonly FileBeside[], summary: object): Promise<boolean> {
  let isWritten = true;
  for (const file of files) isWritten = (await file.write(summary)) && isWritten;
  return isWritten;
}

async function tellSummary({ command, talk }: Call, count: number, summary: object): Promise<void> {
  // A single result that shows its notes itself needs no more words.
  if (command.list === undefined && command.columns.includes("notes")) return;
  const { say, warn } = summarize({ list: command.list, count, summary, changes: command.effect !== "read" });
  for (const sentence of say) await talk.say(sentence);
  for (const sentence of warn) await talk.warn(sentence);
}

/** Notices when the reader of stdout goes away, as `head` does. */
function watchReader({ context }: Call): { signal: AbortSignal; stop(): void } {
  const controller = new AbortController();
  const notice = (error: unknown) => {
    if (isGone(error)) controller.abort();
  };
  context.stdout.on("error", notice);
  return { signal: controller.signal, stop: () => context.stdout.off("error", notice) };
}

function isOutcome(item: unknown): item is Outcome {
  return typeof propertyOf(item, "outcome") === "string";
}
