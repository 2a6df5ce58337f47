import { expect, test } from "vitest";
import { createOutcomeTally, type OutcomeLike } from "./exit-codes.ts";

const done: OutcomeLike = { outcome: "done" };
const refused: OutcomeLike = { outcome: "refused", code: "refused" };
const gone: OutcomeLike = { outcome: "not_found", code: "not_found" };
const unknown: OutcomeLike = { outcome: "unknown", code: "unexpected" };
const denied: OutcomeLike = { outcome: "failed", code: "denied" };

test.each<[string, OutcomeLike[], number]>([
  ["nothing at all", [], 0],
  ["all done", [done, { outcome: "accepted" }, { outcome: "unchanged" }], 0],
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
