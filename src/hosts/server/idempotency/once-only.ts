import { unlessAborted } from "../../../client/http/unless-aborted.ts";
import { Problem } from "../routes/problem.ts";
import type { AnswerTable, KeptAnswer, KeyedRequest } from "./answer-table.ts";

/** An answer just made, and whether the call did nothing, so that a repeat may try again. */
export interface FreshAnswer extends KeptAnswer {
  nothingDone: boolean;
}

/** What a caller gets: his own answer, or that of the call he repeats. */
export interface OnceAnswer extends KeptAnswer {
  isReplayed: boolean;
}

/** Sees to it that a call with a key is carried out once. */
export interface OnceOnly {
  /**
   * Carries the call out, or gives the answer of the one it repeats, waiting for that while it is under way. Throws Problem
   * `key_reused`, `not_recorded`, `still_running` when the signal ends the wait, and `outcome_unknown` for a call that a stop of the server cut off.
   */
  run(request: KeyedRequest, work: () => Promise<FreshAnswer>, signal: AbortSignal): Promise<OnceAnswer>;
}

/**
 * Works on the table alone: no other process may. What cannot be kept, as on a full disk, is told to `lose`: a key
 * then keeps its call from being sent, an answer is given all the same, for what was done is done.
 */
export function createOnceOnly(table: AnswerTable, lose: (error: unknown) => void): OnceOnly {
  const underWay = new Map<string, Promise<unknown>>();

  async function carryOut(request: KeyedRequest, work: () => Promise<FreshAnswer>): Promise<OnceAnswer> {
    try {
      table.begin(request);
    } catch (error) {
      lose(error);
      throw notKept(error);
    }
    const { nothingDone, ...answer } = await work();
    try {
      if (nothingDone) table.forget(request);
      else table.finish(request, answer);
    } catch (error) {
      lose(error);
    }
    return { ...answer, isReplayed: false };
  }

  return {
    async run(request, work, signal) {
      const name = JSON.stringify([request.who, request.key]);
      for (;;) {
        const kept = table.find(request);
        if (kept === undefined) {
          const call = carryOut(request, work).finally(() => underWay.delete(name));
          underWay.set(name, call);
          return await call;
        }
        if (!kept.isSame) throw reused();
        if (kept.answer !== undefined) return { ...kept.answer, isReplayed: true };
        const running = underWay.get(name);
        if (running === undefined) throw lost();
        await unlessAborted(
          running.catch(() => {}),
          signal,
        ).catch(() => {
          throw stillRunning();
        });
      }
    },
  };
}

function reused(): Problem {
  return new Problem(
    "key_reused",
    "This Idempotency-Key came with another request in the last 24 hours; nothing was done.",
    {
      field: "Idempotency-Key",
      hint: "Make a new key for every new request; repeat a request exactly as it was, with its key.",
    },
  );
}

function notKept(cause: unknown): Problem {
  return new Problem("not_recorded", "The Idempotency-Key cannot be kept, so nothing was sent.", {
    hint: "Whoever runs the server must see to its disk.",
    retryAfterSeconds: 60,
    cause,
  });
}

function stillRunning(): Problem {
  return new Problem("still_running", "The call with this Idempotency-Key is still under way.", {
    field: "Idempotency-Key",
    mayHaveHappened: true,
    hint: "Repeat the request with the same key later: it gets that call's answer.",
  });
}

function lost(): Problem {
  return new Problem(
    "outcome_unknown",
    "The call with this Idempotency-Key was under way when the server broke off; it may or may not have happened.",
    {
      field: "Idempotency-Key",
      mayHaveHappened: true,
      hint: "Look whether it happened; it is not repeated under this key. The audit log has what was asked.",
    },
  );
}
