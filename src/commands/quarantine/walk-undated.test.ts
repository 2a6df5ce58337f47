import fc from "fast-check";
import { expect, test } from "vitest";
import { createMailSystem, formatUtc } from "../../../test/model/mail-system.ts";
import { run } from "../../core/run.ts";
import type { Ask, Json } from "../../core/steps.ts";
import { createWalk } from "./walk.ts";

// Any value of a record may be missing (pps-api.md 2.4), its date too; PPS itself knows it and searches by it.
const base = Date.UTC(2026, 2, 4, 12);

interface Mail {
  second: number;
  hasDate: boolean;
}

function walkOver(mail: Mail[], cap: number, tellsLimit: boolean) {
  const system = createMailSystem();
  let requests = 0;
  system.ask = (request: Ask) => {
    if (++requests > 2000) throw new Error("the walk does not end");
    const { startdate = "", enddate = "" } = Object.fromEntries(request.query ?? []);
    const records = mail
      .map(({ second, hasDate }, index) => ({ date: formatUtc(base + second * 1000), hasDate, guid: `m${index}` }))
      .filter(({ date }) => date >= startdate && date <= enddate)
      .sort((one, other) => (one.date < other.date ? 1 : one.date > other.date ? -1 : 0))
      .slice(0, cap)
      .map(({ date, hasDate, guid }): Json => (hasDate ? { guid, date } : { guid }));
    const body = tellsLimit ? { count: records.length, meta: { limit: cap }, records } : records;
    return { status: 200, headers: {}, text: JSON.stringify(body) };
  };
  const walk = createWalk({ folder: "Quarantine" }, { start: base, end: base + 3_600_000 });
  const guids: string[] = [];
  while (!walk.isDone()) {
    run(walk.fetch(), system);
    while (walk.pending.length > 0) guids.push(walk.pending.pop()?.message.guid ?? "");
  }
  return { guids, requests, incomplete: walk.incompleteSeconds };
}

test.each([true, false])(
  "mail without any date is listed once and costs no walk through the seconds (limit told: %s)",
  (tellsLimit) => {
    const mail = [40, 30, 20].map((second) => ({ second, hasDate: false }));
    const { guids, requests, incomplete } = walkOver(mail, 1000, tellsLimit);
    expect(guids).toEqual(["m0", "m1", "m2"]);
    expect(requests).toBeLessThanOrEqual(2);
    expect(incomplete).toEqual([]);
  },
);

test("mail without a date behind a record from after the time searched is listed", () => {
  const mail = [
    { second: 3601, hasDate: true },
    { second: 3600, hasDate: false },
  ];
  expect(walkOver(mail, 1000, true).guids).toEqual(["m1"]);
});

test("a full answer without any date is called incomplete, for nothing tells where to go on", () => {
  const mail = Array.from({ length: 9 }, (_, index) => ({ second: index, hasDate: false }));
  const { guids, incomplete } = walkOver(mail, 5, true);
  expect(guids).toHaveLength(5);
  expect(incomplete).toHaveLength(1);
});

test("nothing is listed twice whichever dates are missing, and what is missing is told", () => {
  const mails = fc.array(fc.record({ second: fc.nat(3600), hasDate: fc.boolean() }), { maxLength: 60 });
  fc.assert(
    fc.property(mails, fc.integer({ min: 2, max: 20 }), fc.boolean(), (mail, cap, tellsLimit) => {
      // A cap that nobody tells is the usual one.
      const { guids, incomplete } = walkOver(mail, tellsLimit ? cap : 1000, tellsLimit);
      expect(new Set(guids).size).toBe(guids.length);
      if (guids.length < mail.length) expect(incomplete.length).toBeGreaterThan(0);
    }),
    { numRuns: 500 },
  );
});
