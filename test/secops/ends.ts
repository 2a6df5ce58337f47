import { expect } from "vitest";
import { type ActionEnd, type ActionRun, reading, runAction, writing } from "./action-process.ts";
import { token } from "./reply-server.ts";

/** What a change is told whose outcome nobody knows. */
const advice = "Whether it was carried out is not known: look before you repeat it.";

/** The ends of the same run, of an action that reads and of one that writes. */
export interface Ends {
  read: ActionEnd;
  write: ActionEnd;
}

export async function both(run: ActionRun): Promise<Ends> {
  const [read, write] = await Promise.all([
    runAction({ ...run, action: reading }),
    runAction({ ...run, action: writing }),
  ]);
  return { read, write };
}

/** Nothing was begun: both have failed, and may be repeated. */
export function expectFailed(ends: Ends, reason: string | RegExp): void {
  expectBoth(ends, reason);
  expect([ends.read.state, ends.write.state]).toEqual(["failed", "failed"]);
  expect(ends.write.message).not.toContain(advice);
}

/** The request went out, and no answer came that can be used. */
export function expectUnknown(ends: Ends, reason: string | RegExp): void {
  expectBoth(ends, reason);
  expect([ends.read.state, ends.write.state]).toEqual(["failed", "timed out"]);
  expect(ends.write.message.endsWith(advice)).toBe(true);
}

/** There was no time to begin. */
export function expectTimedOut(ends: Ends, reason: string | RegExp): void {
  expectBoth(ends, reason);
  expect([ends.read.state, ends.write.state]).toEqual(["timed out", "timed out"]);
  expect(ends.write.message).not.toContain(advice);
}

function expectBoth({ read, write }: Ends, reason: string | RegExp): void {
  for (const [end, { failureLead }] of [
    [read, reading],
    [write, writing],
  ] as const) {
    expect(end).toMatchObject({ code: 0, stderr: "", isSuccess: false, json: undefined, tables: {}, debugOutput: "" });
    expect(end.message.startsWith(`${failureLead}: `)).toBe(true);
    expect(end.message).toMatch(reason);
    expect(end.message).not.toContain(token);
  }
  expect(read.message).not.toContain(advice);
}
