import { PpsError } from "../../../core/errors.ts";
import type { Holder } from "../access/holder.ts";
import type { AuditLog } from "../audit/audit-log.ts";
import { faultOf, type Log } from "../observe/log.ts";
import { Problem } from "../routes/problem.ts";
import { type Call, type CallEnd, carryOut, type Found } from "./call.ts";
import { tellArguments } from "./told-arguments.ts";

/** Where changes are written down, before and after. */
export interface Books {
  audit: AuditLog;
  log: Log;
}

/** Carries a call out; a change is written down before it is sent, and what became of it afterwards. Never rejects. */
export async function carryOutOnRecord(call: Call, holder: Holder, found: Found, books: Books): Promise<CallEnd> {
  const { command, raw, dryRun, profile, requestId } = call;
  if (command.effect === "read" || dryRun) return carryOut(call, found);
  const { audit, log } = books;
  let intent: Awaited<ReturnType<AuditLog["intent"]>>;
  try {
    intent = await audit.intent({
      requestId,
      who: holder.name,
      ...(holder.tokenId === undefined ? {} : { tokenId: holder.tokenId }),
      command: command.name,
      effect: command.effect,
      profile: profile.name,
      arguments: tellArguments(command, raw),
    });
  } catch (error) {
    log.error({ requestId, fault: faultOf(error) }, "The audit log cannot be written; changes are refused.");
    const problem = new Problem("not_recorded", "The audit log cannot be written, so nothing was sent.", {
      hint: "Whoever runs the server must see to its disk and start it again.",
      retryAfterSeconds: 60,
      cause: error,
    });
    return { error: problem, trace: { mayHaveChanged: 0, ppsRequestIds: [] } };
  }
  const items: unknown[] = [];
  const end = await carryOut(call, (more) => {
    for (const item of more) items.push(item);
    return found(more);
  });
  if (command.list === undefined && end.summary !== undefined) items.push(end.summary);
  const { ppsRequestIds } = end.trace;
  try {
    await audit.outcome(intent, { items, error: recordedError(end.error), ppsRequestIds });
  } catch (error) {
    log.error({ requestId, fault: faultOf(error) }, "The outcome of a change could not be written to the audit log.");
  }
  return end;
}

/** A refusal of the server's own, in the words of the log. */
function recordedError(error: unknown): unknown {
  if (!(error instanceof Problem)) return error;
  if (error.code === "fault") return error.cause;
  const { mayHaveHappened = false } = error.details;
  return new PpsError("unreachable", error.message, { mayHaveHappened });
}
