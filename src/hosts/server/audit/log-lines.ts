import { createReadStream } from "node:fs";
import { PpsError } from "../../../core/errors.ts";

/** One line of the file. */
export interface LogLine {
  /** From 1. */
  number: number;
  /** Without its line end. */
  bytes: Buffer;
  /** False for a last line without a line end. */
  isEnded: boolean;
}

const lineEnd = 0x0a;

/** The lines of a log, one after another, as bytes. Throws PpsError `bad_input` where there is no such file. */
export async function* readLines(path: string): AsyncGenerator<LogLine> {
  let number = 0;
  let parts: Buffer[] = [];
  try {
    for await (const chunk of createReadStream(path, { highWaterMark: 262_144 }) as AsyncIterable<Buffer>) {
      let from = 0;
      for (let end = chunk.indexOf(lineEnd); end >= 0; end = chunk.indexOf(lineEnd, from)) {
        parts.push(chunk.subarray(from, end));
        yield { number: ++number, bytes: Buffer.concat(parts), isEnded: true };
        parts = [];
        from = end + 1;
      }
      if (from < chunk.length) parts.push(chunk.subarray(from));
    }
  } catch (error) {
    throw explain(error, path);
  }
  if (parts.length > 0) yield { number: ++number, bytes: Buffer.concat(parts), isEnded: false };
}

function explain(error: unknown, path: string): unknown {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === "ENOENT") {
    return new PpsError("bad_input", `There is no audit log ${path}.`, {
      hint: "Name the state directory of the server with --state; its log begins with its first start.",
    });
  }
  if (typeof code !== "string" || !("syscall" in (error as object))) return error;
  return new PpsError("bad_input", `The audit log ${path} cannot be read (${code}).`);
}
