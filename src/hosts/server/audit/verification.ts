import { isLocked } from "../state/file-lock.ts";
import type { AuditRecord } from "./audit-record.ts";
import { type CheckedLine, createChain, type Remark } from "./chain.ts";
import { readLines } from "./log-lines.ts";

/** What is right and wrong with a log. */
export interface Verification {
  /** True where every record is as it was written, in its place. Records cut off the end show only with a known head. */
  ok: boolean;
  records: number;
  /** Hash of the last record, to be kept elsewhere; null in a log without records. */
  head: string | null;
  /** When the last record was written. */
  lastTime: string | null;
  /** Changes without a recorded outcome. */
  unfinished: number;
  /** How many records stand behind the one with the known head; null where none was given or it was not found. */
  sinceKnownHead: number | null;
  /** At most 100, in the order of the lines. */
  problems: Remark[];
  notes: Remark[];
}

const mostProblems = 100;

/**
 * Reads a whole log and checks its chain. A log that is being written may be checked too. `head` is the hash of a record
 * that was its last one once. Throws PpsError `bad_input` where there is no log.
 */
export async function verifyAudit(path: string, { head: known }: { head?: string } = {}): Promise<Verification> {
  const result: Verification = {
    ok: true,
    records: 0,
    head: null,
    lastTime: null,
    unfinished: 0,
    sinceKnownHead: null,
    problems: [],
    notes: [],
  };
  const unfinished = new Set<number>();
  let last: AuditRecord | undefined;
  let line = 0;
  for await (const checked of checkLog(path)) {
    line = checked.line;
    result.problems.push(...checked.problems);
    result.notes.push(...checked.notes);
    const { record } = checked;
    if (record === undefined) continue;
    last = record;
    result.records += 1;
    if (result.sinceKnownHead !== null) result.sinceKnownHead += 1;
    if (record.hash === known) result.sinceKnownHead = 0;
    if (record.kind === "intent") unfinished.add(record.sequence);
    if (record.kind === "outcome") unfinished.delete(record.intent);
  }
  if (known !== undefined && result.sinceKnownHead === null) {
    const what = `no record has the hash ${known}: the end was cut off, or the log was written anew`;
    result.problems.push({ line, what });
  }
  result.ok = result.problems.length === 0;
  result.problems = result.problems.slice(0, mostProblems);
  return { ...result, head: last?.hash ?? null, lastTime: last?.time ?? null, unfinished: unfinished.size };
}

/** Every line of a log with what is to be said of it; the last piece is about its end. */
export async function* checkLog(path: string): AsyncGenerator<CheckedLine & { line: number }> {
  const chain = createChain();
  let line = 0;
  let last: AuditRecord | undefined;
  for await (const next of readLines(path)) {
    line = next.number;
    // A writer at work: what has no line end yet is on its way.
    if (!next.isEnded && isLocked(path)) break;
    const checked = chain.check(next);
    last = checked.record ?? last;
    yield { line, ...checked };
  }
  const what = "no orderly end is marked and no server is writing: the server died, or records were cut off the end";
  const isOpen = last !== undefined && last.kind !== "closed" && !isLocked(path);
  const emptied = "the log is empty, and it begins with a record: all of it was cut off";
  // A writer that begins a log has its lock before the file.
  const isEmptied = line === 0 && !isLocked(path);
  yield {
    line,
    problems: isEmptied ? [{ line: 1, what: emptied }] : chain.end(),
    notes: isOpen ? [{ line, what }] : [],
  };
}
