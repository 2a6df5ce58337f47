import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { resolve } from "node:path";
import type { Readable } from "node:stream";
import { PpsError } from "../../../core/errors.ts";
import type { CliContext } from "../context.ts";

/** A text that is to be read for a field. */
export interface TextOrder {
  /** A path, or `-` for standard input. */
  source: string;
  /** In characters; a longer text is refused before it is read whole. */
  maxLength: number;
  /** The field's own name, for the error. */
  field: string;
}

/** Reads a file or standard input as UTF-8 text, without its byte order mark. Throws PpsError `bad_input` where that cannot be. */
export async function readTextSource(order: TextOrder, context: CliContext): Promise<string> {
  const fromStdin = order.source === "-";
  const refuse = (reason: string, hint?: string): never => {
    const what = fromStdin ? "Standard input" : order.source;
    throw new PpsError("bad_input", `${what} cannot be read: ${reason}.`, { field: order.field, hint });
  };
  if (fromStdin && context.stdin.isTTY) return refuse("it is a terminal", "Pipe the text in, or name a file.");
  let bytes: Buffer | undefined;
  try {
    const stream = fromStdin ? context.stdin : await openFile(resolve(context.cwd, order.source));
    bytes = await readBytes(stream, order.maxLength * longestCharacter, context.interrupted);
  } catch (error) {
    context.interrupted.throwIfAborted();
    return refuse(reasonOf(error));
  }
  const longest = `at most ${order.maxLength} are taken`;
  if (bytes === undefined) return refuse(`it has too many characters; ${longest}`);
  const text = decode(bytes) ?? refuse("it is no UTF-8 text", "Save it as UTF-8; a workbook as CSV first.");
  return text.length <= order.maxLength ? text : refuse(`it is ${text.length} characters long; ${longest}`);
}

// One UTF-16 unit takes at most so many bytes in UTF-8.
const longestCharacter = 3;

async function openFile(path: string): Promise<Readable> {
  if ((await stat(path)).isDirectory()) throw Object.assign(new Error("a directory"), { code: "EISDIR" });
  return createReadStream(path);
}

/** Undefined when there are more than that. */
async function readBytes(stream: Readable, most: number, interrupted: AbortSignal): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  const stop = () => stream.destroy(new Error("interrupted"));
  interrupted.addEventListener("abort", stop);
  try {
    for await (const chunk of stream) {
      const bytes = Buffer.from(chunk);
      length += bytes.length;
      // A byte order mark is no part of the text.
      if (length > most + 3) return undefined;
      chunks.push(bytes);
    }
  } finally {
    interrupted.removeEventListener("abort", stop);
  }
  interrupted.throwIfAborted();
  return Buffer.concat(chunks);
}

function decode(bytes: Buffer): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function reasonOf(error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code ?? "";
  const reasons: Record<string, string> = {
    ENOENT: "there is no such file",
    EACCES: "that is not permitted",
    EISDIR: "it is a directory",
    ENOTDIR: "a part of the path is no directory",
    ERR_INVALID_ARG_VALUE: "that is no path",
  };
  return reasons[code] ?? (code || (error as Error).message);
}
