import { expect, test } from "vitest";
import { start, startTestServer, withServer } from "../../../test/simulator/api-server.ts";

const now = start / 1000;

const subjects = (records: Record<string, unknown>[]) => records.map(({ subject }) => subject);

test("every match form finds what it should and nothing else", () =>
  withServer({}, async (server) => {
    server.hold({ subject: "Invoice 17 overdue", from: "Ann@Example.com", rcpts: ["bob@example.org"] });
    server.hold({
      subject: "Your invoice",
      from: "ann.b@sub.example.com",
      rcpts: ["eve@example.net", "bob@example.org"],
    });
    server.hold({ subject: "Größe 100% [x]?", from: "", rcpts: ["eve@example.net"] });
    const found = async (query: Record<string, string>) => {
      const answer = await server.get("/quarantine", query);
      return subjects(((await answer.json()) as { records: Record<string, unknown>[] }).records).sort();
    };
    const [invoice, your, size] = ["Invoice 17 overdue", "Your invoice", "Größe 100% [x]?"];
    expect(await found({ from: "*" })).toEqual([size, invoice, your]);
    expect(await found({ from: "ann@EXAMPLE.com" })).toEqual([invoice]);
    expect(await found({ from: "ann*" })).toEqual([invoice, your]);
    expect(await found({ from: "*example.com" })).toEqual([invoice, your]);
    expect(await found({ from: "@example.com" })).toEqual([invoice]);
    expect(await found({ from: "*@example.com" })).toEqual([invoice]);
    expect(await found({ from: "*@sub*" })).toEqual([your]);
    expect(await found({ from: "ann" })).toEqual([]);
    expect(await found({ rcpt: "bob@example.org" })).toEqual([invoice, your]);
    expect(await found({ rcpt: "@example.net", from: "*" })).toEqual([size, your]);
    expect(await found({ subject: "invoice*" })).toEqual([invoice]);
    expect(await found({ subject: "*INVOICE" })).toEqual([your]);
    expect(await found({ subject: "*voice*" })).toEqual([invoice, your]);
    expect(await found({ subject: "*öSSe*" })).toEqual([]);
    expect(await found({ subject: "*GRÖ*" })).toEqual([size]);
    expect(await found({ subject: "*% [*" })).toEqual([size]);
    expect(await found({ subject: "*]?" })).toEqual([size]);
    expect(await found({ subject: "Your invoice" })).toEqual([your]);
    expect(await found({ subject: "invoice" })).toEqual([]);
    expect(await found({ subject: "*invoice*", from: "@example.com", rcpt: "bob*" })).toEqual([invoice]);
    expect(await found({ subject: "*invoice*", rcpt: "eve*", from: "@example.com" })).toEqual([]);
  }));

test("quirks change what sub-domains, letter case, bare words and inner stars mean", () =>
  withServer(
    {
      quirks: {
        "sub-domains": "included",
        "address-case": "exact",
        "subject-case": "exact",
        "bare-word": "nothing",
        "inner-star": "wildcard",
      },
    },
    async (server) => {
      server.hold({ subject: "Invoice", from: "ann@sub.example.com" });
      expect(await server.records({ from: "@example.com" })).toHaveLength(1);
      expect(await server.records({ from: "@ample.com" })).toHaveLength(0);
      expect(await server.records({ from: "ANN*" })).toHaveLength(0);
      expect(await server.records({ from: "a*@*.com" })).toHaveLength(1);
      expect(await server.records({ subject: "*invoice*" })).toHaveLength(0);
      expect(await server.records({ subject: "*nvoice*" })).toHaveLength(1);
      expect(await server.records({ subject: "In*ce" })).toHaveLength(1);
      expect(await server.records({ subject: "Invoice" })).toHaveLength(0);
    },
  ));

test("without folder only Quarantine is searched, and a folder is read in any letter case", () =>
  withServer({ folders: ["Cards, lost:dlp"] }, async (server) => {
    server.hold({ subject: "one" });
    server.hold({ subject: "two", folder: "Phish" });
    server.hold({ subject: "three", folder: "Cards, lost" });
    expect(subjects(await server.records())).toEqual(["one"]);
    expect(subjects(await server.records({ folder: "phish" }))).toEqual(["two"]);
    expect(subjects(await server.records({ folder: "Cards, lost" }))).toEqual(["three"]);
  }));

test("an unknown folder is refused in text, or empty where the quirk says so", async () => {
  await withServer({}, async (server) => {
    const answer = await server.get("/quarantine", { from: "*", folder: "Nowhere" });
    expect(answer.status).toBe(400);
    expect(await answer.text()).toContain("Nowhere");
  });
  await withServer({ quirks: { "unknown-folder": "empty" } }, async (server) => {
    expect(await server.records({ folder: "Nowhere" })).toEqual([]);
  });
});

test("dates bound the search, one alone leaves the other side open, and none means the last 24 hours", () =>
  withServer({}, async (server) => {
    for (const age of [10, 86_400, 86_401, 200_000]) server.hold({ subject: `${age}`, receivedAt: now - age });
    const startdate = "2026-02-02 04:05:06";
    expect(subjects(await server.records())).toEqual(["10", "86400"]);
    expect(subjects(await server.records({ startdate }))).toEqual(["10", "86400"]);
    expect(subjects(await server.records({ enddate: startdate }))).toEqual(["86400", "86401", "200000"]);
    expect(subjects(await server.records({ startdate, enddate: startdate }))).toEqual(["86400"]);
  }));

test.each([
  ["inclusive", ["30", "20", "10"]],
  ["end-exclusive", ["20", "10"]],
  ["exclusive", ["20"]],
])("with %s window edges a search from 10 to 30 finds %j", (edges, expected) =>
  withServer({ quirks: { "window-edges": edges } }, async (server) => {
    for (const second of [10, 20, 30]) server.hold({ subject: `${second}`, receivedAt: now - 100 + second });
    const query = { startdate: "2026-02-03 04:03:36", enddate: "2026-02-03 04:03:56" };
    expect(subjects(await server.records(query))).toEqual(expected);
  }),
);

test("without dates the quirk may open the window wide", () =>
  withServer({ quirks: { "no-dates": "everything" } }, async (server) => {
    server.hold({ receivedAt: now - 10_000_000 });
    expect(await server.records()).toHaveLength(1);
  }));

test.each<Record<string, string>>([
  {},
  { folder: "Phish" },
  { from: "" },
  { from: "*", startdate: "2026-02-03T04:05:06" },
  { from: "*", enddate: "2026-02-03" },
  { from: "*", startdate: "2026-02-03 00:00:01", enddate: "2026-02-03 00:00:00" },
  { from: "*", dlpviolation: "yes" },
  { from: "*", messagestatus: "details" },
  { from: "*", limit: "many" },
])("the search %j is refused in text", (query) =>
  withServer({ quirks: { "refusal-status": "422" } }, async (server) => {
    const answer = await server.get("/quarantine", query);
    expect(answer.status).toBe(422);
    expect(answer.headers.get("Content-Type")).toMatch(/^text\/plain/);
    expect(await answer.text()).not.toBe("");
    expect(server.reports).toEqual([]);
  }),
);

test("an inner star is refused where the quirk says so", () =>
  withServer({ quirks: { "inner-star": "refused" } }, async (server) => {
    expect((await server.get("/quarantine", { rcpt: "a*b" })).status).toBe(400);
    expect((await server.get("/quarantine", { rcpt: "*a*" })).status).toBe(200);
  }));

test("a blank may come as %20 or +, a star raw or encoded", () =>
  withServer({}, async (server) => {
    server.hold({ folder: "Attachment Defense", subject: "a b" });
    const { url } = await server.get("/quarantine", { from: "*" });
    for (const query of ["from=*&folder=Attachment%20Defense", "subject=%2Aa+b%2A&folder=Attachment+Defense"]) {
      const answer = await fetch(url.replace(/\?.*/, `?${query}`), {
        headers: { Authorization: `Basic ${Buffer.from("api-admin:secret").toString("base64")}` },
      });
      expect(((await answer.json()) as { records: unknown[] }).records).toHaveLength(1);
    }
  }));

test("an answer is cut at the cap without a word, newest first", () =>
  withServer({ quirks: { "search-cap": "20" } }, async (server) => {
    for (let age = 50; age > 0; age--) server.hold({ subject: `${age}`, receivedAt: now - age });
    const answer = (await (await server.get("/quarantine", { from: "*" })).json()) as Record<string, never>;
    expect(answer).toMatchObject({ count: 20, meta: { limit: 20 } });
    expect(subjects(answer.records as never)).toEqual(Array.from({ length: 20 }, (_, index) => `${index + 1}`));
  }));

test("count tells all that matched where the quirk says so", () =>
  withServer({ quirks: { "search-cap": "20", "count-field": "matched" } }, async (server) => {
    for (let index = 0; index < 30; index++) server.hold({ rcpts: ["bob@example.com", "bob.b@example.com"] });
    const answer = (await (await server.get("/quarantine", { rcpt: "bob*" })).json()) as { count: number; records: [] };
    expect([answer.count, answer.records.length]).toEqual([30, 20]);
  }));

test("limit is ignored, or honoured and told in meta", async () => {
  const limits = async (quirk: string) => {
    const server = await startTestServer({ quirks: { "limit-parameter": quirk } });
    for (let index = 0; index < 3; index++) server.hold({});
    const answer = await (await server.get("/quarantine", { from: "*", limit: "2" })).json();
    await server.stop();
    const { meta, records } = answer as { meta: { limit: number }; records: unknown[] };
    return [meta.limit, records.length];
  };
  expect(await limits("ignored")).toEqual([1000, 3]);
  expect(await limits("honoured")).toEqual([2, 2]);
});

test("within a second the last to arrive comes first, or the order changes from search to search", async () => {
  const order = async (quirk: string) => {
    const server = await startTestServer({ quirks: { "order-within-second": quirk } });
    for (let index = 0; index < 8; index++) server.hold({ subject: `${index}` });
    server.hold({ subject: "older", receivedAt: now - 1000 });
    const orders = [subjects(await server.records()), subjects(await server.records())];
    await server.stop();
    return orders as [string[], string[]];
  };
  const [first] = await order("newest-first");
  expect(first).toEqual(["7", "6", "5", "4", "3", "2", "1", "0", "older"]);
  const [one, other] = await order("shuffled");
  expect(one).not.toEqual(other);
  for (const list of [one, other]) {
    expect(list.at(-1)).toBe("older");
    expect([...list].sort()).toEqual([...first].sort());
  }
});

test.each([
  ["empty-list", '{"count":0,"records":[]}'],
  ["no-records", '{"count":0}'],
  ["bare-array", "[]"],
  ["empty-body", ""],
])("with nothing-found %s and no meta an empty answer reads %j", (quirk, body) =>
  withServer({ quirks: { "nothing-found": quirk, meta: "absent" } }, async (server) => {
    const answer = await server.get("/quarantine", { from: "*" });
    expect(answer.status).toBe(200);
    expect(await answer.text()).toBe(body);
  }),
);

test("the envelope may be a bare array and meta may hold foreign keys", async () => {
  await withServer({ quirks: { envelope: "bare-array" } }, async (server) => {
    server.hold({});
    expect(await (await server.get("/quarantine", { from: "*" })).json()).toHaveLength(1);
  });
  await withServer({ quirks: { meta: "foreign-keys" } }, async (server) => {
    const { meta } = (await (await server.get("/quarantine", { from: "*" })).json()) as { meta: object };
    expect(meta).toMatchObject({ limit: 1000, node: 3 });
  });
});
