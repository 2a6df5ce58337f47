import { expect, test } from "vitest";
import type { Outcome } from "../../commands/index.ts";
import { createOutcomeTally } from "./exit-codes.ts";

type Ended = Pick<Outcome, "outcome" | "code">;

const done: Ended = { outcome: "done" };
const refused: Ended = { outcome: "refused", code: "refused" };
const gone: Ended = { outcome: "not_found", code: "not_found" };
const unknown: Ended = { outcome: "unknown", code: "unexpected" };
const denied: Ended = { outcome: "failed", code: "denied" };

test.each<[string, Ended[], number]>([
  ["nothing at all", [], 0],
  ["all done", [done, { outcome: "accepted" }], 0],
  ["all as it was before", [{ outcome: "unchanged" }, done], 0],
  ["all planned", [{ outcome: "planned" }], 0],
  ["all refused", [refused, refused], 5],
  ["all gone", [gone], 4],
  ["all unknown, whatever the reason", [unknown, { outcome: "unknown", code: "unreachable" }], 7],
  ["all denied", [denied], 3],
  ["refused and gone", [refused, gone], 9],
  ["one done, one refused", [done, refused], 9],
])("%s", (_what, outcomes, exitCode) => {
  const tally = createOutcomeTally();
  for (const outcome of outcomes) tally.add(outcome);
  expect(tally.exitCode()).toBe(exitCode);
});
