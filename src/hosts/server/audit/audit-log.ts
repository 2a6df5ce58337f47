import { createHash } from "node:crypto";
import { type FileHandle, open } from "node:fs/promises";
import { dirname } from "node:path";
import { PpsError } from "../../../core/errors.ts";
import type { Json } from "../../../core/steps.ts";
import { tryLock } from "../state/file-lock.ts";
import { refuseIfOthersWrite } from "../state/state-directory.ts";
import { syncDirectory } from "../state/whole-file.ts";
import {
  type AuditRecord,
  formatRecord,
  type IntentRecord,
  link,
  type OutcomeRecord,
  type Unlinked,
} from "./audit-record.ts";
import { type CallOutcome, summariseCall } from "./call-outcome.ts";
import { canonicalJson } from "./canonical-json.ts";
import { createLineWriter } from "./line-writer.ts";
import { readTail } from "./log-tail.ts";
import { mask, withholdSecrets } from "./withheld-secrets.ts";

/** A change as it is asked for. */
export interface IntendedCall extends Omit<Unlinked<IntentRecord>, "kind" | "arguments"> {
  /** As the caller gave them; secrets are taken out here. */
  arguments: Readonly<Record<string, unknown>>;
}

const unquotable = "Not recorded, since the call carried a secret.";

/** The log of all changes, for its one writer. */
export interface AuditLog {
  /**
   * Resolves once the record is on the disk: only then may the change be sent. Throws PpsError `busy` when it cannot be
   * written; then, and from then on, nothing may be sent.
   */
  intent(call: IntendedCall): Promise<IntentRecord>;
  /** Resolves once the record is on the disk. Throws as `intent` does. */
  outcome(intent: IntentRecord, outcome: CallOutcome): Promise<OutcomeRecord>;
  /** Hash of the last record: kept elsewhere, it proves later that nothing before it was cut off. */
  head(): string;
  /** Writes what is under way, marks the orderly end and lets the file go. */
  close(): Promise<void>;
}

/**
 * Opens the log at `path`, or begins one, for its owner alone. Half a line that a killed writer left is kept, and the first new
 * record tells of it. Throws PpsError `bad_input` where another process writes it, or where its end cannot be continued.
 */
export async function openAuditLog(path: string, { now = Date.now }: { now?: () => number } = {}): Promise<AuditLog> {
  const lock = takeLock(path);
  let file: FileHandle | undefined;
  try {
    file = await open(path, "a+", 0o600);
    refuseIfOthersWrite(path, "600");
    const { last, fragment, isUnended } = await readTail(file, path);
    const writer = createLineWriter(file);
    let before: AuditRecord | undefined = last;
    const append = async <R extends AuditRecord>(content: Unlinked<R>): Promise<R> => {
      const record = link<R>(content, before, now());
      before = record;
      await writer.write(formatRecord(record));
      return record;
    };
    if (isUnended) writer.endLine();
    await append({
      kind: "opened",
      ...(fragment && {
        fragment: { bytes: fragment.length, sha256: createHash("sha256").update(fragment).digest("hex") },
      }),
    });
    syncDirectory(dirname(path));
    const opened = file;
    return {
      intent: ({ arguments: given, ...call }) =>
        append<IntentRecord>({
          kind: "intent",
          ...call,
          arguments: withholdSecrets(given) as { [name: string]: Json },
        }),
      outcome: ({ sequence, requestId, arguments: given }, outcome) => {
        const summary = summariseCall(outcome);
        // PPS may quote in its refusal what it was sent.
        if (summary.error && canonicalJson(given).includes(mask)) summary.error.message = unquotable;
        return append<OutcomeRecord>({ kind: "outcome", intent: sequence, requestId, ...summary });
      },
      head: () => before?.hash ?? "",
      async close() {
        try {
          await append({ kind: "closed" });
        } finally {
          await opened.close();
          lock.release();
        }
      },
    };
  } catch (error) {
    await file?.close();
    lock.release();
    throw explain(error, path);
  }
}

function takeLock(path: string) {
  let lock: ReturnType<typeof tryLock>;
  try {
    // Long enough for a reader who asks whether the log is being written.
    lock = tryLock(path, 200);
  } catch (error) {
    throw explain(error, path);
  }
  if (lock !== undefined) return lock;
  throw new PpsError("bad_input", `Another server is writing the audit log ${path}.`, {
    hint: "Stop it, or give this one a directory of its own with --state.",
  });
}

function explain(error: unknown, path: string): unknown {
  const code = (error as NodeJS.ErrnoException).code;
  if (typeof code !== "string" || !("syscall" in (error as object))) return error;
  return new PpsError("bad_input", `The audit log ${path} cannot be written (${code}).`, {
    hint: "Give the server a directory that it may write with --state.",
  });
}
