import { describe, expect, test } from "vitest";
import { createCloudLists } from "../../../../../test/model/cloud-lists.ts";
import { changesSent, csv, ownEntry, runFeed, standing } from "../../../../../test/model/feed-runs.ts";
import type { Agree } from "../../../../core/steps.ts";

describe("a run that does more than is usual", () => {
  const many = (count: number, name = "s") =>
    csv("sender", ...Array.from({ length: count }, (_, index) => `${name}${index}@evil.test`));
  const keeping = (count: number) => Array.from({ length: count }, (_, index) => ownEntry(`s${index}@evil.test`));

  test.each([
    ["names nothing", 3, JSON.stringify([]), {}, /^The feed names nothing that can be blocked, and 3 of its entries/],
    ["has only rows that are left", 0, csv("sender", "gmail.com"), {}, /^The feed names nothing that can be blocked/],
    ["has more than doubled", 20, many(41), {}, /^The feed names 41 entries, more than double the 20 /],
    ["has less than half", 20, many(9), {}, /^The feed names 9 entries, less than half of the 20 /],
    ["changes more than is asked for", 0, many(6), { mostChanges: 5 }, /^The run would change 6 entries; at most 5 /],
  ])("%s", (_name, count, file, raw, message) => {
    const unasked = createCloudLists({ blocklist: keeping(count).map((entry) => ({ ...entry })) });
    const refusal = {
      code: "refused",
      message: expect.stringMatching(message),
      hint: expect.stringContaining("the jump is accepted"),
    };
    expect(() => runFeed(unasked, { file, ...raw })).toThrow(expect.objectContaining(refusal));
    expect(changesSent(unasked)).toBe(0);
    const dry = runFeed(unasked, { file, ...raw }, { dryRun: true });
    expect(dry.notes[0]).toMatch(message);
    expect(changesSent(unasked)).toBe(0);
    runFeed(unasked, { file, ...raw, acceptJump: true });
    const plans: Agree[] = [];
    const asked = createCloudLists({
      blocklist: keeping(count),
      agree: (plan) => {
        plans.push(plan);
        return "agreed";
      },
    });
    runFeed(asked, { file, ...raw });
    expect(plans).toMatchObject([{ notes: expect.arrayContaining([expect.stringMatching(message)]) }]);
    expect(standing(asked)).toEqual(standing(unasked));
  });

  test.each([
    ["doubles", 20, 40, {}],
    ["halves", 20, 10, {}],
    ["is small", 19, 1, {}],
    ["does as much as is asked for", 0, 5, { mostChanges: 5 }],
    ["does as much as it likes", 0, 600, { mostChanges: "all" }],
  ])("one that %s is carried out unasked", (_name, count, named, raw) => {
    const lists = createCloudLists({ blocklist: keeping(count) });
    expect(() => runFeed(lists, { file: many(named), ...raw })).not.toThrow();
    expect(lists.blocklist).toHaveLength(Math.max(count, named));
  });
});
