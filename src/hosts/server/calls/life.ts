import { Problem } from "../routes/problem.ts";

/** Why a call was ended that nobody waits for any more; nobody is told. */
export class CallerLeft extends Error {
  constructor() {
    super("The caller has left.");
    this.name = "CallerLeft";
  }
}

/** How long a call lives. */
export interface Life {
  signal: AbortSignal;
  /** The caller has left. */
  leave(): void;
  /** Stops the clock. */
  end(): void;
}

/** A life of so many seconds, cut short by `cutOff`. */
export function beginLife(seconds: number, cutOff: AbortSignal): Life {
  const own = new AbortController();
  const timer = setTimeout(
    () => own.abort(new Problem("deadline_passed", `The call was not finished within ${seconds} seconds.`)),
    seconds * 1000,
  );
  return {
    signal: AbortSignal.any([own.signal, cutOff]),
    leave: () => own.abort(new CallerLeft()),
    end: () => clearTimeout(timer),
  };
}
