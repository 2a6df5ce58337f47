import { expect } from "vitest";
import { inAmpleTime } from "../ample-time.ts";
import { reading, runAction, writing } from "./action-process.ts";
import { both, expectFailed } from "./ends.ts";
import { kept } from "./platform.ts";
import { pythonTest } from "./python.ts";
import { replyTo, startReplies } from "./reply-server.ts";

const ann = { identifier: "ANN", type: "USERUNIQNAME", properties: { OriginalIdentifier: "Ann" } };
const caseData = JSON.stringify({ environment: "Branch", cyber_alerts: [{ domain_entities: [kept(ann)] }] });

pythonTest(
  "on a Remote Agent the case comes from a file, and the platform is called through its publisher",
  async () => {
    const properties = { PPS_quarantined_count: "2" };
    const server = await startReplies((request) =>
      replyTo(request, { entities: [{ identifier: "Ann", type: "USERUNIQNAME", properties }] }),
    );
    const end = await runAction({
      configuration: server.configuration,
      targets: [ann],
      isRemote: true,
      files: { "case_data.json": caseData },
      context: { environment_api_key: "agent-key" },
    });
    expect(end).toMatchObject({ code: 0, stderr: "", state: "completed", isSuccess: true });
    expect(server.requests()[0]).toMatchObject({
      context: { environment: "Branch" },
      entities: [{ identifier: "Ann" }],
    });
    expect(end.platform.calls).toEqual(["GET configuration", "POST UpdateEntities"]);
    expect(end.platform.seen.map(({ headers }) => headers.appkey)).toEqual(["agent-key", "agent-key"]);
    expect(end.platform.sent("UpdateEntities")).toMatchObject([
      [{ identifier: "ANN", additional_properties: properties }],
    ]);
  },
);

pythonTest("an agent that can only write calls down has no configuration, and begins nothing", async () => {
  const server = await startReplies();
  const ends = await both({
    configuration: server.configuration,
    isRemote: true,
    isRecording: true,
    files: { "case_data.json": caseData },
  });
  expectFailed(ends, "The platform did not hand over what the action needs. GET requests are not supported");
  expect(server.seen).toHaveLength(0);
});

pythonTest("the proxy that the platform uses for others is not asked to carry an action", async () => {
  const server = await startReplies();
  const end = await runAction({ configuration: server.configuration, context: { use_proxy_settings: true } });
  expect(end).toMatchObject({ state: "completed" });
  expect(end.platform.calls[0]).toBe("GET GetProxySettings");
});

pythonTest(
  "a platform that falls silent does not keep an action from its end",
  async () => {
    const entities = [{ identifier: "Ann", type: "USERUNIQNAME", properties: { PPS_quarantined_count: "2" } }];
    const server = await startReplies((request) => replyTo(request, { entities }));
    const run = (silence: string, milliseconds: number) => ({
      configuration: server.configuration,
      targets: [ann],
      silences: [silence],
      context: { execution_deadline_unix_time_ms: Date.now() + milliseconds },
    });
    const [before, after] = await inAmpleTime(
      [9_000, 25_000],
      (milliseconds) =>
        Promise.all([
          runAction({ ...run("configuration", milliseconds), action: reading }),
          runAction({ ...run("UpdateEntities", milliseconds), action: writing }),
        ]),
      (ends) => ends.every(({ state }) => state !== "timed out"),
    );
    expect(before).toMatchObject({ code: 0, state: "failed", isSuccess: false });
    expect(before.message).toBe(
      "Failed to find: The platform did not hand over what the action needs. The time is over. Nothing was sent.",
    );
    expect(after).toMatchObject({ code: 0, state: "completed", isSuccess: true, json: [] });
    expect(after.message).toBe("Done.\nThe entities were not updated. The time is over.");
  },
  60_000,
);
