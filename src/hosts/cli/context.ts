import type { Readable, Writable } from "node:stream";

/** A stream that may be a terminal. */
export type Terminal = Writable & { isTTY?: boolean | undefined; columns?: number | undefined };

/** All of the process that the command line touches; tests give their own. */
export interface CliContext {
  /** What follows `pps`. */
  args: readonly string[];
  env: Readonly<Record<string, string | undefined>>;
  cwd: string;
  stdin: Readable & { isTTY?: boolean | undefined };
  /** Data, and nothing else. */
  stdout: Terminal;
  /** Talk: progress, summaries, warnings, errors. */
  stderr: Terminal;
  /** Aborted by Ctrl-C and by a request to end. */
  interrupted: AbortSignal;
}

/** Writes and waits until the text is taken; a reader that went away is no error of ours. */
export function writeOut(stream: Terminal, text: string | Uint8Array): Promise<void> {
  if (text.length === 0 || stream.destroyed) return Promise.resolve();
  return new Promise((resolve, reject) => {
    stream.write(text, (error) => {
      if (error && !isGone(error)) reject(error);
      else resolve();
    });
  });
}

/** True for the errors of a pipe whose reader has ended, as `head` does. */
export function isGone(error: unknown): boolean {
  const code = (error as { code?: unknown } | null)?.code;
  return code === "EPIPE" || code === "ERR_STREAM_DESTROYED";
}
