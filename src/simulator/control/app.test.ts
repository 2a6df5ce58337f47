import { request } from "node:http";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { type Simulator, startSimulator } from "../simulator.ts";

let simulator: Simulator;

beforeAll(async () => {
  simulator = await startSimulator({ seed: "control-test" });
});
afterAll(() => simulator.stop());
beforeEach(() => simulator.reset());

async function call(method: string, path: string, body?: unknown) {
  const response = await fetch(simulator.control + path, {
    method,
    ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

const mail = Buffer.from("Subject: Hello\r\nMessage-ID: <1@shop.test>\r\n\r\nText\r\n");
const message = { envelope: { from: "ann@shop.test", to: ["ben@example.com"] }, raw: mail.toString("base64") };

test("an injected message takes its way and stands in its mailbox, with envelope and raw bytes", async () => {
  const sent = await call("POST", "/messages", message);
  expect(sent).toMatchObject({ status: 201, body: { guid: expect.any(String), verdict: { action: "deliver" } } });
  expect((await call("GET", "/mailboxes")).body).toEqual({ mailboxes: [{ address: "ben@example.com", messages: 1 }] });
  const { body } = await call("GET", "/mailboxes/Ben%40example.com");
  expect(body).toMatchObject({
    messages: [{ guid: sent.body.guid, cause: "delivered", envelope: message.envelope, raw: message.raw }],
  });
  expect((await call("GET", "/mailboxes/nobody@example.com")).body.messages).toEqual([]);
});

test("an injected message can come from another host", async () => {
  const rules = "access: { blockedHosts: [198.51.100.9], blockedSenders: [], discardedSenders: [] }";
  const strict = await startSimulator({ rules });
  try {
    const send = (peer: object) =>
      fetch(`${strict.control}/messages`, { method: "POST", body: JSON.stringify({ ...message, peer }) });
    expect(await (await send({ ip: "198.51.100.9" })).json()).toMatchObject({ verdict: { action: "reject" } });
    expect(await (await send({ ip: "198.51.100.8" })).json()).toMatchObject({ verdict: { action: "deliver" } });
    expect((await send({ address: "198.51.100.8" })).status).toBe(400);
  } finally {
    await strict.stop();
  }
});

test("the journal can be read on from where one stopped", async () => {
  await call("POST", "/messages", message);
  await call("POST", "/messages", message);
  const all = (await call("GET", "/journal")).body.entries as { sequence: number; effect: string }[];
  expect(all.map(({ effect }) => effect)).toEqual(["delivered", "delivered"]);
  const rest = (await call("GET", `/journal?after=${all[0]?.sequence}`)).body.entries;
  expect(rest).toEqual(all.slice(1));
  expect(await call("GET", "/journal?after=x")).toMatchObject({ status: 400 });
});

test("generated mail counts in its folder", async () => {
  const order = { count: 300, folder: "phish", from: "2 hours", shape: "burst", seed: 7 };
  expect(await call("POST", "/generate", order)).toMatchObject({ status: 200, body: { held: 300, folder: "Phish" } });
  expect((await call("GET", "/stats")).body).toMatchObject({ held: { Phish: 300 }, memoryBytes: expect.any(Number) });
});

test("asking twice without a seed never makes the same message twice", async () => {
  await call("POST", "/generate", { count: 50 });
  await call("POST", "/generate", { count: 50 });
  const found = simulator.store.search({
    folder: "Quarantine",
    window: { first: 0, last: Number.MAX_SAFE_INTEGER },
    sender: "any",
    recipient: "any",
    subject: "any",
    limit: 1000,
  });
  expect(new Set(found.map(({ guid }) => guid)).size).toBe(100);
});

test.each([
  [{}, '"count"|count is'],
  [{ count: "5" }, '"count" is a number'],
  [{ count: 0 }, "count is 1 to"],
  [{ count: 1, folder: "Nowhere" }, 'no folder "Nowhere"'],
  [{ count: 1, shape: "square" }, "uniform or burst"],
  [{ count: 1, from: "soon" }, "is no time"],
  [{ count: 1, from: "1h", to: "2h" }, "ends before it begins"],
  [{ count: 1, colour: "red" }, 'no "colour"'],
  ["[", "JSON"],
])("generating from %j is refused in one sentence", async (order, sentence) => {
  const answer = await call("POST", "/generate", order);
  expect(answer.status).toBe(400);
  expect(answer.body.error).toMatch(new RegExp(sentence));
});

test("faults are added, listed with how often they happened, and taken away", async () => {
  const { body: fault } = await call("POST", "/faults", { kind: "status", status: 503, count: 2 });
  await call("POST", "/faults", { kind: "reset", route: "POST /quarantine" });
  expect((await call("GET", "/faults")).body.faults).toMatchObject([
    { kind: "status", happened: 0 },
    { kind: "reset" },
  ]);
  expect(await call("DELETE", `/faults/${fault.id}`)).toMatchObject({ status: 200 });
  expect(await call("DELETE", `/faults/${fault.id}`)).toMatchObject({ status: 404 });
  await call("DELETE", "/faults");
  expect((await call("GET", "/faults")).body.faults).toEqual([]);
  expect(await call("POST", "/faults", { kind: "gremlin" })).toMatchObject({ status: 400 });
});

test("the clock is stopped, set, moved and shifted", async () => {
  const at = "2026-03-04T05:06:07.000Z";
  expect((await call("POST", "/clock", { set: at, stopped: true })).body).toMatchObject({ now: at, stopped: true });
  expect((await call("POST", "/clock", { advance: 60_000 })).body).toMatchObject({ now: "2026-03-04T05:07:07.000Z" });
  expect((await call("GET", "/clock")).body).toMatchObject({ now: "2026-03-04T05:07:07.000Z", stopped: true });
  const asked = performance.now();
  const shifted = (await call("POST", "/clock", { offset: -300_000 })).body as { offset: number; stopped: boolean };
  const answered = performance.now();
  expect(shifted.stopped).toBe(false);
  // Read off two clocks one after the other: the difference is no longer than the request took.
  expect(Math.abs(shifted.offset + 300_000)).toBeLessThanOrEqual(answered - asked + 1);
  expect((await call("POST", "/clock", { stopped: true })).body).toMatchObject({ stopped: true });
});

test.each([{}, { advance: "1h" }, { set: "soon" }, { advance: 1, set: 2 }, { stopped: "yes" }, { speed: 2 }])(
  "the clock refuses %j",
  async (order) => {
    expect((await call("POST", "/clock", order)).status).toBe(400);
  },
);

test("a reset forgets mail, mailboxes, journal and faults, and sets the clock right", async () => {
  await call("POST", "/messages", message);
  await call("POST", "/faults", { kind: "reset" });
  await call("POST", "/clock", { set: 0, stopped: true });
  expect(await call("POST", "/reset")).toMatchObject({ status: 200 });
  expect((await call("GET", "/journal")).body.entries).toEqual([]);
  expect((await call("GET", "/mailboxes")).body.mailboxes).toEqual([]);
  expect((await call("GET", "/faults")).body.faults).toEqual([]);
  expect((await call("GET", "/clock")).body).toMatchObject({ stopped: false });
  expect((await call("GET", "/stats")).body).toMatchObject({ traced: 0, journalled: 0 });
});

test("an unknown path is told as such", async () => {
  expect(await call("GET", "/rest/v1/quarantine")).toMatchObject({ status: 404, body: { error: expect.any(String) } });
});

test.each([
  [{}, "JSON object"],
  [{ ...message, envelope: { from: "a@b.test", to: [] } }, '"to"'],
  [{ ...message, envelope: { to: ["ben@example.com"] } }, '"from"'],
  [{ envelope: message.envelope }, '"raw"'],
])("a message without its parts is refused", async (body, sentence) => {
  const answer = await call("POST", "/messages", body);
  expect(answer).toMatchObject({ status: 400, body: { error: expect.stringContaining(sentence) } });
});

test.each([
  ["a request of another site", { origin: "https://shop.test" }, 403],
  ["a name that was made to lead here", { host: "shop.test" }, 403],
  ["the machine's own name", { host: "localhost" }, 200],
])("what a web page could send is refused: %s", async (_what, headers, status) => {
  await call("POST", "/messages", message);
  const answered = await new Promise((resolve, reject) => {
    request(`${simulator.control}/reset`, { method: "POST", headers }, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .once("error", reject)
      .end();
  });
  expect(answered).toBe(status);
  expect(simulator.mailboxes()).toHaveLength(status === 200 ? 0 : 1);
});
