import fc from "fast-check";
import { expect, test } from "vitest";
import { type CloudFate, createCloudLists, wire } from "../../../../test/model/cloud-lists.ts";
import { run } from "../../../core/run.ts";
import type { ListOutcome } from "../list-outcome.ts";
import { type Change, makeChanges } from "./change.ts";

const on = { list: "blocklist", clusterId: "cluster-1" } as const;
const entry = (value: string) => ({ attribute: "sender", operator: "equal", value, comment: "" });
const add = (value: string): Change => ({ action: "add", entry: entry(value) });
const remove = (value: string): Change => ({ action: "remove", entry: entry(value) });

function make(lists: ReturnType<typeof createCloudLists>, changes: Change[], dryRun = false): ListOutcome[] {
  const outcomes = run(makeChanges({ on, changes, effect: "change", dryRun }), lists);
  expect(lists.items).toEqual(outcomes);
  return outcomes;
}

const kinds = (outcomes: readonly ListOutcome[]) => outcomes.map(({ entry: of, outcome }) => [of, outcome]);
const standing = (lists: ReturnType<typeof createCloudLists>) => lists.blocklist.map(({ value }) => value).sort();

test("each entry is a request of its own, and what is taken is accepted, not said to be in force (pps-api.md 7)", () => {
  const lists = createCloudLists({ blocklist: [wire("old@evil.example")] });
  const outcomes = make(lists, [add("new@evil.example"), remove("old@evil.example")]);
  expect(kinds(outcomes)).toEqual([
    ["new@evil.example", "accepted"],
    ["old@evil.example", "accepted"],
  ]);
  expect(lists.asked.map(({ body }) => body?.action)).toEqual(["add", "delete"]);
  expect(standing(lists)).toEqual(["new@evil.example"]);
});

test("a duplicate is known by its text and counts as unchanged; another 400 is a refusal in the API's own words", () => {
  const twice = createCloudLists({ blocklist: [wire("a@evil.example")] });
  expect(kinds(make(twice, [add("A@evil.example")]))).toEqual([["A@evil.example", "unchanged"]]);
  const full = createCloudLists({ fate: () => ({ status: 400, text: '{"errorMessage":"The list is full"}' }) });
  expect(make(full, [add("a@evil.example")])).toMatchObject([
    { outcome: "refused", code: "refused", message: expect.stringContaining("The list is full") },
  ]);
});

test.each([400, 404, 500])(
  "an entry that somebody else took out first is unchanged, however that is answered: %i",
  (absentStatus) => {
    const lists = createCloudLists({ absentStatus });
    expect(kinds(make(lists, [remove("gone@evil.example")]))).toEqual([
      ["gone@evil.example", absentStatus === 500 ? "accepted" : "unchanged"],
    ]);
  },
);

test("a lost answer is looked up in the list before anything is sent again", () => {
  const after = createCloudLists({ fate: (request) => (request.method === "POST" ? "lost-after" : undefined) });
  expect(make(after, [add("a@evil.example")])).toMatchObject([{ outcome: "accepted" }]);
  expect(after.asked.map(({ method }) => method)).toEqual(["POST", "GET"]);
  const before = createCloudLists({ fate: (_request, index) => (index === 0 ? "lost-before" : undefined) });
  expect(make(before, [add("a@evil.example")])).toMatchObject([{ outcome: "accepted" }]);
  expect(before.asked.map(({ method }) => method)).toEqual(["POST", "GET", "POST"]);
});

test("an outcome that nothing can settle is unknown, and the list is not said to be as asked", () => {
  const lists = createCloudLists({ fate: () => "lost-before" });
  expect(make(lists, [add("a@evil.example")])).toMatchObject([{ outcome: "unknown", code: "unreachable" }]);
});

test("a key without the right is tried once, and the rest is not sent", () => {
  const lists = createCloudLists({ fate: () => ({ status: 403, text: "" }) });
  const outcomes = make(lists, [add("a@evil.example"), add("b@evil.example"), remove("c@evil.example")]);
  expect(outcomes.map(({ outcome, code }) => [outcome, code])).toEqual([
    ["failed", "denied"],
    ["failed", "denied"],
    ["failed", "denied"],
  ]);
  expect(lists.asked).toHaveLength(1);
});

test("five failures one after another end the sending", () => {
  const lists = createCloudLists({ fate: ({ method }) => (method === "POST" ? { status: 503 } : undefined) });
  const outcomes = make(
    lists,
    Array.from({ length: 20 }, (_, index) => add(`${index}@evil.example`)),
  );
  expect(outcomes.every(({ outcome, code }) => outcome === "failed" && code === "busy")).toBe(true);
  expect(lists.asked.filter(({ method }) => method === "POST")).toHaveLength(5);
});

test("a dry run sends nothing and shows each request", () => {
  const lists = createCloudLists();
  expect(make(lists, [add("a@evil.example")], true)).toMatchObject([
    {
      outcome: "planned",
      request: {
        method: "POST",
        path: "/api/v1/emailProtection/modules/spam/orgBlockList?clusterId=cluster-1",
        body: { action: "add", attribute: "$from", operator: "equal", value: "a@evil.example" },
      },
    },
  ]);
  expect(lists.asked).toEqual([]);
});

test("whatever befalls requests, no outcome claims what the list does not hold, and nothing stands there twice", () => {
  const fates: CloudFate[] = [undefined, "lost-before", "lost-after", "not-sent", { status: 503 }, { status: 429 }];
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom(...fates), { minLength: 1, maxLength: 40 }),
      fc.uniqueArray(fc.integer({ min: 0, max: 20 }), { maxLength: 12 }),
      fc.constantFrom(400, 404),
      (plan, numbers, absentStatus) => {
        const lists = createCloudLists({
          absentStatus,
          blocklist: [1, 3, 5, 7].map((number) => wire(`${number}@evil.example`)),
          fate: (_request, index) => plan[index % (plan.length * 2)],
        });
        const changes = numbers.map((number) => (number % 2 ? remove : add)(`${number}@evil.example`));
        const outcomes = make(lists, changes);
        expect(outcomes.map(({ entry: of }) => of).sort()).toEqual(changes.map((change) => change.entry.value).sort());
        for (const { outcome, action, entry: of } of outcomes) {
          const isThere = standing(lists).includes(of);
          if (outcome === "accepted" || outcome === "unchanged") expect(isThere).toBe(action === "add");
        }
        expect(new Set(standing(lists)).size).toBe(standing(lists).length);
      },
    ),
  );
});
