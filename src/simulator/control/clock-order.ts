import type { Clock } from "../clock.ts";
import { readObject } from "./requests.ts";

/**
 * Reads what is to happen to the clock: `{"advance": MS}`, `{"offset": MS}` against the machine's clock, `{"set": ISO}`, and
 * `"stopped"` alone or beside them. Throws an Error of one sentence when it makes no sense.
 */
export function readClockOrder(body: unknown): (clock: Clock) => void {
  const { advance, offset, set, stopped, ...rest } = readObject(body);
  const unknown = Object.keys(rest)[0];
  if (unknown !== undefined) throw new Error(`The clock has no "${unknown}"; it has advance, offset, set and stopped.`);
  if ([advance, offset, set].filter((value) => value !== undefined).length > 1) {
    throw new Error("The clock takes one of advance, offset and set at a time.");
  }
  if (stopped !== undefined && typeof stopped !== "boolean") throw new Error('"stopped" is true or false.');
  if (advance !== undefined) {
    const milliseconds = number(advance, "advance");
    return (clock) => {
      clock.advance(milliseconds);
      if (stopped !== undefined) clock.set(clock.now(), stopped);
    };
  }
  if (offset !== undefined) {
    const milliseconds = number(offset, "offset");
    return (clock) => clock.set(Date.now() + milliseconds, stopped);
  }
  if (set !== undefined) {
    const time = typeof set === "number" ? set : Date.parse(String(set));
    if (!Number.isFinite(time)) throw new Error('"set" is a time in ISO 8601, or milliseconds since 1970.');
    return (clock) => clock.set(time, stopped);
  }
  if (stopped === undefined) throw new Error("The clock needs one of advance, offset, set and stopped.");
  return (clock) => clock.set(clock.now(), stopped);
}

/** The clock as the control port shows it; `offset` in milliseconds against the machine's. */
export function showClock(clock: Clock) {
  const now = clock.now();
  return { now: new Date(now).toISOString(), stopped: clock.isStopped(), offset: now - Date.now() };
}

function number(value: unknown, name: string): number {
  if (typeof value !== "number" || !Number.isFinite(value)) throw new Error(`"${name}" is a number of milliseconds.`);
  return value;
}
