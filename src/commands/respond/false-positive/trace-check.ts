import { asSentence } from "../../answers.ts";
import { isAmong } from "../../each-once.ts";
import type { Outcome } from "../../outcome.ts";
import type { Check, Suspect } from "./check.ts";
import { releaseByHand } from "./release-check.ts";

/** Folders that take spam and nothing else (pps-api.md 8). */
const spamFolders = ["Adult", "Bulk", "Outbound Spam", "Spam", "Suspected Spam"];

const notKnown = "why it is held, and whether it carries a virus, is not known";

/** That nothing is known of what holds a message keeps it from being released. */
export interface TraceStop {
  check: Check;
  told: Pick<Outcome, "outcome" | "code" | "message" | "status" | "requestId"> & { hint: string };
}

/** Why it is not known what holds a message; undefined where its trace tells. */
export function whyUntraced({ trace, traceError }: Suspect): string | undefined {
  if (traceError !== undefined) {
    return `Its trace could not be read, so that ${notKnown}. ${asSentence(traceError.message)}`;
  }
  return trace.length === 0 ? `The trace holds nothing of it, so that ${notKnown}.` : undefined;
}

/**
 * Only the trace tells of a virus that was moved out of its folder, so that a search that failed stops every release.
 * Without a trace, or without the right to it, the folder has to be one for spam alone.
 */
export function judgeTrace(suspect: Suspect): TraceStop | undefined {
  const { message, traceError } = suspect;
  const why = whyUntraced(suspect);
  const hasFailed = traceError !== undefined && traceError.code !== "denied";
  if (why === undefined || (!hasFailed && isAmong(message.folder, spamFolders))) return undefined;
  const detail = hasFailed ? why : `${why} Folder ${message.folder} takes more than spam.`;
  const check: Check = { name: "trace", state: "stop", detail };
  const byHand = `If it is known to be harmless, ${releaseByHand(message)}.`;
  if (traceError === undefined) {
    const hint = `Mail of the last minutes may not be in the trace yet; try again later. ${byHand}`;
    return { check, told: { outcome: "refused", code: "refused", message: detail, hint } };
  }
  const { code, status, requestId, hint } = traceError;
  const advice = code === "denied" || code === "busy" ? [] : ["Try again later."];
  return {
    check,
    told: {
      outcome: "failed",
      code,
      message: detail,
      ...(status === undefined ? {} : { status }),
      ...(requestId === undefined ? {} : { requestId }),
      hint: advice.concat(hint ?? [], byHand).join(" "),
    },
  };
}
