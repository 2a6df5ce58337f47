import { join } from "node:path";
import { expect, test } from "vitest";
import { startTestServer, type TestServer, withServer } from "../../../test/simulator/api-server.ts";
import { temporaryDirectory } from "../../../test/temporary-directory.ts";

const order = (action: string, localguid: string, fields: object = {}) => ({
  action,
  folder: "Quarantine",
  localguid,
  ...fields,
});

const happened = (server: TestServer) =>
  server.store.journal().map(({ effect, at }) => `${effect} ${at.slice(11, 19)}`);

test("on PoD an action is accepted at once and happens two seconds later by the gateway's clock", () =>
  withServer({ profile: "pod" }, async (server) => {
    const { localGuid } = server.hold({});
    const answer = await server.act(order("delete", localGuid));
    expect(answer.status).toBe(200);
    server.clock.advance(1999);
    expect(await server.records()).toHaveLength(1);
    expect(server.store.journal()).toEqual([]);
    server.clock.advance(1);
    expect(await server.records()).toHaveLength(0);
    expect(happened(server)).toEqual(["deleted 04:05:08"]);
    expect(server.store.journal()[0]?.requestId).toBe(answer.headers.get("X-Request-Id"));
  }));

test("moving the clock is enough, without any request", () =>
  withServer({ profile: "pod" }, async (server) => {
    const { localGuid } = server.hold({});
    await server.act(order("release", localGuid));
    server.clock.advance(2000);
    await server.settle();
    expect(server.departures).toHaveLength(1);
  }));

test("while the clock runs an effect happens by itself when it falls due", () =>
  withServer({ profile: "pod" }, async (server) => {
    const { localGuid } = server.hold({});
    const sent = new Promise<void>((resolve) => {
      server.departures.push = (...items) => {
        resolve();
        return Array.prototype.push.apply(server.departures, items);
      };
    });
    await server.act(order("release", localGuid));
    server.clock.set(server.clock.now() + 1990, false);
    await sent;
    expect(server.departures).toHaveLength(1);
  }));

test("a release repeated before it took effect is sent twice", () =>
  withServer({ profile: "pod" }, async (server) => {
    const { localGuid } = server.hold({});
    await server.act(order("release", localGuid));
    await server.act(order("release", localGuid));
    server.clock.advance(2000);
    await server.settle();
    expect(happened(server)).toEqual(["released 04:05:08", "released 04:05:08"]);
  }));

test("an effect on a message that has gone meanwhile does not happen", () =>
  withServer({ profile: "pod" }, async (server) => {
    const { localGuid } = server.hold({});
    await server.act(order("delete", localGuid));
    await server.act(order("release", localGuid));
    server.clock.advance(2000);
    await server.settle();
    expect(happened(server)).toEqual(["deleted 04:05:08"]);
    expect(server.departures).toEqual([]);
    expect(server.reports).toEqual([]);
  }));

test.each([
  ["late", ["released 04:15:06"]],
  ["never", []],
])("an effect that comes %s is journalled as %j", (quirk, journal) =>
  withServer({ quirks: { "queued-effect": quirk } }, async (server) => {
    const { localGuid } = server.hold({});
    await server.act(order("release", localGuid));
    server.clock.advance(599_999);
    await server.settle();
    expect(happened(server)).toEqual([]);
    server.clock.advance(1);
    await server.settle();
    expect(happened(server)).toEqual(journal);
  }),
);

test("the two families of actions may take effect at different times", () =>
  withServer({ quirks: { "queued-effect": "soon", "moved-effect": "at-once" } }, async (server) => {
    const ids = [server.hold({}).localGuid, server.hold({}).localGuid];
    await server.act(order("resubmit", ids[0] ?? ""));
    await server.act(order("move", ids[1] ?? "", { targetfolder: "Phish" }));
    expect(happened(server)).toEqual(["moved 04:05:06"]);
  }));

test("mail accepted but not sent in the end is reported and stays held", () =>
  withServer({ profile: "pod", isRelayDown: true }, async (server) => {
    const { localGuid } = server.hold({});
    expect((await server.act(order("release", localGuid))).status).toBe(202);
    server.clock.advance(2000);
    await server.settle();
    expect(server.reports[0]).toContain("the relay is down");
    expect(server.store.journal()).toEqual([]);
    expect(server.store.stats().held).toEqual({ Quarantine: 1 });
  }));

test("what was accepted before a restart happens after it, once", async () => {
  const file = join(temporaryDirectory(), "gateway.db");
  const forward = { to: "soc@example.com", subject: "look", deletedfolder: "Deleted" };
  const before = await startTestServer({ profile: "pod", file });
  const { localGuid } = before.hold({ raw: "Subject: kept\r\n\r\n" });
  await before.act(order("forward", localGuid, forward));
  await before.stop();

  const after = await startTestServer({ profile: "pod", file });
  expect(await after.records()).toHaveLength(1);
  after.clock.advance(2000);
  expect(await after.records({ folder: "Deleted" })).toHaveLength(1);
  expect(after.departures.map(({ raw }) => raw.includes("Subject: kept"))).toEqual([true]);
  after.clock.advance(2000);
  await after.settle();
  expect(happened(after)).toEqual(["forwarded 04:05:08"]);
  await after.stop();
});

test("a reset forgets what was accepted", () =>
  withServer({ profile: "pod" }, async (server) => {
    const { localGuid } = server.hold({});
    await server.act(order("release", localGuid));
    server.store.reset();
    server.hold({});
    server.clock.advance(2000);
    await server.settle();
    expect(server.departures).toEqual([]);
  }));

test("actions that arrive together take place one after another, each once", () =>
  withServer({}, async (server) => {
    const ids = Array.from({ length: 20 }, () => server.hold({}).localGuid);
    const answers = await Promise.all(ids.flatMap((id) => [order("delete", id), order("delete", id)]).map(server.act));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(20);
    expect(answers.filter(({ status }) => status === 404)).toHaveLength(20);
    expect(server.store.journal()).toHaveLength(20);
  }));
