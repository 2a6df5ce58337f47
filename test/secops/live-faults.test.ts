import { readFileSync } from "node:fs";
import { Agent, request as send } from "undici";
import { describe, expect, onTestFinished } from "vitest";
import type { ActionReply } from "../../src/hosts/secops/handler/envelope.ts";
import { inAmpleTime } from "../ample-time.ts";
import { carriers, type LiveLab, openLiveLab } from "./live-lab.ts";
import { pythonTest } from "./python.ts";
import { type Answer, type ReplyServer, startReplies, token } from "./reply-server.ts";

/** Hands requests on to the action server of a lab; `answer` says what becomes of them on the way. */
async function startBetween(
  lab: LiveLab,
  answer: (pass: () => Promise<ActionReply>, ...more: Parameters<Answer>) => unknown,
) {
  const agent = new Agent({ connect: { ca: readFileSync(lab.server.server.certificatePath ?? "", "utf8") } });
  onTestFinished(() => agent.destroy());
  return startReplies((...[request, response, seen]) => {
    const pass = async () => {
      const { authorization = "" } = seen.headers;
      const headers = { authorization, "content-type": "application/json" };
      const url = `${lab.server.server.url}/v1/actions`;
      const answered = await send(url, { method: "POST", dispatcher: agent, headers, body: seen.body });
      return (await answered.body.json()) as ActionReply;
    };
    return answer(pass, request, response, seen);
  });
}

/** The configuration of a lab, but that its requests take the way through the other server. */
function through(lab: LiveLab, between: ReplyServer) {
  return { configuration: { ...lab.configuration, ...between.configuration, "Action Server Token": lab.server.token } };
}

const release = (guid = "") =>
  ["Release Quarantined Message", { "Message GUIDs": guid, "Folder Name": "Quarantine" }] as const;

pythonTest("a wrong token, and one without the right to act, are refused before anything is done", async () => {
  const { run, hold, server, configuration } = await openLiveLab("server");
  const [guid] = hold({});
  const reader = server.tokenFor({ name: "reader", scopes: ["read"] });
  for (const [shown, status] of [
    [token, 401],
    [reader, 403],
  ] as const) {
    const end = await run(...release(guid), { configuration: { ...configuration, "Action Server Token": shown } });
    expect(end).toMatchObject({ code: 0, state: "failed", isSuccess: false, json: undefined });
    expect(end.message).toMatch(
      new RegExp(`^Failed to release: The action server [\\d.:]+ answered with status ${status}: `),
    );
    expect(end.message).not.toContain(shown);
  }
  expect(await server.effects()).toEqual([]);
});

pythonTest("a server that has ended is not reached", async () => {
  const { run, server } = await openLiveLab("server");
  await server.server.close();
  const end = await run("Ping");
  expect(end).toMatchObject({ state: "failed", isSuccess: false });
  expect(end.message).toMatch(
    /^Failed to connect to .*: The action server [\d.:]+ cannot be reached\. Connection refused\./,
  );
});

pythonTest(
  "the certificate that the server made for itself is taken under its names by those who were given it",
  async () => {
    const { run, server, configuration } = await openLiveLab("server");
    const named = { ...configuration, "Action Server URL": server.server.url.replace("127.0.0.1", "localhost") };
    expect(await run("Ping", {}, { configuration: named })).toMatchObject({ state: "completed" });
    const end = await run("Ping", {}, { configuration: { ...named, "Action Server CA Certificate": "" } });
    expect(end).toMatchObject({ state: "failed" });
    expect(end.message).toMatch(/is not to be trusted\. self-signed certificate\. Nothing was sent\.$/);
  },
);

pythonTest("an answer that is lost leaves a release unknown, which happened once", async () => {
  const lab = await openLiveLab("server");
  const [guid] = lab.hold({});
  const between = await startBetween(lab, async (pass, _request, response) => {
    await pass();
    response.socket?.destroy();
  });
  const end = await lab.run(...release(guid), through(lab, between));
  expect(end).toMatchObject({ state: "timed out", isSuccess: false });
  expect(end.message).toMatch(/look before you repeat it\.$/);
  expect(await lab.server.effects()).toEqual(["released"]);
  const find = await lab.run("Find Quarantined Messages", {}, through(lab, between));
  expect(find).toMatchObject({ state: "failed", isSuccess: false, json: undefined });
});

pythonTest("a request that arrives twice is carried out once, and answered alike", async () => {
  const lab = await openLiveLab("server");
  const [guid] = lab.hold({});
  const replies: ActionReply[] = [];
  const between = await startBetween(lab, async (pass) => {
    replies.push(await pass(), await pass());
    return replies[1];
  });
  const end = await lab.run(...release(guid), through(lab, between));
  expect(end).toMatchObject({ state: "completed", isSuccess: true, json: { success: [{ guid }] } });
  expect(replies[1]).toEqual(replies[0]);
  expect(await lab.server.effects()).toEqual(["released"]);
});

pythonTest("a step that the platform repeats is carried out once, and a run by hand each time", async () => {
  const lab = await openLiveLab("server");
  const [guid] = lab.hold({});
  const step = { context: { workflow_instance_id: "run-1" } };
  expect((await lab.run(...release(guid), step)).json).not.toMatchObject({ success: [{ status: "already_done" }] });
  const again = await lab.run(...release(guid), step);
  expect(again).toMatchObject({
    state: "completed",
    isSuccess: true,
    json: { success: [{ guid, status: "already_done" }] },
  });
  expect(await lab.server.effects()).toEqual(["released"]);
  await lab.run(...release(guid));
  expect(await lab.server.effects()).toEqual(["released", "released"]);
});

describe.each(carriers)("over a %s", (carrier) => {
  pythonTest(
    "a PPS that answers too late ends a search in time, and leaves a release unknown",
    async () => {
      const [searching, releasing] = await Promise.all([openLiveLab(carrier), openLiveLab(carrier)]);
      searching.simulator.faults.add({ kind: "latency", milliseconds: 60_000 });
      // What is looked up first is answered at once: without it nothing would be sent.
      releasing.simulator.faults.add({ kind: "latency", action: "release", milliseconds: 60_000 });
      const [guid] = releasing.hold({});
      const [read, write] = await inAmpleTime(
        [11_000, 25_000],
        (milliseconds) => {
          const soon = { context: { execution_deadline_unix_time_ms: Date.now() + milliseconds } };
          return Promise.all([
            searching.run("Find Quarantined Messages", {}, soon),
            releasing.run(...release(guid), soon),
          ]);
        },
        () =>
          [searching, releasing].every(({ simulator }) =>
            simulator.faults.list().every(({ happened }) => happened > 0),
          ),
      );
      expect(read).toMatchObject({ code: 0, state: "failed", isSuccess: false, json: undefined });
      expect(read.message).toMatch(/^Failed to search the quarantine: .*time/);
      expect(write).toMatchObject({ code: 0, state: "timed out", isSuccess: false });
      expect(write.message).toMatch(/^Failed to release: /);
      expect(await releasing.server.effects()).toEqual(["released"]);
    },
    60_000,
  );

  pythonTest("nothing secret is told, whatever goes wrong", async () => {
    const { run, simulator, configuration, server } = await openLiveLab(carrier);
    for (const kind of ["html", "reset", "truncated-json"] as const) {
      simulator.faults.add({ kind });
      const end = await run("Find Quarantined Messages");
      expect(end).toMatchObject({ state: "failed", isSuccess: false, json: undefined });
      const told = JSON.stringify([end.message, end.stderr, end.debugOutput, server.logged]);
      expect(told).not.toContain(configuration.Password);
      expect(told).not.toContain(server.token);
      simulator.faults.clear();
    }
  });
});
