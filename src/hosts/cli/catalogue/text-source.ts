import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { resolve } from "node:path";
import type { Readable } from "node:stream";
import { PpsError } from "../../../core/errors.ts";
import type { CliContext } from "../context.ts";

/** A file that is to be read for a field. */
export interface SourceOrder {
  /** A path, or `-` for standard input. */
  source: string;
  /** The field's own name, for the error. */
  field: string;
}

/** A text that is to be read; a longer one is refused before it is read whole. In characters. */
export interface TextOrder extends SourceOrder {
  maxLength: number;
}

/**
 * Reads a file or standard input as UTF-8 text, or UTF-16 where a byte order mark says so, without that mark. Throws PpsError `bad_input`
 * where that cannot be.
 */
export async function readTextSource(order: TextOrder, context: CliContext): Promise<string> {
  const { maxLength } = order;
  const longest = `at most ${maxLength} are taken`;
  // A byte order mark is no part of the text.
  const bytes = await readSource(order, maxLength * longestCharacter + 3, context);
  if (bytes === undefined) return refuse(order, `it has too many characters; ${longest}`);
  const text = decode(bytes) ?? refuse(order, "it is no UTF-8 text", "Save it as UTF-8; a workbook as CSV first.");
  return text.length <= maxLength ? text : refuse(order, `it is ${text.length} characters long; ${longest}`);
}

/** Reads a file or standard input as it is. Throws PpsError `bad_input` where that cannot be. */
export async function readByteSource(
  order: SourceOrder & { maxBytes: number },
  context: CliContext,
): Promise<Uint8Array> {
  const bytes = await readSource(order, order.maxBytes, context);
  return bytes ?? refuse(order, `it has more than ${order.maxBytes} bytes`);
}

// One UTF-16 unit takes at most so many bytes in UTF-8.
const longestCharacter = 3;

function refuse({ source, field }: SourceOrder, reason: string, hint?: string): never {
  const what = source === "-" ? "Standard input" : source;
  throw new PpsError("bad_input", `${what} cannot be read: ${reason}.`, { field, hint });
}

/** Undefined when there is more than that. */
async function readSource(order: SourceOrder, most: number, context: CliContext): Promise<Buffer | undefined> {
  const fromStdin = order.source === "-";
  if (fromStdin && context.stdin.isTTY) refuse(order, "it is a terminal", "Pipe it in, or name a file.");
  try {
    const stream = fromStdin ? context.stdin : await openFile(resolve(context.cwd, order.source));
    return await readBytes(stream, most, context.interrupted);
  } catch (error) {
    context.interrupted.throwIfAborted();
    return refuse(order, reasonOf(error));
  }
}

async function openFile(path: string): Promise<Readable> {
  if ((await stat(path)).isDirectory()) throw Object.assign(new Error("a directory"), { code: "EISDIR" });
  return createReadStream(path);
}

async function readBytes(stream: Readable, most: number, interrupted: AbortSignal): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  const stop = () => stream.destroy(new Error("interrupted"));
  interrupted.addEventListener("abort", stop);
  try {
    for await (const chunk of stream) {
      const bytes = Buffer.from(chunk);
      length += bytes.length;
      if (length > most) return undefined;
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
    return new TextDecoder(encodingOf(bytes), { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** Windows tools export UTF-16, and mark it. */
function encodingOf([first, second]: Buffer): string {
  if (first === 0xff && second === 0xfe) return "utf-16le";
  return first === 0xfe && second === 0xff ? "utf-16be" : "utf-8";
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
