import { spawnSync } from "node:child_process";
import fc from "fast-check";
import { expect } from "vitest";
import { pinging, reading, runAction, writing } from "./action-process.ts";
import { openPlatform } from "./platform.ts";
import { python, pythonTest } from "./python.ts";
import { replyTo, startReplies, token } from "./reply-server.ts";

pythonTest("Python 3.11 is here, which the platform runs", () => {
  expect(spawnSync(python, ["--version"], { encoding: "utf8" }).stdout).toMatch(/^Python 3\.11\./);
});

pythonTest("a request says all there is to say, and keeps the bridge's own settings to itself", async () => {
  const server = await startReplies();
  const end = await runAction({
    configuration: {
      ...server.configuration,
      "Api Root": "https://pps.example.com:10000",
      "Verify SSL": "false",
      Empty: null,
    },
    parameters: { Sender: "ännchen@example.com", Limit: "", "Save It": true, Count: 7, Nothing: null },
    context: { workflow_instance_id: "run-1" },
  });
  expect(end).toMatchObject({
    code: 0,
    stderr: "",
    state: "completed",
    isSuccess: true,
    message: "Done.",
    debugOutput: "",
  });
  const [request] = server.requests();
  expect(request).toEqual({
    version: 1,
    requestId: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/),
    package: { identifier: "TestPackage", version: "1.0" },
    action: reading.name,
    parameters: { Sender: "ännchen@example.com", Limit: "", "Save It": true, Count: 7, Nothing: null },
    config: { "Api Root": "https://pps.example.com:10000", "Verify SSL": "false", Empty: null },
    entities: [],
    context: {
      caseId: "4711",
      alertId: "alert",
      environment: "Lab",
      integrationInstance: "instance",
      workflowInstanceId: "run-1",
      budgetMs: expect.any(Number),
    },
  });
  expect(request?.context.budgetMs).toBeGreaterThan(200_000);
  expect(request?.context.budgetMs).toBeLessThan(295_000);
  expect(server.seen[0]).toMatchObject({
    method: "POST",
    url: "/v1/actions",
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
  });
  expect(end.platform.calls).toEqual(["GET CaseMetadata", "GET configuration"]);
});

pythonTest(
  "a run from the button that tests an instance has no case, and a minute where no deadline is given",
  async () => {
    const server = await startReplies((request) => replyTo(request, { message: "Hello." }));
    const end = await runAction({
      action: pinging,
      configuration: server.configuration,
      context: { case_id: null, alert_id: null, execution_deadline_unix_time_ms: undefined },
    });
    expect(end).toMatchObject({ state: "completed", message: "Successfully connected to the thing. Hello." });
    const [request] = server.requests();
    expect(request?.context).toMatchObject({ caseId: null, alertId: null, environment: "Default Environment" });
    expect(request?.context.budgetMs).toBeGreaterThan(30_000);
    expect(request?.context.budgetMs).toBeLessThanOrEqual(60_000);
  },
);

pythonTest("however late the deadline is, the server is given no more than 590 seconds", async () => {
  const server = await startReplies();
  const context = { execution_deadline_unix_time_ms: Date.now() + 3_600_000 };
  await runAction({ configuration: server.configuration, context });
  const budget = server.requests()[0]?.context.budgetMs;
  expect(budget).toBeGreaterThan(500_000);
  expect(budget).toBeLessThanOrEqual(590_000);
});

pythonTest("what the server says of a test of the connection is not said twice, and a failure is its own", async () => {
  const said = `${pinging.successLead} through action server 0.1.0.`;
  const good = await startReplies((request) => replyTo(request, { message: said }));
  expect(await runAction({ action: pinging, configuration: good.configuration })).toMatchObject({ message: said });
  const bad = await startReplies((request) => replyTo(request, { state: "failed", result: false, message: "No." }));
  const failed = await runAction({ action: pinging, configuration: bad.configuration });
  expect(failed).toMatchObject({ state: "failed", isSuccess: false, message: "No." });
});

pythonTest.each([
  ["an empty list", []],
  ["an empty object", {}],
  ["text of every kind", { subject: "\u2028 \ud83d\udc1f </script> \"'\u0000", list: [1, 0.5, true, null] }],
])("%s arrives as it was sent", async (_what, json) => {
  const server = await startReplies((request) => replyTo(request, { json }));
  expect((await runAction({ configuration: server.configuration })).json).toEqual(json);
});

pythonTest.each([
  ["completed", true],
  ["completed", false],
  ["failed", false],
  ["timed_out", false],
] as const)("a reply %s with is_success %s is told so to the platform", async (state, result) => {
  const json = { success: [], failed: [], unknown: [{ id: 1 }] };
  const server = await startReplies((request) => replyTo(request, { state, result, json, message: "As it is." }));
  const end = await runAction({ action: writing, configuration: server.configuration });
  expect(end).toMatchObject({ code: 0, state: state.replace("_", " "), isSuccess: result, message: "As it is.", json });
});

pythonTest("a reply without JSON has none, and fields of a newer server are no matter", async () => {
  const server = await startReplies((request) => ({ ...replyTo(request), json: undefined, hint: "new" }));
  const end = await runAction({ configuration: server.configuration });
  expect(end).toMatchObject({ state: "completed", json: undefined, tables: {} });
});

pythonTest("text of any kind goes out and comes back as it is", async () => {
  const words = fc.sample(fc.string({ unit: "binary", maxLength: 40 }), { numRuns: 500, seed: 7 });
  const parameters = Object.fromEntries(words.slice(0, 50).map((text, index) => [`P${index}`, text]));
  const targets = [...new Set(words)].map((identifier) => ({ identifier, type: "HOSTNAME" }));
  const server = await startReplies((request) =>
    replyTo(request, {
      json: words,
      entities: targets.map((one) => ({ ...one, properties: { PPS_folders: `<${one.identifier}>` } })),
    }),
  );
  const end = await runAction({ configuration: server.configuration, parameters, targets });
  expect(end).toMatchObject({ code: 0, stderr: "", state: "completed", message: "Done.", json: words });
  expect(server.requests()[0]).toMatchObject({ parameters, entities: targets });
  const [updated] = end.platform.sent("UpdateEntities") as { additional_properties: Record<string, string> }[][];
  expect(updated?.map((one) => one.additional_properties.PPS_folders)).toEqual(
    targets.map((one) => `<${one.identifier}>`),
  );
});

pythonTest("secrets in a vault are read by the platform before they are sent", async () => {
  const server = await startReplies();
  const configuration = {
    ...server.configuration,
    "Action Server Token": "[Lab:::Vault:::Vault_1:::the token]",
    Password: "[Lab:::Vault:::Vault_1:::pps]",
  };
  const secrets = { "the token": token, pps: "pass wörd" };
  const vault = await openPlatform({ secrets });
  const end = await runAction({ configuration, context: { vault_settings: { address: `${vault.url}/vault` } } });
  expect(end).toMatchObject({ state: "completed" });
  expect(server.requests()[0]?.config).toEqual({ Password: "pass wörd" });
  expect(server.seen[0]?.headers.authorization).toBe(`Bearer ${token}`);
});
