import fc from "fast-check";
import { expect, test } from "vitest";
import { createClock } from "../clock.ts";
import { openDatabase } from "../store/schema.ts";
import { createOrganisationLists, type OrganisationEntry, type OrganisationList } from "./organisation-lists.ts";

const list = fc.constantFrom<OrganisationList>("safe", "block");
const entry = fc.record({
  attribute: fc.constantFrom("$from", "$ip"),
  operator: fc.constantFrom("equal", "contain"),
  value: fc.constantFrom("a@x.example", "A@x.example", "x'; --", "ä@x.example"),
  comment: fc.string(),
});
const nameOf = ({ attribute, operator, value }: OrganisationEntry) => JSON.stringify([attribute, operator, value]);

test("each list holds what was added and not taken out again, once, in the order it came, comments as they were first", () => {
  const steps = fc.array(fc.record({ isAdding: fc.boolean(), list, entry }));
  fc.assert(
    fc.property(steps, (all) => {
      const database = openDatabase(undefined);
      const lists = createOrganisationLists(database, createClock(), 0);
      const expected = { safe: new Map<string, OrganisationEntry>(), block: new Map<string, OrganisationEntry>() };
      for (const { isAdding, list, entry } of all) {
        const there = expected[list];
        const before = there.get(nameOf(entry));
        if (isAdding) {
          expect(lists.add(list, entry)).toBe(before === undefined);
          if (before === undefined) there.set(nameOf(entry), entry);
        } else {
          expect(lists.remove(list, entry)).toEqual(before);
          there.delete(nameOf(entry));
        }
      }
      expect(lists.entries("safe")).toEqual([...expected.safe.values()]);
      expect(lists.entries("block")).toEqual([...expected.block.values()]);
      expect(lists.inForce("safe")).toEqual(lists.entries("safe"));
      database.close();
    }),
    { numRuns: 60 },
  );
});

test("with a delay the filter goes by the list as it was so long ago, and the server by the present one", () => {
  const delay = 1000;
  const step = fc.record({ isAdding: fc.boolean(), list, entry, wait: fc.integer({ min: 0, max: 700 }) });
  fc.assert(
    fc.property(fc.array(step), fc.integer({ min: 0, max: 1500 }), (steps, last) => {
      const database = openDatabase(undefined);
      const clock = createClock(() => 0);
      const lists = createOrganisationLists(database, clock, delay);
      const history = [{ since: Number.NEGATIVE_INFINITY, safe: [] as unknown[], block: [] as unknown[] }];
      for (const { isAdding, list, entry, wait } of steps) {
        clock.advance(wait);
        if (isAdding) lists.add(list, entry);
        else lists.remove(list, entry);
        history.push({ since: clock.now(), safe: lists.entries("safe"), block: lists.entries("block") });
      }
      clock.advance(last);
      const known = history.findLast(({ since }) => since <= clock.now() - delay);
      expect({ safe: lists.inForce("safe"), block: lists.inForce("block") }).toEqual({
        safe: known?.safe,
        block: known?.block,
      });
      database.close();
    }),
    { numRuns: 60 },
  );
});
