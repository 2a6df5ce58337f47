import type { Writable } from "node:stream";
import { type Logger, pino } from "pino";
import { version } from "../../../client/product.ts";

/** Where the server says what it does. Nothing a caller sent is ever in it, but for names that the server knows itself. */
export type Log = Logger;

/** A log of JSON lines; what has the name of a secret would be blotted out even if somebody put it in. */
export function createLog(to: Writable): Log {
  const secrets = ["authorization", "token", "password", "secret", "body", "query"];
  return pino(
    {
      base: { service: "proofpoint-ps", version },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      redact: { paths: [...secrets, ...secrets.map((name) => `*.${name}`)], censor: "***" },
    },
    to,
  );
}

/** A fault for the log: its kind and where it arose. Its message is left out, since that may quote what a caller sent. */
export function faultOf(error: unknown): { kind: string; at: string[] } {
  if (!(error instanceof Error)) return { kind: typeof error, at: [] };
  const at = (error.stack ?? "").split("\n").filter((line) => /^ {4}at /.test(line));
  return { kind: error.name, at: at.slice(0, 10).map((line) => line.trim()) };
}
