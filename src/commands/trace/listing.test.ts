import fc from "fast-check";
import { expect, test } from "vitest";
import { execute } from "../../../test/model/execute.ts";
import { createMailSystem, type MailSystem } from "../../../test/model/mail-system.ts";
import { run } from "../../core/run.ts";
import type { Ask, Json, Reply } from "../../core/steps.ts";
import { type SeenAnswers, searchTrace, type TraceListing } from "./listing.ts";
import type { TraceRecord } from "./record.ts";
import { type TraceResult, traceSearch } from "./search.ts";

const now = Date.UTC(2026, 2, 4, 12);
const second = 1000;

/** What pps-api.md 5 says of Smart Search: no count, no paging, a ceiling nobody names; edges, order and zone vary. */
interface Server {
  /** Seconds before now, one for each record. */
  ages: number[];
  ceiling: number;
  startExclusive: boolean;
  endExclusive: boolean;
  oldestFirst: boolean;
  zone: string;
}

function localDate(time: number, zone: string): string {
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(3));
  const local = new Date(time + (zone.startsWith("-") ? -minutes : minutes) * 60_000);
  return `${local.toISOString().slice(0, 19).replace("T", " ")} [UTC${zone}]`;
}

function answer(server: Server, request: Ask): Reply {
  const parameters = Object.fromEntries(request.query ?? []);
  const start = Date.parse(`${parameters.from?.slice(0, 19)}Z`);
  const end = Date.parse(`${parameters.to?.slice(0, 19)}Z`);
  const result = server.ages
    .map((age, index) => ({ time: now - age * second, GUID: `g${index}` }))
    .filter(({ time }) => (server.startExclusive ? time > start : time >= start))
    .filter(({ time }) => (server.endExclusive ? time < end : time <= end))
    .sort((one, other) => (server.oldestFirst ? one.time - other.time : other.time - one.time))
    .slice(0, Math.min(server.ceiling, Number(parameters.count)))
    .map(({ time, GUID }) => ({ GUID, Date: localDate(time, server.zone) }));
  return { status: 200, headers: {}, text: result.length === 0 ? "" : JSON.stringify({ result }) };
}

function searchAll(server: Server, since: number, until: number, limit = Infinity, seen?: SeenAnswers) {
  const system = createMailSystem();
  let asks = 0;
  system.ask = (request) => {
    if (++asks > 5000) throw new Error("the search does not end");
    return answer(server, request);
  };
  const listing: TraceListing = run(
    searchTrace({ since: now - since * second, until: now - until * second, limit, seen }, now),
    system,
  );
  return { records: system.items as TraceRecord[], asks, ...listing };
}

const servers = fc.record({
  ages: fc.array(fc.oneof(fc.nat(400), fc.integer({ min: 100, max: 110 })), { maxLength: 900, size: "max" }),
  ceiling: fc.constantFrom(100, 101, 150, 400, 1000, 5000),
  startExclusive: fc.boolean(),
  endExclusive: fc.boolean(),
  oldestFirst: fc.boolean(),
  zone: fc.constantFrom("+0000", "-0600", "+0530", "+1300"),
});

test("every record of the time comes once and newest first, or its second is named", () => {
  fc.assert(
    fc.property(servers, fc.integer({ min: 0, max: 200 }), fc.nat(200), (server, until, length) => {
      const since = until + length;
      const { records, truncated, notes, requests, asks } = searchAll(server, since, until);
      const guids = records.map((record) => record.guid);
      expect(new Set(guids).size).toBe(guids.length);
      const times = records.map((record) => record.receivedAt ?? "");
      expect(times).toEqual([...times].sort().reverse());
      const named = notes.join(" ");
      server.ages.forEach((age, index) => {
        const isInside = age >= until && age <= since;
        const isListed = guids.includes(`g${index}`);
        if (!isInside) expect(isListed).toBe(false);
        else if (!isListed) expect(named).toContain(new Date(now - age * second).toISOString().slice(0, 19));
      });
      expect(truncated).toBe(notes.some((note) => note.startsWith("More records may lie")));
      expect(requests).toBe(asks);
    }),
    { numRuns: 400 },
  );
});

test("where the edges are inclusive, only a second that fills an answer by itself is named", () => {
  fc.assert(
    fc.property(servers, (drawn) => {
      const server = { ...drawn, startExclusive: false, endExclusive: false };
      const { notes } = searchAll(server, 400, 0);
      for (const note of notes) {
        const named = /second (\S+Z)/.exec(note)?.[1] ?? "";
        const inIt = server.ages.filter((age) => now - age * second === Date.parse(named)).length;
        expect(inIt).toBeGreaterThanOrEqual(Math.min(server.ceiling, 1000));
      }
    }),
    { numRuns: 200 },
  );
});

const quiet: Server = {
  ages: [],
  ceiling: 100,
  startExclusive: false,
  endExclusive: false,
  oldestFirst: false,
  zone: "-0600",
};

test("fewer records than any ceiling in the field cost one request", () => {
  expect(searchAll({ ...quiet, ages: [1, 2, 3] }, 3600, 0)).toMatchObject({ requests: 1, truncated: false });
});

test.each([
  [4, 4, true],
  [5, 5, false],
  [6, 5, false],
])("of five records a limit of %i lists %i, and says truly whether it cut", (limit, count, truncated) => {
  const result = searchAll({ ...quiet, ages: [10, 20, 30, 40, 50] }, 60, 0, limit);
  expect(result.records.map((record) => record.guid)).toEqual(["g0", "g1", "g2", "g3", "g4"].slice(0, count));
  expect(result.truncated).toBe(truncated);
});

test("a limit met just where a part ends is not called a cut when nothing older matches", () => {
  const ages = Array.from({ length: 150 }, (_, index) => 10 + (index % 50));
  const result = searchAll({ ...quiet, ages }, 4000, 0, 150);
  expect(result.records).toHaveLength(150);
  expect(result).toMatchObject({ truncated: false, notes: [] });
  expect(searchAll({ ...quiet, ages: [...ages, 3000] }, 4000, 0, 150)).toMatchObject({ truncated: true });
});

test("a record whose date cannot be read is listed once", () => {
  const system = createMailSystem();
  const records: Json[] = Array.from({ length: 120 }, (_, index) => ({ GUID: `g${index}`, Date: "soon" }));
  let asks = 0;
  system.ask = () => ({ status: 200, headers: {}, text: JSON.stringify({ result: asks++ < 3 ? records : [] }) });
  run(searchTrace({ since: now - 60_000, until: now, limit: Infinity }, now), system);
  const guids = (system.items as TraceRecord[]).map((record) => record.guid);
  expect(new Set(guids).size).toBe(guids.length);
});

function search(system: MailSystem, raw: Record<string, unknown>): TraceResult {
  return execute(traceSearch, raw, system, { now });
}

test("every filter goes to the wire as pps-api.md 5 names it, times with an offset without colon", () => {
  const system = createMailSystem();
  const result = search(system, {
    action: "discard",
    since: "2026-03-04T05:06:07+01:00",
    until: "2026-03-04T06:00:00Z",
    virus: "EICAR, Other",
    sender: "a.*@",
    recipient: "@example.com",
    attachment: ["a.exe", "b.zip"],
    queueId: "a1B2C34d567890",
    host: "192.0.2.7",
    sid: "3abc401234",
    subject: "overdue invoice",
    guid: "Qm4rT7_yJ2wLx0Zc9VbN-pEa5sKdHu3f",
    messageId: "<1@mail.example.com>",
  });
  expect(system.asked[0]).toMatchObject({
    method: "GET",
    path: "/pss/filter",
    effect: "read",
    query: [
      ["action", "discard"],
      ["from", "2026-03-04T04:06:06+0000"],
      ["to", "2026-03-04T06:00:01+0000"],
      ["virus", "EICAR,Other"],
      ["env_from", "a.*@"],
      ["env_rcpt", "@example.com"],
      ["attach", "a.exe,b.zip"],
      ["qid", "a1B2C34d567890"],
      ["host", "192.0.2.7"],
      ["sid", "3abc401234"],
      ["subject", "overdue invoice"],
      ["guid", "Qm4rT7_yJ2wLx0Zc9VbN-pEa5sKdHu3f"],
      ["hdr_mid", "<1@mail.example.com>"],
      ["count", "1000"],
    ],
  });
  expect(result).toMatchObject({ since: "2026-03-04T04:06:07Z", until: "2026-03-04T06:00:00Z" });
});

test("nothing found at the young end is told as something that may still change (pps-api.md 10 row 12)", () => {
  expect(search(createMailSystem(), {}).notes).toEqual([
    "Nothing found; mail of the last minutes may not be in the trace yet.",
  ]);
  expect(search(createMailSystem(), { since: "2 hours", until: "1 hour" }).notes).toEqual([]);
});

test("a start in the future without an end sends no window that runs backwards", () => {
  const system = createMailSystem();
  search(system, { since: "in 2 days" });
  const { from = "", to = "" } = Object.fromEntries(system.asked[0]?.query ?? []);
  expect(from <= to).toBe(true);
});

test.each([
  [401, "denied"],
  [403, "denied"],
  [404, "refused"],
  [503, "busy"],
  [500, "unexpected"],
])("status %i is %s and never nothing found", (status, code) => {
  expect(() => search(createMailSystem({ fate: () => ({ status }) }), {})).toThrow(
    expect.objectContaining({ code, status }) as Error,
  );
});

test("403 names the module pss", () => {
  expect(() => search(createMailSystem({ fate: () => ({ status: 403 }) }), {})).toThrow(
    expect.objectContaining({ hint: expect.stringContaining("module pss") as string }) as Error,
  );
});

test.each(["1@mail.example.com", "<1@mail.example.com>"])(
  "Message-ID %s is asked for with its brackets",
  (messageId) => {
    const system = createMailSystem();
    search(system, { messageId });
    expect(system.asked[0]?.query).toContainEqual(["hdr_mid", "<1@mail.example.com>"]);
  },
);

test.each([3, 100])("%i records of another time are an error, not nothing found and no endless search", (count) => {
  const records = Array.from({ length: count }, (_, index) => ({
    GUID: `g${index}`,
    Date: "2025-01-01 00:00:00 [UTC+0000]",
  }));
  const system = createMailSystem();
  let asks = 0;
  system.ask = () => {
    if (++asks > 50) throw new Error("the search does not end");
    return { status: 200, headers: {}, text: JSON.stringify({ result: records }) };
  };
  const search = () => run(searchTrace({ since: now - 86_400_000, limit: Infinity }, now), system);
  expect(search).toThrow(
    expect.objectContaining({ code: "unexpected", message: expect.stringContaining("2025-01-01") }),
  );
  expect(system.items).toEqual([]);
});

test("a full answer without any date is listed once and called incomplete, for nothing tells where to go on", () => {
  const text = JSON.stringify({ result: Array.from({ length: 100 }, (_, index) => ({ GUID: `g${index}` })) });
  const system = createMailSystem();
  let asks = 0;
  system.ask = () => {
    if (++asks > 50) throw new Error("the search does not end");
    return { status: 200, headers: {}, text };
  };
  const { truncated, notes } = run(searchTrace({ since: now - 86_400_000, limit: Infinity }, now), system);
  expect(system.items).toHaveLength(100);
  expect(truncated).toBe(true);
  expect(notes).toEqual([expect.stringMatching(/^More records may lie between 2026-03-03T12:00:00Z and /)]);
});

test("a surface that asks for it gets PPS's own records beside the read ones, nobody else", () => {
  const record = { GUID: "g1", Date: localDate(now - second, "-0600"), Spam_Score: "7", fresh: [1, null] };
  const system = createMailSystem();
  system.ask = () => ({ status: 200, headers: {}, text: JSON.stringify({ result: [record] }) });
  execute(traceSearch, {}, system, { now, keepsRecords: true });
  execute(traceSearch, {}, system, { now });
  const [kept, plain] = system.items as TraceRecord[];
  expect(kept?.record).toEqual(record);
  expect(plain).not.toHaveProperty("record");
});

test("an answer smaller than one that was seen before is whole, and is not asked for twice", () => {
  const server = { ...quiet, ceiling: 1000, ages: Array.from({ length: 400 }, (_, index) => index * 10) };
  const seen: SeenAnswers = { largest: 0 };
  expect(searchAll(server, 4000, 0, Infinity, seen)).toMatchObject({ asks: 3, truncated: false });
  const fewer = { ...server, ages: server.ages.slice(0, 300) };
  expect(searchAll(fewer, 4000, 0, Infinity, seen)).toMatchObject({ asks: 1, truncated: false });
});
