import fc from "fast-check";
import { expect, test } from "vitest";
import { run } from "../../core/run.ts";
import type { Ask, Reply } from "../../core/steps.ts";
import { readQuarantineTime, toQuarantineTime } from "../wire.ts";
import { createWalk } from "./walk.ts";

/** What pps-api.md 2.3 says of a search: capped, newest first, no paging; edges and envelope vary. */
interface Server {
  seconds: number[];
  cap: number;
  tellsLimit: boolean;
  tellsCount: boolean;
  exclusiveEnd: boolean;
  exclusiveStart: boolean;
}

const base = Date.UTC(2026, 2, 4, 12);

function answer(server: Server, request: Ask): Reply {
  const parameters = Object.fromEntries(request.query ?? []);
  const start = readQuarantineTime(parameters.startdate) ?? 0;
  const end = readQuarantineTime(parameters.enddate) ?? 0;
  const matches = server.seconds
    .map((second, index) => ({ time: base + second * 1000, guid: `g${index}` }))
    .filter(({ time }) => (server.exclusiveStart ? time > start : time >= start))
    .filter(({ time }) => (server.exclusiveEnd ? time < end : time <= end))
    .sort((one, other) => other.time - one.time);
  const records = matches
    .slice(0, server.cap)
    .map(({ time, guid }) => ({ guid, localguid: guid, date: toQuarantineTime(time) }));
  const body = {
    records,
    ...(server.tellsCount ? { count: matches.length } : {}),
    ...(server.tellsLimit ? { meta: { limit: server.cap } } : { meta: {} }),
  };
  return { status: 200, headers: {}, text: JSON.stringify(body) };
}

function walkAll(server: Server, from: number, to: number) {
  const walk = createWalk({ folder: "Quarantine" }, { start: base + from * 1000, end: base + to * 1000 });
  const guids: string[] = [];
  let fetches = 0;
  while (!walk.isDone()) {
    if (++fetches > 10_000) throw new Error("the walk does not end");
    run(walk.fetch(), {
      ask: (request) => answer(server, request),
      found() {},
      progress() {},
      pause() {},
      inspect() {
        throw new Error("nothing to inspect");
      },
      recognise() {
        throw new Error("nothing to recognise");
      },
      retrieve() {
        throw new Error("nothing to retrieve");
      },
      agree: () => "unasked",
    });
    while (walk.pending.length > 0) guids.push(walk.pending.pop()?.message.guid ?? "");
  }
  return { guids, incomplete: walk.incompleteSeconds, requests: walk.requests() };
}

const servers = fc.record({
  seconds: fc.array(fc.integer({ min: 0, max: 40 }), { maxLength: 120 }),
  cap: fc.integer({ min: 2, max: 25 }),
  tellsLimit: fc.boolean(),
  tellsCount: fc.boolean(),
  exclusiveEnd: fc.boolean(),
  exclusiveStart: fc.boolean(),
});

/**
 * Of a second that fills an answer, what does not fit in it is never shown. Where PPS names neither its cap nor its
 * count, only older mail that was left out as well proves that it cut: without any, nobody can tell.
 */
function isBeyondKnowing(server: Server, second: number, from: number): boolean {
  const tells = server.tellsLimit || server.tellsCount;
  return !tells && !server.seconds.some((other) => other >= from && other < second);
}

test("a walk lists every message of the window once, unless it names the second it could not finish", () => {
  fc.assert(
    fc.property(servers, fc.integer({ min: 0, max: 20 }), fc.integer({ min: 0, max: 20 }), (server, from, span) => {
      const to = from + span;
      const { guids, incomplete } = walkAll(server, from, to);
      expect(new Set(guids).size).toBe(guids.length);
      const wanted = server.seconds.flatMap((second, index) => (second >= from && second <= to ? [`g${index}`] : []));
      expect(wanted).toEqual(expect.arrayContaining(guids));
      const missing = wanted.filter((guid) => !guids.includes(guid));
      const incompleteTimes = incomplete.map((text) => (Date.parse(text) - base) / 1000);
      for (const guid of missing) {
        const second = server.seconds[Number(guid.slice(1))] as number;
        if (!isBeyondKnowing(server, second, from)) expect(incompleteTimes).toContain(second);
      }
    }),
    { numRuns: 1500 },
  );
});

test("from a server that names neither cap nor count, more mail in the oldest second looks like none", () => {
  const silent = { cap: 2, tellsLimit: false, tellsCount: false, exclusiveEnd: false, exclusiveStart: false };
  const [more, none] = [
    walkAll({ ...silent, seconds: [5, 5, 5] }, 0, 40),
    walkAll({ ...silent, seconds: [5, 5] }, 0, 40),
  ];
  expect(more).toEqual(none);
  const named = ["2026-03-04T12:00:05Z"];
  expect(walkAll({ ...silent, seconds: [5, 5, 5, 4] }, 0, 40).incomplete).toEqual(named);
  expect(walkAll({ ...silent, seconds: [5, 5, 5, 4] }, 5, 40).incomplete).toEqual(named);
  expect(walkAll({ ...silent, seconds: [5, 5, 5], tellsCount: true }, 0, 40).incomplete).toEqual(named);
  expect(walkAll({ ...silent, seconds: [5, 5, 5], tellsCount: true }, 5, 40).incomplete).toEqual(named);
});

test("a second is called incomplete only when it fills an answer", () => {
  fc.assert(
    fc.property(servers, (server) => {
      const counts = new Map<number, number>();
      for (const second of server.seconds) counts.set(second, (counts.get(second) ?? 0) + 1);
      for (const text of walkAll(server, 0, 40).incomplete) {
        expect(counts.get((Date.parse(text) - base) / 1000)).toBeGreaterThanOrEqual(server.cap);
      }
    }),
    { numRuns: 500 },
  );
});

test("a quiet folder costs one request when the server names its cap", () => {
  const server = {
    seconds: [1, 5, 9],
    cap: 1000,
    tellsLimit: true,
    tellsCount: true,
    exclusiveEnd: false,
    exclusiveStart: false,
  };
  expect(walkAll(server, 0, 40)).toEqual({ guids: ["g2", "g1", "g0"], incomplete: [], requests: 1 });
});

test("a full hour of one message a second costs hardly more than the fewest requests possible", () => {
  const seconds = Array.from({ length: 3600 }, (_, index) => index);
  const server = { seconds, cap: 100, tellsLimit: true, tellsCount: true, exclusiveEnd: false, exclusiveStart: false };
  const { guids, requests } = walkAll(server, 0, 3599);
  expect(guids).toHaveLength(3600);
  expect(requests).toBeLessThanOrEqual(37);
});
