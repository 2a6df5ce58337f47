import { CommanderError } from "commander";
import { errorCodes, isPpsError, PpsError } from "../../core/errors.ts";
import { safeJson, visibleLines, visibleText } from "../../text/visible-text.ts";
import { type CliContext, writeOut } from "./context.ts";
import { exitCodes } from "./exit-codes.ts";
import { choosePaint } from "./output/paint.ts";

/** Tells an error on stderr, as JSON when the output was to be JSON, and gives the exit code for it. */
export async function reportFailure(error: unknown, context: CliContext): Promise<number> {
  if (error instanceof CommanderError && error.exitCode === 0) return exitCodes.done;
  // Commander has printed the help of a command that is only a group of others.
  if (error instanceof CommanderError && error.code === "commander.help") return exitCodes.usage;
  if (context.interrupted.aborted) {
    await writeOut(context.stderr, "pps: interrupted.\n");
    return exitCodes.interrupted;
  }
  const known = error instanceof CommanderError ? readUsageError(error) : error;
  if (isWriteFailure(known)) {
    await writeOut(context.stderr, `pps: The output cannot be written: ${visibleText(known.message)}.\n`);
    return exitCodes.fault;
  }
  if (!isPpsError(known)) {
    const trace = error instanceof Error ? (error.stack ?? error.message) : String(error);
    await writeOut(context.stderr, `pps: a fault of this program: ${visibleLines(trace)}\n`);
    return exitCodes.fault;
  }
  await writeOut(context.stderr, wantsJson(context.args) ? `${safeJson(toJson(known))}\n` : toText(known, context));
  return errorCodes[known.code].exitCode;
}

/** Standard output leads to a full disk or a broken device. */
function isWriteFailure(error: unknown): error is Error {
  return error instanceof Error && (error as NodeJS.ErrnoException).syscall === "write";
}

/** Commander says `error: ...`, with its suggestion on a line of its own. */
function readUsageError(error: CommanderError): PpsError {
  const [message = "", ...suggestion] = error.message.replace(/^error: /, "").split("\n");
  const sentence = message.endsWith(".") ? message : `${message}.`;
  const hint = suggestion.join(" ").replace(/^\((.*)\)$/, "$1");
  if (hint !== "") return new PpsError("bad_input", sentence, { hint });
  // An option of plain words is a slip of the pen, and neither an id nor an address.
  const mayBeValue = message.startsWith("unknown option") && !/'--?[a-z-]+'/.test(message);
  return new PpsError(
    "bad_input",
    sentence,
    mayBeValue ? { hint: "What begins with - but is no option is written after --." } : {},
  );
}

function wantsJson(args: readonly string[]): boolean {
  const end = args.indexOf("--");
  const options = end < 0 ? args : args.slice(0, end);
  return options.includes("--json") || options.includes("--jsonl");
}

function toText(error: PpsError, context: CliContext): string {
  const paint = choosePaint(context.stderr, context.env, !context.args.includes("--no-color"));
  const lines = [`${paint("bad", "pps:")} ${visibleText(error.message)}`];
  if (error.hint !== undefined) lines.push(`hint: ${visibleText(error.hint)}`);
  if (error.requestId !== undefined) lines.push(`request: ${visibleText(error.requestId)}`);
  return `${lines.join("\n")}\n`;
}

function toJson({ code, message, hint, status, requestId, retryAfterSeconds, mayHaveHappened, field }: PpsError) {
  return { error: { code, message, hint, status, requestId, retryAfterSeconds, mayHaveHappened, field } };
}
