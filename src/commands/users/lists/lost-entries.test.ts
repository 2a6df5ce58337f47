import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Fate } from "../../../../test/model/mail-system.ts";
import { change, listOf, withList } from "../../../../test/model/managing.ts";
import { changesIn, firstChanges, type ListHabits } from "../../../../test/model/user-directory.ts";
import { usersBlocklistAdd, usersBlocklistRemove } from "./commands.ts";

describe("a lost answer", () => {
  test.each<[string, Fate, number]>([
    ["of a change that was made is found on the list", "after", 1],
    ["of a change that was not made is followed by another try", "before", 2],
  ])("%s", (_what, fate, tries) => {
    for (const [command, before, after] of [
      [usersBlocklistAdd, [], ["a@evil.example"]],
      [usersBlocklistRemove, ["a@evil.example"], []],
    ] as const) {
      const directory = withList([...before], { fate: firstChanges(1, fate) });
      expect(change(command, directory, { entries: "a@evil.example" }).counts).toEqual({ done: 1 });
      expect(listOf(directory)).toEqual(after);
      expect(changesIn(directory)).toHaveLength(tries);
    }
  });

  test("is unknown where the list cannot be read or does not show it, and the earlier entries are told", () => {
    const blind = withList(["old@evil.example"], {
      fate: ({ method }) => (method === "PUT" ? "after" : blind.asked.length > 1 ? "before" : undefined),
    });
    const { outcomes, notes } = change(usersBlocklistAdd, blind, { entries: "a@evil.example" });
    expect(outcomes).toMatchObject([{ outcome: "unknown", hint: expect.stringContaining("is not known") }]);
    expect(notes).toEqual([expect.stringContaining("held old@evil.example")]);
    const dead = withList([], { fate: firstChanges(9, "before") });
    expect(change(usersBlocklistAdd, dead, { entries: "a@evil.example" }).counts).toEqual({ unknown: 1 });
  });
});

const name = fc.constantFrom("a", "b", "c", "d", "e").map((letter) => `${letter}@evil.example`);
const names = fc.uniqueArray(name, { minLength: 1 });
const habits: fc.Arbitrary<ListHabits> = fc.record({
  put: fc.constantFrom("add", "replace"),
  removal: fc.constantFrom("delete", "none"),
  takesArrays: fc.boolean(),
  limit: fc.integer({ min: 3, max: 6 }),
});
const fates = fc.array(fc.constantFrom<Fate>(undefined, undefined, "before", "after", { status: 503 }), {
  maxLength: 4,
});

test("whatever PPS does and whatever is lost, no earlier entry is lost in silence, and every outcome is true", () => {
  const scene = fc.record({ before: fc.uniqueArray(name), entries: names, isAdding: fc.boolean(), habits, fates });
  fc.assert(
    fc.property(scene, ({ before, entries, isAdding, habits: own, fates: met }) => {
      const left = [...met];
      // Where one entry at a time replaces the list, it never has more than one.
      const start = before.slice(0, own.put === "replace" && !own.takesArrays ? 1 : own.limit);
      const directory = withList(start, {
        habits: own,
        fate: ({ method }) => (method === "GET" ? undefined : left.shift()),
      });
      const { outcomes, notes } = change(isAdding ? usersBlocklistAdd : usersBlocklistRemove, directory, { entries });
      const after = listOf(directory) ?? [];
      for (const { outcome, value = "" } of outcomes) {
        const isThere = after.includes(value);
        if (outcome === "done" || outcome === "unchanged") expect([value, isThere]).toEqual([value, isAdding]);
        if (outcome === "refused") expect([value, isThere]).toEqual([value, !isAdding]);
      }
      const lost = start.filter((entry) => !after.includes(entry) && (isAdding || !entries.includes(entry)));
      for (const entry of lost) expect(notes.join(" ")).toContain(entry);
      if (met.length === 0) expect(lost).toEqual([]);
    }),
    { numRuns: 500 },
  );
});
