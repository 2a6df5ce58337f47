import { expect, test } from "vitest";
import { inAmpleTime } from "../ample-time.ts";
import { hold as holdMail } from "../cli/held-mail.ts";
import { hold, type Lab } from "../contract/lab.ts";
import { openServerLab, type ServerLab } from "./lab.ts";

const lines = { accept: "application/jsonl" };

/** Holds so many messages of about a kilobyte, a second apart. */
function fill({ simulator }: ServerLab, count: number): void {
  hold(
    { simulator } as Lab,
    Array.from({ length: count }, (_, index) => ({ ago: 60 + index, subject: "x".repeat(900) })),
  );
}

const requestsOf = (metrics: string) => Number(/^pps_requests_total.*result="200"} (\d+)/m.exec(metrics)?.[1] ?? 0);
const metrics = async (lab: ServerLab) => (await lab.get("/metrics")).text;

test("a list comes as lines, and the last one says that it is whole", async () => {
  const lab = await openServerLab();
  fill(lab, 2500);
  const answer = await lab.post("/v1/quarantine/list", { sender: "*", limit: "all" }, { headers: lines });
  expect(answer.headers["content-type"]).toBe("application/jsonl");
  const all = answer.text
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect(all).toHaveLength(2501);
  expect(new Set(all.slice(0, -1).map(({ guid }) => guid)).size).toBe(2500);
  expect(all.at(-1)).toMatchObject({ summary: { truncated: false } });
});

test("an empty list is one line", async () => {
  const lab = await openServerLab();
  const answer = await lab.get("/v1/quarantine/list?sender=*", { headers: lines });
  expect(JSON.parse(answer.text)).toMatchObject({ summary: { truncated: false } });
});

test("an error before the first line is an answer of its own", async () => {
  const lab = await openServerLab();
  lab.simulator.faults.add({ kind: "status", status: 401 });
  const answer = await lab.post("/v1/quarantine/list", { sender: "*" }, { headers: lines });
  expect(answer.status).toBe(502);
  expect(answer.headers["content-type"]).toBe("application/problem+json");
});

test("an error after the first line is the last line", async () => {
  const lab = await openServerLab();
  fill(lab, 2500);
  const all = await inAmpleTime(
    [1000, 5000, 15_000],
    async (milliseconds) => {
      const { open } = lab.turnstile.shut(2);
      const headers = { ...lines, "request-timeout": `${milliseconds / 1000}` };
      const answer = await lab.post("/v1/quarantine/list", { sender: "*", limit: "all" }, { headers });
      open();
      return answer.text
        .trimEnd()
        .split("\n")
        .map((line) => JSON.parse(line));
    },
    (told) => told.length > 1000,
  );
  expect(all.length).toBeGreaterThan(1000);
  expect(all.at(-1)).toMatchObject({ error: { code: "deadline_passed" } });
});

test("a slow reader slows the work down, and gets all of it", async () => {
  const lab = await openServerLab();
  const count = 14_000;
  fill(lab, count);
  const before = requestsOf(await metrics(lab));
  const open = await lab.open("/v1/quarantine/list", { sender: "*", limit: "all" }, { headers: lines });
  const reader = open.body[Symbol.asyncIterator]();
  let text = String((await reader.next()).value);
  // Meanwhile others are served; the reader takes nothing.
  for (let index = 0; index < 40; index++) await lab.post("/v1/system/ping");
  const meanwhile = requestsOf(await metrics(lab)) - before - 40;
  for (let next = await reader.next(); !next.done; next = await reader.next()) text += next.value;
  const whole = requestsOf(await metrics(lab)) - before - 40;
  expect(whole).toBeGreaterThanOrEqual(14);

  expect(meanwhile).toBeLessThan(whole / 2);
  expect(text.trimEnd().split("\n")).toHaveLength(count + 1);
});

test("a search whose reader has left is ended", async () => {
  const lab = await openServerLab();
  fill(lab, 5000);
  const open = await lab.open("/v1/quarantine/list", { sender: "*", limit: "all" }, { headers: lines });
  await open.body[Symbol.asyncIterator]().next();
  open.body.destroy();
  while (!(await metrics(lab)).includes('pps_server_calls{state="running"} 0'));
  await lab.server.close();
  expect(lab.logged.some((line) => JSON.parse(line).callerLeft === true)).toBe(true);
});

test("a change whose caller has left goes on to its end", async () => {
  const lab = await openServerLab();
  const messages = await lab.held({}, {}, {});
  const { reached, open } = lab.turnstile.shut();
  const left = new AbortController();
  const answer = lab.post("/v1/quarantine/release", { localGuids: messages }, { headers: lines, signal: left.signal });
  await reached;
  left.abort();
  await expect(answer).rejects.toThrow();
  open();
  await lab.server.close();
  expect(await lab.effects()).toEqual(["released", "released", "released"]);
  const outcome = (await lab.audited()).find(({ kind }) => kind === "outcome");
  expect(outcome).toMatchObject({ state: "done", items: [{}, {}, {}] });
});

test("a message of megabytes is given as it came", async () => {
  const lab = await openServerLab();
  const { guid, raw } = await holdMail(lab.simulator, { subject: "x".repeat(3_000_000) });
  const answer = await lab.get(`/v1/quarantine/download?guid=${guid}`);
  expect(answer.status).toBe(200);
  expect(answer.text).toContain(raw.subarray(0, 2_000_000).toString());
});
