import { isPpsError } from "../../../core/errors.ts";
import { ask, type Effect, type Json, type Steps } from "../../../core/steps.ts";
import { requireSuccess, wordsOf } from "../../answers.ts";
import { outcomeOf } from "../../outcome.ts";
import type { MessageOutcome } from "./message-outcome.ts";
import type { Target } from "./targets.ts";

/** One of the five quarantine actions with its settings, the same for every message (pps-api.md 4.1). */
export interface Action {
  name: "release" | "resubmit" | "forward" | "move" | "delete";
  effect: Effect;
  /** Further fields of the request body, in wire order (pps-api.md 4.2). */
  extras: { [key: string]: Json };
  /** Where the message is afterwards: a folder, gone, or still where it was. */
  destination: { kind: "folder"; folder: string } | { kind: "gone" } | { kind: "stays" };
  /** True when doing it twice does no harm; release and forward deliver again (pps-api.md 4.1). */
  isRepeatable: boolean;
  /** Said when PPS answered without words. */
  sentence: (localGuid: string) => string;
}

/** The body of the request for one message (pps-api.md 4.2). */
export function toBody(target: Target, action: Action): { [key: string]: Json } {
  return { action: action.name, folder: target.folder, localguid: target.localGuid, ...action.extras };
}

/** What an outcome says of the message it is about. */
export function identityOf(
  target: Pick<Target, "localGuid" | "folder" | "guid">,
): Pick<MessageOutcome, "localGuid" | "folder" | "guid"> {
  return { localGuid: target.localGuid, folder: target.folder, ...(target.guid ? { guid: target.guid } : {}) };
}

/** Sends one request and tells what came of it; `unknown` when it may have taken effect. Never throws PpsError. */
export function* send(target: Target, action: Action): Steps<MessageOutcome> {
  const body = toBody(target, action);
  try {
    const reply = yield* ask({ method: "POST", path: "/quarantine", body, effect: action.effect, expect: "text" });
    requireSuccess(reply, {
      what: `the request to ${action.name} message ${target.localGuid} in folder ${target.folder}`,
      access: "Quarantine",
      change: true,
    });
    return {
      ...identityOf(target),
      outcome: reply.status === 202 ? "accepted" : "done",
      message: wordsOf(reply) || action.sentence(target.localGuid),
      status: reply.status,
      ...(reply.requestId === undefined ? {} : { requestId: reply.requestId }),
    };
  } catch (error) {
    if (!isPpsError(error)) throw error;
    return { ...identityOf(target), ...outcomeOf(error) };
  }
}
