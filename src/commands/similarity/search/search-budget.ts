import { overhear } from "../../../core/overhearing.ts";
import type { Step, Steps } from "../../../core/steps.ts";

/** What a search may cost, and what has to be said of it. */
export interface SearchBudget {
  requests: number;
  readonly mostRequests: number;
  truncated: boolean;
  /** A search broke off, by no bound of its own. */
  failed: boolean;
  notes: string[];
}

/** Says something once. */
export function tell(budget: SearchBudget, note: string): void {
  if (budget.notes.indexOf(note) < 0) budget.notes.push(note);
}

/** Requests that are left. */
export function remaining({ requests, mostRequests }: SearchBudget): number {
  return Math.max(0, mostRequests - requests);
}

/** Tells that the search ends here, although there may be more. */
export function giveUp(budget: SearchBudget): void {
  budget.truncated = true;
  tell(
    budget,
    `The search was given up after ${budget.mostRequests} requests; a later start or fewer folders need fewer.`,
  );
}

/** What a search has come to: `isCut` where more was found than wanted, `isSpent` where the budget did not last to its end. */
export interface Gathered<Item, T> {
  items: Item[];
  result?: T;
  isCut?: true;
  isSpent?: true;
}

/**
 * Runs a search, keeps what it finds and counts what it asks. Ends it when the budget is used up, which it tells, or when
 * more is found than wanted.
 */
export function* gather<Item, T>(steps: Steps<T>, budget: SearchBudget, most: number): Steps<Gathered<Item, T>> {
  const items: Item[] = [];
  const count = (step: Step) => {
    if (step.kind === "ask") budget.requests++;
    return step;
  };
  let turn = steps.next();
  while (!turn.done) {
    const step = turn.value;
    if (step.kind === "found") {
      (step.items as Item[]).forEach((item) => {
        items.push(item);
      });
      if (items.length > most) return { items: items.slice(0, most), isCut: true };
      turn = steps.next();
      continue;
    }
    if (step.kind === "ask" && remaining(budget) === 0) {
      giveUp(budget);
      return { items, isSpent: true };
    }
    let answer: unknown;
    try {
      answer = yield step.kind === "together"
        ? { ...step, jobs: step.jobs.map((job) => overhear(job, count)) }
        : count(step);
    } catch (error) {
      turn = steps.throw(error);
      continue;
    }
    turn = steps.next(answer);
  }
  return { items, result: turn.value };
}
