import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, onTestFinished, test } from "vitest";
import { type KeyedRequest, openAnswerTable } from "../../src/hosts/server/idempotency/answer-table.ts";
import { temporaryDirectory } from "../temporary-directory.ts";
import { openServerLab, type ServerLab } from "./lab.ts";

const release = (lab: ServerLab, message: unknown, key: string, token?: string) =>
  lab.post(
    "/v1/quarantine/release",
    { localGuids: [message] },
    { headers: { "idempotency-key": key }, ...(token === undefined ? {} : { token }) },
  );

test("a change repeated with its key is done once, and answered as before", async () => {
  const lab = await openServerLab();
  const [message] = await lab.held({});
  const first = await release(lab, message, "one");
  const again = await release(lab, message, "one");
  expect(first.status).toBe(200);
  expect(first.headers["idempotency-replayed"]).toBeUndefined();
  expect(again.headers).toMatchObject({ "idempotency-replayed": "true", "content-type": "application/json" });
  expect(again.text).toBe(first.text);
  expect(await lab.effects()).toEqual(["released"]);
});

test("a repeat that comes while the change is under way waits for its answer", async () => {
  const lab = await openServerLab();
  const [message] = await lab.held({});
  const { reached, open } = lab.turnstile.shut();
  const first = release(lab, message, "one");
  await reached;
  const repeats = [release(lab, message, "one"), release(lab, message, "one")];
  // A round trip later the repeats have arrived too.
  await lab.get("/healthz");
  open();
  const { text } = await first;
  for (const repeat of repeats) expect((await repeat).text).toBe(text);
  expect(await lab.effects()).toEqual(["released"]);
});

test("a repeat whose time is over before the change has ended is told that it is still under way", async () => {
  const lab = await openServerLab();
  const [message] = await lab.held({});
  const { reached, open } = lab.turnstile.shut();
  const first = release(lab, message, "one");
  await reached;
  const headers = { "idempotency-key": "one", "request-timeout": "0.05" };
  const repeat = await lab.post("/v1/quarantine/release", { localGuids: [message] }, { headers });
  expect(repeat.status).toBe(409);
  expect(repeat.json()).toMatchObject({ code: "still_running", mayHaveHappened: true });
  open();
  expect((await first).status).toBe(200);
});

test.each([
  ["another body", "/v1/quarantine/release", { comment: undefined, folder: "Quarantine" }],
  ["another command", "/v1/quarantine/resubmit", {}],
])("a key that comes again with %s is refused, and nothing is done", async (_what, path, more) => {
  const lab = await openServerLab();
  const [message] = await lab.held({});
  await release(lab, message, "one");
  const headers = { "idempotency-key": "one" };
  const other = await lab.post(path, { localGuids: [message], ...more }, { headers });
  expect(other.status).toBe(422);
  expect(other.json().code).toBe("key_reused");
  expect(await lab.effects()).toEqual(["released"]);
});

test("what was meant the same is the same, in whatever order its fields stand", async () => {
  const lab = await openServerLab();
  const [message] = await lab.held({});
  const headers = { "idempotency-key": "one" };
  const { localGuid, folder } = message ?? {};
  const first = await lab.post("/v1/quarantine/release", { localGuids: [localGuid], folder }, { headers });
  const again = await lab.post("/v1/quarantine/release", { folder, localGuids: [localGuid] }, { headers });
  expect(again.text).toBe(first.text);
  expect(again.headers["idempotency-replayed"]).toBe("true");
});

test("callers do not get in the way of each other's keys", async () => {
  const lab = await openServerLab();
  const [one, two] = await lab.held({}, {});
  await release(lab, one, "same");
  const other = await release(lab, two, "same", lab.tokenFor({ name: "other" }));
  expect(other.headers["idempotency-replayed"]).toBeUndefined();
  expect(await lab.effects()).toEqual(["released", "released"]);
});

test("a restart forgets no key", async () => {
  const lab = await openServerLab();
  const [message] = await lab.held({});
  const first = await release(lab, message, "one");
  await lab.server.close();
  await lab.restart();
  const again = await release(lab, message, "one");
  expect(again.text).toBe(first.text);
  expect(await lab.effects()).toEqual(["released"]);
});

test.each([
  ["PPS turned it away", { kind: "status", status: 503 }],
  ["PPS refused the server's account", { kind: "status", status: 401 }],
] as const)("a key is free again where %s, for nothing was done", async (_what, fault) => {
  const lab = await openServerLab();
  const [message] = await lab.held({});
  lab.simulator.faults.add(fault);
  await release(lab, message, "one");
  lab.simulator.faults.clear();
  const again = await release(lab, message, "one");
  expect(again.json()).toMatchObject({ outcomes: [{ outcome: expect.stringMatching(/^(done|accepted)$/) }] });
  expect(await lab.effects()).toEqual(["released"]);
});

test("of a change whose answer was lost, the unknown outcome is kept and nothing is sent again", async () => {
  const lab = await openServerLab();
  const [message] = await lab.held({});
  lab.simulator.faults.add({ kind: "lose-answer", action: "release", count: 1 });
  const first = await release(lab, message, "one");
  expect(first.json()).toMatchObject({ outcomes: [{ outcome: "unknown" }] });
  expect((await release(lab, message, "one")).text).toBe(first.text);
  expect(await lab.effects()).toEqual(["released"]);
});

test("a key that cannot be one is refused", async () => {
  const lab = await openServerLab();
  for (const key of ["two words", "x".repeat(201)]) {
    expect((await release(lab, "1:1:1", key)).json()).toMatchObject({ code: "bad_input", field: "Idempotency-Key" });
  }
});

test("JSON lines of a change with a key are repeated to the letter", async () => {
  const lab = await openServerLab();
  const [message] = await lab.held({});
  const headers = { "idempotency-key": "one", accept: "application/jsonl" };
  const first = await lab.post("/v1/quarantine/release", { localGuids: [message] }, { headers });
  expect(
    first.text
      .trimEnd()
      .split("\n")
      .map((line) => Object.keys(JSON.parse(line)).includes("summary")),
  ).toEqual([false, true]);
  const again = await lab.post("/v1/quarantine/release", { localGuids: [message] }, { headers });
  expect(again.text).toBe(first.text);
  expect(again.headers["content-type"]).toBe("application/jsonl");
});

test("the answer of a change with a key is kept although its caller has left and the server stops", async () => {
  const lab = await openServerLab();
  const [message] = await lab.held({});
  const { reached, open } = lab.turnstile.shut();
  const left = new AbortController();
  const headers = { "idempotency-key": "one" };
  const body = { localGuids: [message] };
  const first = lab.post("/v1/quarantine/release", body, { headers, signal: left.signal });
  await reached;
  left.abort();
  await expect(first).rejects.toThrow();
  const closed = lab.server.close();
  open();
  await closed;
  await lab.restart();
  const again = await lab.post("/v1/quarantine/release", body, { headers });
  expect(again.headers["idempotency-replayed"]).toBe("true");
  expect(again.json()).toMatchObject({ counts: { accepted: 1 } });
  expect(await lab.effects()).toEqual(["released"]);
});

test("an answer that cannot be kept is given all the same, and its repeat is told that the outcome is unknown", async () => {
  const lab = await openServerLab();
  const [message] = await lab.held({});
  const database = new DatabaseSync(join(lab.stateDirectory, "idempotency.db"));
  database.exec(
    "CREATE TRIGGER full BEFORE UPDATE ON calls BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END",
  );
  database.close();
  const first = await release(lab, message, "one");
  expect(first.status).toBe(200);
  expect(first.json()).toMatchObject({ counts: { accepted: 1 } });
  expect(lab.logged.map((line) => JSON.parse(line))).toContainEqual(
    expect.objectContaining({ level: "error", msg: expect.stringContaining("could not be kept") }),
  );
  const again = await release(lab, message, "one");
  expect(again.json()).toMatchObject({ code: "outcome_unknown", mayHaveHappened: true });
  expect(await lab.effects()).toEqual(["released"]);
});

test("a change whose key cannot be kept is not sent", async () => {
  const lab = await openServerLab();
  const [message] = await lab.held({});
  const database = new DatabaseSync(join(lab.stateDirectory, "idempotency.db"));
  database.exec(
    "CREATE TRIGGER full BEFORE INSERT ON calls BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END",
  );
  database.close();
  const answer = await release(lab, message, "one");
  expect(answer.status).toBe(503);
  expect(answer.json()).toMatchObject({ code: "not_recorded" });
  expect(answer.headers["retry-after"]).toBe("60");
  expect(await lab.effects()).toEqual([]);
});

test("a kept answer is given although nothing more can be written, and no longer than a day", async () => {
  let now = 0;
  const path = join(temporaryDirectory(), "idempotency.db");
  const table = openAnswerTable(path, () => now);
  onTestFinished(table.close);
  const [first, other] = ["one", "two"].map((key) => ({ who: "soc", key, request: "release" })) as [
    KeyedRequest,
    KeyedRequest,
  ];
  const answer = { status: 200, contentType: "application/json", body: new Uint8Array([123, 125]) };
  table.begin(first);
  table.finish(first, answer);
  now = 24 * 3_600_000;
  table.begin(other);
  expect(table.find(first)).toEqual({ isSame: true, answer });
  const full = new DatabaseSync(path);
  full.exec("CREATE TRIGGER full BEFORE DELETE ON calls BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END");
  now += 1;
  expect(table.find(first)).toBeUndefined();
  expect(table.find(other)).toEqual({ isSame: true });
  full.exec("DROP TRIGGER full");
  full.close();
  table.begin(first);
  expect(table.find(first)).toEqual({ isSame: true });
});
