import type { Pps } from "../../../client/pps.ts";
import { PpsError } from "../../../core/errors.ts";
import type { MailFile } from "../../../core/mail-file.ts";
import { exitCodes } from "../exit-codes.ts";
import { choosePaint } from "../output/paint.ts";
import { createResultWriter } from "../output/result-writer.ts";
import { formatOf } from "../shared-options.ts";
import { type Call, createWrite } from "./call.ts";
import { chooseTarget, type SaveTerms, saveFile } from "./saved-file.ts";

/** What a command with a file returns, as far as saving needs it. */
interface FileSummary {
  file: MailFile;
  fileName: string;
}

/** Runs a command that gives a file: saves it, or hands its bytes to stdout for `-o -`. */
export async function runForFile(call: Call, pps: Pps): Promise<number> {
  const { flags, context, talk } = call;
  const toStdout = flags.output === "-";
  if (toStdout) refuseUnsafeStdout(call);
  const { file, fileName, ...rest } = (await pps.execute(call.command, call.raw, {
    signal: context.interrupted,
    nameOf: call.nameOf,
    progress: talk.progress,
  })) as FileSummary;
  const { fileBytes } = await import("../../../client/http/reply.ts");
  const bytes = fileBytes(file);
  if (toStdout) {
    await createWrite(call)(bytes);
    return exitCodes.done;
  }
  const terms: SaveTerms = { force: flags.force === true, flag: "-o" };
  const target = await chooseTarget({ output: flags.output, cwd: context.cwd, fileName, ...terms });
  await saveFile(target, bytes, terms);
  await talk.say(`Saved ${bytes.length} bytes to ${target}`);
  await printSaved(call, { ...rest, fileName, savedTo: target });
  return exitCodes.done;
}

async function printSaved(call: Call, result: object): Promise<void> {
  const { command, flags, context } = call;
  const columns = [...command.columns, "savedTo"];
  const writer = createResultWriter({
    command,
    format: formatOf(flags),
    columns,
    paint: choosePaint(context.stdout, context.env, flags.color),
    write: createWrite(call),
  });
  await writer.end(result);
}

/** A stranger's raw mail may hold whatever a terminal acts on. */
function refuseUnsafeStdout({ flags, context }: Call): void {
  if (formatOf(flags) !== "table") {
    throw new PpsError("bad_input", "-o - writes the raw message to stdout, where a table or JSON has no place then.");
  }
  if (context.stdout.isTTY) {
    throw new PpsError("bad_input", "A raw message is not written to a terminal, which would act on what it holds.", {
      hint: "Pipe it into another program, or save it with -o FILE.",
    });
  }
}
