import fc from "fast-check";
import { expect, test } from "vitest";
import { createMailSystem, formatUtc, type Held } from "../../../test/model/mail-system.ts";
import { run } from "../../core/run.ts";
import { createWalk } from "./walk.ts";

// Mail arrives, leaves and comes back while a folder is walked (pps-api.md 9 row 5).
const base = Date.UTC(2026, 2, 4, 12);

interface Change {
  /** Before which request it happens. */
  request: number;
  arrives: boolean;
  second: number;
}

function held(id: string, second: number): Held {
  return { guid: id, localguid: id, folder: "Quarantine", time: base + second * 1000 };
}

function walkWhile(seconds: number[], changes: Change[], cap: number) {
  const system = createMailSystem({ held: seconds.map((second, index) => held(`m${index}`, second)), cap });
  const left = new Set<string>();
  let requests = 0;
  system.fate = () => {
    requests++;
    changes.forEach((change, index) => {
      if (change.request !== requests) return;
      const time = base + change.second * 1000;
      const leaving = system.held.findIndex((one) => one.time === time);
      if (change.arrives) system.held.push(held(`late${index}`, change.second));
      else if (leaving >= 0) for (const one of system.held.splice(leaving, 1)) left.add(one.guid);
    });
    return undefined;
  };
  const walk = createWalk({ folder: "Quarantine" }, { start: base, end: base + 40_000 });
  const guids: string[] = [];
  while (!walk.isDone()) {
    if (requests > 10_000) throw new Error("the walk does not end");
    run(walk.fetch(), system);
    while (walk.pending.length > 0) guids.push(walk.pending.pop()?.message.guid ?? "");
  }
  return { guids, left, incomplete: walk.incompleteSeconds };
}

const changes = fc.array(
  fc.record({ request: fc.integer({ min: 1, max: 12 }), arrives: fc.boolean(), second: fc.nat(40) }),
  { maxLength: 40 },
);

test("mail that stays is listed once while other mail comes and goes, unless its second is named", () => {
  const seconds = fc.array(fc.nat(40), { maxLength: 100 });
  fc.assert(
    fc.property(seconds, changes, fc.integer({ min: 2, max: 25 }), (placed, happening, cap) => {
      const { guids, left, incomplete } = walkWhile(placed, happening, cap);
      expect(new Set(guids).size).toBe(guids.length);
      placed.forEach((second, index) => {
        if (left.has(`m${index}`) || guids.includes(`m${index}`)) return;
        expect(incomplete).toContain(`${formatUtc(base + second * 1000).replace(" ", "T")}Z`);
      });
    }),
    { numRuns: 1500 },
  );
});

test("mail that leaves and arrives in the edge second does not make the walk list anything twice", () => {
  const happening = [
    { request: 2, arrives: false, second: 10 },
    { request: 3, arrives: true, second: 10 },
  ];
  const { guids, left } = walkWhile([30, 20, 10, 6, 5, 4, 3], happening, 3);
  expect(left).toEqual(new Set(["m2"]));
  expect(guids).toEqual(["m0", "m1", "m2", "late1", "m3", "m4", "m5", "m6"]);
});
