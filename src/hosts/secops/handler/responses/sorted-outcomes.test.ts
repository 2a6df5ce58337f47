import { expect, test } from "vitest";
import type { Outcome, OutcomeKind } from "../../../../commands/index.ts";
import type { Run } from "../run.ts";
import { resultOfSorted, sortOutcomes, type Telling } from "./sorted-outcomes.ts";

/** A run of a step that remembers what it has done. */
function openRun(done: Set<string> = new Set()): Run {
  const action = { failureLead: "Failed to respond" };
  return { action, isDone: (item) => done.has(item), noteDone: (item) => void done.add(item) } as Run;
}

const outcome = (name: string, kind: OutcomeKind) => ({ name, outcome: kind, message: `It is ${kind}.` });

const nameOf = ({ name }: Outcome & { name: string }) => ({
  name,
  json: { guid: name },
  key: `key of ${name}`,
  alsoKnownAs: name,
});

const telling: Telling = { dryRun: false, did: "Deleted them", more: ["Two were found"], facts: { notes: [] } };

function resultOf(kinds: OutcomeKind[], more: Partial<Telling> = {}, run = openRun()) {
  const items = kinds.map((kind, index) => outcome(`m${index}`, kind));
  return resultOfSorted(run, sortOutcomes(run, items, nameOf), { ...telling, ...more });
}

test.each<[OutcomeKind[], string | undefined, boolean]>([
  [[], undefined, true],
  [["done", "accepted", "unchanged", "left"], undefined, true],
  [["done", "failed"], undefined, false],
  [["done", "unknown"], undefined, false],
  [["failed", "refused"], "failed", false],
  // What was found and told of is something, although nothing could be changed.
  [["refused", "left"], undefined, false],
  [["unknown", "left", "not_found"], "timed_out", false],
])("what became of %j is %s and %s", (kinds, state, result) => {
  const given = resultOf(kinds);
  expect([given.state, given.result]).toEqual([state, result]);
  expect(given.message).toMatch(/Two were found\.$/);
});

test("work that broke off is not whole, whatever was done until then", () => {
  const given = resultOf(["done"], { end: "The time was over." });
  expect(given).toMatchObject({
    result: false,
    message: "Deleted them. It broke off: The time was over. Two were found.",
  });
});

test("a look is completed whatever it sees, and says first that it changed nothing", () => {
  const look = { dryRun: true, did: "1 would be deleted" };
  expect(resultOf(["planned", "left"], look)).toEqual({
    result: true,
    message: "Dry run, nothing was changed: 1 would be deleted. Two were found.",
    json: {
      dry_run: true,
      success: [],
      failed: [],
      unknown: [],
      planned: [{ guid: "m0", plan: "It is planned" }],
      left: [{ guid: "m1", reason: "It is left" }],
      counts: { success: 0, failed: 0, unknown: 0, planned: 1, left: 1 },
      notes: [],
    },
  });
  expect(resultOf(["refused"], look)).toMatchObject({
    result: false,
    message: expect.stringMatching(/Could not be done: m0 \(It is refused\)\. Two/),
  });
});

test("what an earlier try did is done already, also where nothing but its own name is left of it", () => {
  const done = new Set<string>();
  resultOf(["done", "failed"], {}, openRun(done));
  expect([...done]).toEqual(["key of m0", "m0"]);
  for (const kind of ["left", "unchanged", "not_found", "planned"] as const) {
    const sorted = sortOutcomes(openRun(done), [outcome("m0", kind), outcome("m1", kind)], nameOf);
    expect(sorted.success.filter(({ json }) => json.status === "already_done").map(({ name }) => name)).toEqual(["m0"]);
  }
});

test("what is done in a run is no earlier try of it", () => {
  const run = openRun();
  const twice = { ...outcome("m0", "failed") };
  const sorted = sortOutcomes(run, [outcome("m0", "done"), twice], nameOf);
  expect([sorted.success.length, sorted.failed.length]).toEqual([1, 1]);
});
