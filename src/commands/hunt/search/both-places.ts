import type { Steps } from "../../../core/steps.ts";
import type { HuntOrder } from "../hunt-order.ts";
import { confirmHeld, doubtUnseen } from "./confirm-held.ts";
import { huntHeld } from "./held-hunt.ts";
import type { SearchPlan } from "./plan.ts";
import { huntTrace } from "./trace-hunt.ts";
import { closeTrace, isInQuarantine } from "./without-trace.ts";

/** Searches trace and quarantine as planned. Throws PpsError where nothing came from anywhere. */
export function* huntBoth(order: HuntOrder, plan: SearchPlan): Steps<void> {
  const { intel, journal } = order;
  const shut = yield* huntTrace(order, plan.trace);
  const readsAll = plan.held === "all" || (shut !== undefined && intel.some(isInQuarantine));
  if (shut !== undefined) closeTrace(order, shut);
  yield* huntHeld(order, readsAll ? "all" : plan.held);
  // Nothing came from anywhere: that must not look like nothing found.
  const error = journal.error ?? shut;
  if (journal.done === 0 && error !== undefined) throw error;
  const wasSearched: { [index: number]: true } = {};
  (plan.held === "all" ? [] : plan.held).forEach(({ serves }) => {
    serves.forEach((index) => {
      wasSearched[index] = true;
    });
  });
  yield* confirmHeld(order, ({ indicators }) => readsAll || indicators.some((index) => wasSearched[index]));
  doubtUnseen(order);
}
