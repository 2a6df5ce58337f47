import { expect, test } from "vitest";
import type { Outcome, OutcomeKind } from "../../commands/index.ts";
import { wentWell } from "../../commands/outcome.ts";
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

const kinds: { [kind in OutcomeKind]: true } = {
  ...{ done: true, accepted: true, unchanged: true, planned: true, left: true },
  ...{ refused: true, not_found: true, failed: true, unknown: true },
};

test.each(Object.keys(kinds) as OutcomeKind[])("%s ends with 0 exactly where it went well", (outcome) => {
  const tally = createOutcomeTally();
  tally.add({ outcome });
  expect(tally.exitCode() === 0).toBe(wentWell(outcome));
});
