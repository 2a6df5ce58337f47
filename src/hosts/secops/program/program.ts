import { isPpsError } from "../../../core/errors.ts";
import { handle } from "../handler/handle.ts";
import { EnvelopeError, readRequest } from "../handler/read-request.ts";
import { createRetryMemory } from "../handler/retry-memory.ts";
import { readSettings } from "./settings.ts";

/** Bytes of a request, at most (secops-platform.md 1.3). */
const mostBytes = 1024 * 1024;

/** What a run is given, and where its answer goes. */
export interface ProgramContext {
  stdin: AsyncIterable<Uint8Array>;
  stdout: NodeJS.WritableStream;
  env: Readonly<Record<string, string | undefined>>;
  /** The machine wants the program to end. */
  signal?: AbortSignal;
}

/**
 * Carries out the one action that stands in standard input and writes the reply. Gives the exit code: 0 with a reply,
 * whatever became of the action, and 2 where it was not begun, with the reason instead of the reply.
 */
export async function runProgram({ stdin, stdout, env, signal }: ProgramContext): Promise<number> {
  try {
    const settings = readSettings(env);
    const request = readRequest(await readAll(stdin));
    // It forgets with the program: only a server knows what an earlier run did.
    const reply = await handle(request, { ...settings, memory: createRetryMemory() }, signal);
    await write(stdout, reply);
    return 0;
  } catch (error) {
    const refusal = refusalOf(error);
    if (refusal === undefined) throw error;
    await write(stdout, refusal);
    return 2;
  }
}

function refusalOf(error: unknown): object | undefined {
  if (error instanceof EnvelopeError) return error.refusal;
  return isPpsError(error) ? { error: "bad_settings", message: error.message } : undefined;
}

async function readAll(stdin: AsyncIterable<Uint8Array>): Promise<string> {
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  for await (const piece of stdin) {
    pieces.push(piece);
    bytes += piece.length;
    if (bytes > mostBytes) {
      throw new EnvelopeError({ error: "bad_request", message: "The request is larger than 1 MiB." });
    }
  }
  return Buffer.concat(pieces).toString("utf8");
}

function write(stdout: NodeJS.WritableStream, answer: object): Promise<void> {
  return new Promise((resolve, reject) => {
    stdout.write(JSON.stringify(answer), (error) => (error ? reject(error) : resolve()));
  });
}
