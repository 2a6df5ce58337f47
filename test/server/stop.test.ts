import { once } from "node:events";
import { type IncomingMessage, request } from "node:http";
import { text } from "node:stream/consumers";
import { expect, test } from "vitest";
import { openServerLab } from "./lab.ts";

const release = (message: unknown) => ["/v1/quarantine/release", { localGuids: [message] }] as const;

test("a stop takes no more calls and waits for those under way", async () => {
  const lab = await openServerLab();
  const [message] = await lab.held({});
  const { reached, open } = lab.turnstile.shut();
  const running = lab.post(...release(message));
  await reached;
  // Two connections that are kept: one carries the release, the other is idle.
  await lab.get("/healthz");
  const closed = lab.server.close();
  const late = await lab.get("/healthz").catch((error: Error) => error.name);
  expect(late).not.toMatchObject({ status: 200 });
  open();
  expect((await running).json()).toMatchObject({ outcomes: [{ outcome: expect.stringMatching(/^(done|accepted)$/) }] });
  await closed;
  expect((await lab.audited()).map(({ kind }) => kind)).toEqual(["opened", "intent", "outcome", "closed"]);
  expect(await lab.effects()).toEqual(["released"]);
});

test("calls that do not end in the time of the stop are cut off, and say whether anything was sent", async () => {
  const lab = await openServerLab({ limits: { stopSeconds: 0 } });
  const [message] = await lab.held({});
  const { reached } = lab.turnstile.shut();
  const running = lab.post(...release(message));
  await reached;
  await lab.server.close();
  const answer = await running;
  expect(answer.status).toBe(503);
  expect(answer.json()).toMatchObject({ code: "stopping", mayHaveHappened: false });
  expect((await lab.audited()).at(-2)).toMatchObject({ kind: "outcome", state: "failed" });
});

test.each(["/v1/quarantine/release", "/v1/actions"])(
  "a change whose body has come only after the stop began is turned away, and not begun: %s",
  async (path) => {
    const lab = await openServerLab({ plainHttp: true });
    const [message] = await lab.held({});
    const call = request(`${lab.server.url}${path}`, {
      method: "POST",
      // The server says "continue" when it waits for the body.
      headers: { authorization: `Bearer ${lab.token}`, "content-type": "application/json", expect: "100-continue" },
    });
    call.flushHeaders();
    await once(call, "continue");
    const closed = lab.server.close();
    call.end(JSON.stringify({ localGuids: [message] }));
    const [answer] = (await once(call, "response")) as [IncomingMessage];
    expect(answer.statusCode).toBe(503);
    expect(JSON.parse(await text(answer))).toMatchObject({ code: "stopping" });
    await closed;
    expect((await lab.audited()).map(({ kind }) => kind)).toEqual(["opened", "closed"]);
    expect(await lab.effects()).toEqual([]);
  },
);

test("a stopped server may be stopped again", async () => {
  const lab = await openServerLab();
  await Promise.all([lab.server.close(), lab.server.close()]);
});

test("two servers do not share a state directory", async () => {
  const lab = await openServerLab();
  await expect(lab.restart()).rejects.toMatchObject({ code: "bad_input" });
});

test("more calls than are taken at once wait, and more than may wait are turned away", async () => {
  const lab = await openServerLab({ limits: { concurrency: 1, queue: 1 } });
  const { reached, open } = lab.turnstile.shut();
  const first = lab.post("/v1/system/ping");
  await reached;
  const second = lab.post("/v1/system/ping");
  await untilMetric(lab, 'pps_server_calls{state="waiting"} 1');
  const third = await lab.post("/v1/system/ping");
  expect(third.status).toBe(503);
  expect(third.json().code).toBe("overloaded");
  expect(third.headers["retry-after"]).toBe("5");
  open();
  expect([(await first).status, (await second).status]).toEqual([200, 200]);
});

async function untilMetric(lab: Awaited<ReturnType<typeof openServerLab>>, line: string): Promise<void> {
  while (!(await lab.get("/metrics")).text.includes(line));
}
