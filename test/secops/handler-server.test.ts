import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import type { ActionReply } from "../../src/hosts/secops/handler/envelope.ts";
import type { ServerOptions } from "../../src/hosts/server/index.ts";
import { inAmpleTime } from "../ample-time.ts";
import { openServerLab, optionsFor, type Sent, type ServerLab } from "../server/lab.ts";
import { configOf } from "./handler-lab.ts";

const path = "/v1/actions";

interface Wishes {
  parameters?: Record<string, string>;
  config?: Record<string, unknown>;
  requestId?: string;
  budgetMs?: number;
  version?: number;
}

function requestFor({ simulator }: Pick<ServerLab, "simulator">, action: string, wishes: Wishes = {}) {
  const { parameters = {}, config = {}, requestId = randomUUID(), budgetMs = 60_000, version = 1 } = wishes;
  return {
    version,
    requestId,
    package: { identifier: "ProofpointProtectionServer", version: "1.0" },
    action,
    parameters,
    config: { ...configOf(simulator), ...config },
    entities: [],
    context: { budgetMs },
  };
}

const run = (lab: ServerLab, action: string, wishes: Wishes = {}, sent: Sent = {}) =>
  lab.post(path, requestFor(lab, action, wishes), sent);

const replyOf = ({ json }: { json(): object }) => json() as ActionReply;

test("an action comes back as a reply, with the server's own certificate authority and clock for the PPS of a profile", async () => {
  const lab = await openServerLab();
  const answer = await run(lab, "Ping");
  expect(answer.status).toBe(200);
  expect(replyOf(answer)).toMatchObject({ version: 1, state: "completed", result: true });
  expect(replyOf(answer).message).toMatch(/^Successfully connected to the .* through action server /);
});

test("a change stands in the audit log before and after, under the token's name and the request's id", async () => {
  const lab = await openServerLab();
  const [message] = await lab.held({});
  const requestId = randomUUID();
  const parameters = { "Message GUIDs": String(message?.localGuid), "Folder Name": "Quarantine" };
  const answer = await run(lab, "Release Quarantined Message", { parameters, requestId });
  expect(replyOf(answer)).toMatchObject({ state: "completed", result: true, requestId });
  const [intent, outcome] = (await lab.audited()).filter((record) => record.requestId === requestId);
  expect(intent).toMatchObject({
    kind: "intent",
    who: "soc",
    command: "quarantine.release",
    profile: "lab",
    arguments: { localGuids: [expect.stringContaining(String(message?.localGuid))], folder: "Quarantine" },
  });
  expect(outcome).toMatchObject({ kind: "outcome", state: "done", items: [{ localGuid: message?.localGuid }] });
  const again = await run(lab, "Release Quarantined Message", { parameters, requestId });
  expect(replyOf(again)).toEqual(replyOf(answer));
  expect(await lab.effects()).toEqual(["released"]);
  const logged = lab.logged.join("\n");
  expect(logged).toContain(requestId);
  expect(logged).toContain('"state":"completed"');
  for (const secret of [lab.simulator.password, lab.token, "Quarantine\\"]) expect(logged).not.toContain(secret);
});

test("what the end of the time cut off is unknown in the audit log too", async () => {
  const lab = await openServerLab();
  const [message] = await lab.held({});
  lab.simulator.faults.add({ kind: "latency", milliseconds: 60_000, route: "POST /quarantine" });
  const parameters = { "Message GUIDs": String(message?.localGuid), "Folder Name": "Quarantine" };
  const reply = await inAmpleTime(
    [1000, 5000, 15_000],
    async (budgetMs) => replyOf(await run(lab, "Release Quarantined Message", { parameters, budgetMs })),
    () => lab.simulator.faults.list().some(({ happened }) => happened > 0),
  );
  expect(reply).toMatchObject({ state: "timed_out", result: false });
  const [, outcome] = (await lab.audited()).filter((record) => record.requestId === reply.requestId);
  expect(outcome).toMatchObject({ kind: "outcome", state: "unknown" });
});

test("another token is not given the reply of the first", async () => {
  const lab = await openServerLab();
  const [message] = await lab.held({});
  const wishes = {
    parameters: { "Message GUIDs": String(message?.localGuid), "Folder Name": "Quarantine" },
    requestId: randomUUID(),
  };
  await run(lab, "Delete Quarantined Message", wishes);
  await lab.effects();
  const token = lab.tokenFor({ name: "other" });
  const answer = replyOf(await run(lab, "Delete Quarantined Message", wishes, { token }));
  expect(answer).toMatchObject({ state: "failed", result: false });
});

describe("what is refused before anything is begun", () => {
  test("a call without a token, with a wrong one or with too few rights", async () => {
    const lab = await openServerLab();
    expect((await run(lab, "Ping", {}, { token: null })).status).toBe(401);
    expect((await run(lab, "Ping", {}, { token: "wrong" })).status).toBe(401);
    const token = lab.tokenFor({ name: "reader", scopes: ["read"] });
    expect((await run(lab, "Ping", {}, { token })).status).toBe(200);
    for (const [action, scope] of [
      ["Release Quarantined Message", "change"],
      ["Delete Quarantined Message", "destroy"],
      ["Add Sender to Blocklist", "change and lists"],
      ["Get User", "users"],
      ["Delete User", "destroy and users"],
    ] as const) {
      const answer = await run(lab, action, {}, { token });
      expect(answer.status, action).toBe(403);
      expect(answer.json()).toMatchObject({ hint: `It lacks the scope ${scope}.` });
    }
    expect((await lab.audited()).filter(({ kind }) => kind === "intent")).toEqual([]);
  });

  test("another method, another type, and what is no request", async () => {
    const lab = await openServerLab();
    expect((await lab.get(path)).status).toBe(405);
    const body = JSON.stringify(requestFor(lab, "Ping"));
    expect((await lab.post(path, body, { headers: { "content-type": "text/plain" } })).status).toBe(415);
    const refused = await lab.post(path, '{"version": 1}');
    expect([refused.status, refused.json()]).toMatchObject([400, { error: "bad_request" }]);
    const newer = await run(lab, "Ping", { version: 2 });
    expect([newer.status, newer.json()]).toEqual([400, { error: "unsupported_version", supported: [1] }]);
    const large = `${body.slice(0, -1)},"more":"${"x".repeat(1024 * 1024)}"}`;
    expect((await lab.post(path, large)).status).toBe(413);
  });

  test("an action this server does not know, with both versions", async () => {
    const lab = await openServerLab();
    const answer = await run(lab, "Recall Message");
    expect(answer.status).toBe(200);
    expect(replyOf(answer)).toMatchObject({ state: "failed", result: false });
    expect(replyOf(answer).message).toMatch(/does not know the action "Recall Message" of package version "1\.0"/);
  });

  test("more calls than there is room for", async () => {
    const lab = await openServerLab({ limits: { concurrency: 1, queue: 0 } });
    const held = lab.turnstile.shut();
    const first = lab.post("/v1/quarantine/list", { sender: "*" });
    await held.reached;
    const answer = await run(lab, "Ping");
    expect(answer.status).toBe(503);
    held.open();
    expect((await first).status).toBe(200);
  });
});

describe("credentials go only where the server says", () => {
  test("an address that is no profile's is refused", async () => {
    const lab = await openServerLab();
    const config = { "Api Root": "https://192.0.2.1:10000" };
    const refused = replyOf(await run(lab, "Ping", { config }));
    expect(refused).toMatchObject({ state: "failed" });
    expect(refused.message).toMatch(
      /Api Root names https:\/\/192\.0\.2\.1:10000, which the action server does not allow/,
    );
    expect(lab.simulator.journal()).toEqual([]);
  });

  test("a token for one profile may not reach another one's PPS", async () => {
    const lab = await openServerLab();
    const token = lab.tokenFor({ name: "narrow", profiles: ["another"] });
    const refused = replyOf(await run(lab, "Ping", {}, { token }));
    expect(refused).toMatchObject({ state: "failed" });
    expect(refused.message).toMatch(/does not allow/);
    const own = lab.tokenFor({ name: "own", profiles: ["lab"] });
    expect(replyOf(await run(lab, "Ping", {}, { token: own }))).toMatchObject({ state: "completed" });
  });

  test("the profile's own credentials are never used for an instance", async () => {
    const lab = await openServerLab();
    const answer = replyOf(await run(lab, "Ping", { config: { Password: "" } }));
    expect(answer).toMatchObject({ state: "failed" });
    expect(answer.message).toMatch(/Password is missing/);
    const lists = replyOf(
      await run(lab, "Add Sender to Blocklist", {
        parameters: { Sender: "a@evil.test" },
        config: { "Client ID": "", "Client Secret": "", "Cluster ID": "" },
      }),
    );
    expect(lists.message).toMatch(/needs Client ID, Client Secret, Cluster ID/);
  });

  test("an unchecked certificate can be forbidden, and own domains are never blocked", async () => {
    const options: Partial<ServerOptions> = { forbidsUnverified: true };
    const lab = await openServerLab(options);
    const unchecked = replyOf(await run(lab, "Ping", { config: { "Verify SSL": "false" } }));
    expect(unchecked.message).toMatch(/Verify SSL is switched off, which this action server does not allow/);
    expect(optionsFor(lab.simulator).ownDomains).toContain("example.com");
    const own = replyOf(await run(lab, "Add Sender to Blocklist", { parameters: { Sender: "boss@example.com" } }));
    expect(own).toMatchObject({ state: "failed" });
    expect(own.message).toMatch(/own/);
  });
});
