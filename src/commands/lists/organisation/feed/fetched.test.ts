import { describe, expect, test } from "vitest";
import { bundle, indicator } from "../../../../../test/feeds/feed-server.ts";
import { type CloudLists, createCloudLists } from "../../../../../test/model/cloud-lists.ts";
import { changesSent, ownEntry, runFeed, standing } from "../../../../../test/model/feed-runs.ts";
import type { Retrieve, Retrieved } from "../../../../core/steps.ts";

const list = "https://feeds.example.com/list.csv?key=hunter2";
const collection = "https://taxii.example.com/api/collections/91a7b528-80eb/";

/** Lists, and a world in which documents are as told; it remembers what was asked for. */
function world(answer: (request: Retrieve, index: number) => Partial<Retrieved> | undefined) {
  const asked: Retrieve[] = [];
  const lists = createCloudLists({
    blocklist: [ownEntry("old@evil.test", "2026-01-01")],
    retrieve: (request) => {
      asked.push(request);
      return { status: 200, headers: {}, text: "", ...answer(request, asked.length - 1) };
    },
  });
  return { lists, asked };
}

const page = (objects: readonly object[], more: object = {}): Partial<Retrieved> => ({
  text: JSON.stringify({ objects, ...more }),
});

function refusal(lists: CloudLists, url: string): Record<string, unknown> {
  try {
    runFeed(lists, { url, acceptJump: true });
  } catch (error) {
    expect(changesSent(lists)).toBe(0);
    return error as Record<string, unknown>;
  }
  throw new Error("it was not refused");
}

test.each([
  ["text", "a@evil.test\n# a comment\nb@evil.test\n"],
  ["CSV", "sender,comment\na@evil.test,Phish\nb@evil.test,\n"],
  ["JSON", JSON.stringify([{ sender: "a@evil.test" }, { sender: "b@evil.test" }])],
  ["a STIX bundle", bundle([indicator("a@evil.test"), indicator("b@evil.test")])],
])("an address leads to %s", (_name, text) => {
  const { lists, asked } = world(() => ({ text }));
  runFeed(lists, { url: list });
  expect(standing(lists)).toEqual(["a@evil.test", "b@evil.test"]);
  expect(asked).toEqual([{ kind: "retrieve", url: list, accept: expect.stringContaining("text/csv") }]);
});

test.each<[Partial<Retrieved>, string, RegExp]>([
  [{ status: 401 }, "denied", /asks for credentials, or refused those it was given \(401\)/],
  [{ status: 403 }, "denied", /may not be read with these credentials \(403\)/],
  [{ status: 404 }, "not_found", /There is no feed at .* \(404\)/],
  [{ status: 410 }, "not_found", /There is no feed at .* \(410\)/],
  [{ status: 429, headers: { "retry-after": "90" } }, "busy", /too busy \(429\)/],
  [{ status: 500 }, "unexpected", /answered with status 500/],
  [{ status: 204 }, "unexpected", /answered with status 204/],
  [{ status: 206, text: "a@evil.test" }, "unexpected", /answered with status 206/],
  [{ text: " \n" }, "unexpected", /is empty: it holds no text at all/],
  [{ text: "<!DOCTYPE html><title>Sign in</title>" }, "unexpected", /is a web page/],
  [{ text: "<!-- portal -->\nadmin@vendor.example\n" }, "unexpected", /is a web page/],
  [{ text: "<html>\n" }, "unexpected", /is a web page/],
  [{ text: "PK\u0003\u0004" }, "unexpected", /is a workbook or an archive/],
  [{ text: '{"objects": [' }, "unexpected", /^The feed https:/],
])("an answer that is no feed changes nothing, in one sentence without the key: %j", (answer, code, message) => {
  const { lists } = world(() => answer);
  const error = refusal(lists, list);
  expect(error).toMatchObject({ code, message: expect.stringMatching(message) });
  expect(error.message).toContain("https://feeds.example.com/list.csv");
  expect(JSON.stringify(error)).not.toContain("hunter2");
});

test("how long a busy server asks to wait is handed on", () => {
  const { lists } = world(() => ({ status: 503, headers: { "retry-after": "90" } }));
  expect(refusal(lists, list)).toMatchObject({ code: "busy", retryAfterSeconds: 90 });
});

describe("a TAXII collection", () => {
  const huge = `"${"x".repeat(70_000_000)}"`;
  const senders = (...names: string[]) => names.map((name) => indicator(`${name}@evil.test`));

  test.each([
    [collection, `${collection}objects/?limit=1000`],
    [collection.slice(0, -1), `${collection}objects/?limit=1000`],
    [`${collection}objects`, `${collection}objects/?limit=1000`],
    [
      `${collection}objects/?match[type]=indicator&limit=50#top`,
      `${collection}objects/?match[type]=indicator&limit=50`,
    ],
  ])("is known by its address %s", (url, objects) => {
    const { lists, asked } = world(() => page(senders("a")));
    runFeed(lists, { url });
    expect(asked).toEqual([{ kind: "retrieve", url: objects, accept: "application/taxii+json;version=2.1" }]);
    expect(standing(lists)).toEqual(["a@evil.test"]);
  });

  test("is read page after page, by what the server calls the next", () => {
    const pages = [
      page(senders("a", "b"), { more: true, next: "x/2=&" }),
      page(senders("c"), { more: true, next: "3" }),
      page(senders("d"), { more: false }),
    ];
    const { lists, asked } = world((_request, index) => pages[index]);
    runFeed(lists, { url: collection });
    expect(asked.map(({ url }) => url.split("?")[1])).toEqual([
      "limit=1000",
      "limit=1000&next=x%2F2%3D%26",
      "limit=1000&next=3",
    ]);
    expect(standing(lists)).toHaveLength(4);
  });

  test("is read by the date of the last object where the server names no next page", () => {
    const date = "2026-01-01T00:00:01.000001Z";
    const pages = [
      { ...page(senders("a"), { more: true }), headers: { "x-taxii-date-added-last": date } },
      page(senders("b")),
    ];
    const { lists, asked } = world((_request, index) => pages[index]);
    runFeed(lists, { url: `${collection}?added_after=2025-01-01T00:00:00Z` });
    expect(asked.map(({ url }) => url.split("?")[1])).toEqual([
      "added_after=2025-01-01T00:00:00Z&limit=1000",
      `limit=1000&added_after=${encodeURIComponent(date)}`,
    ]);
    expect(standing(lists)).toEqual(["a@evil.test", "b@evil.test"]);
  });

  test.each<[string, (request: Retrieve, index: number) => Partial<Retrieved>, RegExp]>([
    [
      "whose second page fails",
      (_request, index) => (index === 0 ? page(senders("a"), { more: true, next: "2" }) : { status: 500 }),
      /status 500/,
    ],
    [
      "that names the same page twice",
      (_request, index) => page(senders("a"), { more: true, next: String(index % 2) }),
      /read before \(page 3\)/,
    ],
    [
      "that stands still",
      () => ({ ...page([], { more: true }), headers: { "x-taxii-date-added-last": "2026-01-01T00:00:00Z" } }),
      /read before \(page 2\)/,
    ],
    ["that does not say how to go on", () => page(senders("a"), { more: true }), /not how to get it \(page 1\)/],
    ["that never ends", (_request, index) => page([], { more: true, next: `${index}` }), /more than 1000 pages/],
    [
      "that is huge",
      (_request, index) => page(Array(50_000).fill({}), { more: true, next: `${index}` }),
      /200000 objects/,
    ],
    [
      "of huge pages",
      (_request, index) => ({ text: `{"more":true,"next":"${index}","objects":[${huge}]}` }),
      /200000000 characters/,
    ],
    ...[
      { title: "Error", http_status: "500" },
      { more: "true", next: "3", objects: [] },
      { more: null, objects: [] },
      { objects: null },
      { objects: {} },
      { type: "bundle", id: "bundle--1", objects: [] },
    ].map((body): [string, (request: Retrieve, index: number) => Partial<Retrieved>, RegExp] => [
      `whose second page is ${JSON.stringify(body)}`,
      (_request, index) =>
        index === 0 ? page(senders("a"), { more: true, next: "2" }) : { text: JSON.stringify(body) },
      /no collection of a TAXII 2\.1 server: page 2 is no envelope of objects/,
    ]),
    ["that answers with something else", () => ({ text: "[]" }), /no collection of a TAXII 2\.1 server/],
    ["that answers with text", () => ({ text: "a@evil.test" }), /no collection of a TAXII 2\.1 server/],
  ])("%s changes nothing", (_name, answer, message) => {
    const { lists } = world(answer);
    expect(refusal(lists, collection)).toMatchObject({ code: "unexpected", message: expect.stringMatching(message) });
    expect(standing(lists)).toEqual(["old@evil.test"]);
  });

  const root = { title: "Root", versions: ["application/taxii+json;version=2.1"], max_content_length: 1000 };
  const ids = { collections: [{ id: "91a7b528-80eb", title: "Phish", can_read: true, can_write: false }] };
  test.each<[string, string, object, RegExp]>([
    [
      "a server",
      "/taxii2/",
      { title: "Feeds", api_roots: ["/api/"] },
      /names the API roots of .* API-ROOT\/coll.*ID\/\.$/,
    ],
    ["an API root", "/api/", root, /is an API root of .* give the address of a collection below it/],
    ["its collections", "/api/collections/", ids, /names the collections of .* one of them, which ends in .*ID\/\.$/],
    ["no collection, though it looks so", "/api/collections/91a7/", ids, /names the collections of/],
    ["a manifest", "/api/collections/91a7/manifest/", { more: false, objects: [{ id: "indicator--1" }] }, /no objects/],
    ["an error", "/api/", { title: "Error", http_status: "500" }, /holds no objects: give the address of a collection/],
    ["nothing", "/api/", {}, /holds no objects: give the address of a collection/],
  ])("is asked for where the address is that of %s", (_name, path, body, message) => {
    const type = { "content-type": "application/taxii+json;version=2.1" };
    const { lists } = world(() => ({ text: JSON.stringify(body), headers: type }));
    const error = refusal(lists, `https://taxii.example.com${path}`);
    expect(error).toMatchObject({ code: "bad_input", field: "url", message: expect.stringMatching(message) });
  });

  test("is asked for where a server gives no type of its own", () => {
    const { lists } = world(() => ({ text: JSON.stringify(ids), headers: { "content-type": "application/json" } }));
    expect(refusal(lists, "https://taxii.example.com/api/collections/").message).toMatch(/names the collections of/);
  });

  test("is not asked for where the address itself leads to objects", () => {
    const type = { "content-type": "application/taxii+json;version=2.1" };
    const { lists } = world(() => ({ ...page(senders("a"), { more: false }), headers: type }));
    runFeed(lists, { url: `${collection}objects/indicator--1/` });
    expect(standing(lists)).toEqual(["a@evil.test"]);
  });

  test("without objects is a feed that names nothing", () => {
    const { lists } = world(() => ({ text: "{}" }));
    expect(() => runFeed(lists, { url: collection })).toThrow(/names nothing that can be blocked/);
  });
});
