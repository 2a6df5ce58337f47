import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { commands } from "../../src/commands/index.ts";
import { routePath } from "../../src/hosts/server/routes/route-path.ts";
import { openServerLab, type ServerLab } from "./lab.ts";

const closers: (() => Promise<void>)[] = [];
let lab: ServerLab;

beforeAll(async () => {
  lab = await openServerLab({ limits: { callsPerMinute: 100_000 } }, {}, (close) => closers.push(close));
});

afterAll(async () => {
  for (const close of closers.reverse()) await close();
});

/** Everything a caller can put into a request, each place with the same value. */
const places: Record<string, (value: string, path: string) => Promise<unknown>> = {
  "a field": (value, path) =>
    lab.post(path, { sender: value, email: `${value}@example.com`, guid: value, localGuids: [value] }),
  "a field of a search": (value) => lab.post("/v1/quarantine/list", { subject: value }),
  "a password in an object": (value) =>
    lab.post("/v1/users/create", { email: "ann@example.com", attributes: { password: value } }),
  "the name of a field": (value, path) => lab.post(path, { [value]: "x" }),
  "a broken body": (value, path) => lab.post(path, `{"${value}`),
  "the path": (value) => lab.get(`/v1/${value}`),
  "the query": (value, path) => lab.get(`${path}?sender=${value}&${value}=1`),
  "the token": (value, path) => lab.post(path, {}, { token: value }),
  "the profile": (value, path) => lab.post(path, {}, { headers: { "pps-profile": value } }),
  "the key": (value, path) => lab.post(path, {}, { headers: { "idempotency-key": value } }),
  "the accepted type": (value, path) => lab.post(path, {}, { headers: { accept: `text/${value}` } }),
  "any header": (value, path) => lab.post(path, {}, { headers: { "user-agent": value, "x-request-id": value } }),
};

test.each(Object.entries(places))("what a caller writes into %s never reaches the log", async (_place, send) => {
  const value = fc.stringMatching(/^zq[a-z0-9]{12,30}$/);
  const path = fc.constantFrom(...commands.map(({ name }) => routePath(name)));
  const sent: string[] = [];
  await fc.assert(
    fc.asyncProperty(value, path, async (written, where) => {
      const before = lab.logged.length;
      await send(written, where);
      // Every request has its line, after its answer has left.
      while (lab.logged.length === before) await lab.get("/healthz");
      sent.push(written);
    }),
    { numRuns: 15 },
  );
  const log = lab.logged.join("\n").toLowerCase();
  expect(sent.filter((written) => log.includes(written))).toEqual([]);
});

test("the password of PPS and the tokens never reach the log or the audit log", async () => {
  await lab.post("/v1/quarantine/release", { localGuids: ["1:1:1"], folder: "Quarantine" });
  lab.simulator.faults.add({ kind: "status", status: 401, count: 1 });
  const answer = await lab.post("/v1/system/ping");
  const written = [...lab.logged, JSON.stringify(await lab.audited()), answer.text].join("\n");
  for (const secret of [lab.simulator.password, lab.simulator.clientSecret, lab.token]) {
    expect(secret.length).toBeGreaterThan(8);
    expect(written).not.toContain(secret);
  }
});

test("a line says who called what, how it ended and how long it took", async () => {
  const { headers } = await lab.post("/v1/quarantine/list", {});
  const id = headers["x-request-id"];
  const find = () => lab.logged.map((line) => JSON.parse(line)).find(({ requestId }) => requestId === id);
  while (find() === undefined) await lab.get("/healthz");
  expect(find()).toMatchObject({
    level: "info",
    service: "proofpoint-ps",
    route: "/v1/quarantine/list",
    command: "quarantine.list",
    caller: "soc",
    profile: "lab",
    method: "POST",
    status: 400,
    code: "bad_input",
    milliseconds: expect.any(Number),
  });
});
