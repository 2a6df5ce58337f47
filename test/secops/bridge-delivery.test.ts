import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import type { ActionFile, ActionReply } from "../../src/hosts/secops/handler/envelope.ts";
import { temporaryDirectory } from "../temporary-directory.ts";
import { type ActionRun, reading, runAction, writing } from "./action-process.ts";
import type { EntitySketch } from "./platform.ts";
import { pythonTest } from "./python.ts";
import { replyTo, startReplies } from "./reply-server.ts";

/** A run whose reply has this in it. */
async function delivering(reply: Partial<ActionReply>, run: ActionRun = {}) {
  const server = await startReplies((request) => replyTo(request, reply));
  return { server, ...(await runAction({ configuration: server.configuration, ...run })) };
}

pythonTest("tables are shown under their titles", async () => {
  const tables = [
    { title: "Things", rows: ["name,size", '"a, b",1'] },
    { title: "Others", rows: ["name"] },
  ];
  const end = await delivering({ tables });
  expect(end.tables).toEqual({ Things_None: ["name,size", '"a, b",1'], Others_None: ["name"] });
});

const odd: EntitySketch[] = [
  {
    identifier: "ANN@EXAMPLE.COM",
    type: "USERUNIQNAME",
    properties: { OriginalIdentifier: "Ann@example.com", Old: "1" },
  },
  { identifier: 'ÄNNCHEN O\'NEIL "X"\u2028', type: "USERUNIQNAME" },
  { identifier: "__PROTO__", type: "HOSTNAME", properties: { OriginalIdentifier: "" } },
  { identifier: "ANN@EXAMPLE.COM", type: "DOMAIN", properties: { OriginalIdentifier: "Ann@example.com" } },
];

pythonTest("entities go out in their original spelling, and come back with what was found", async () => {
  const properties = { PPS_quarantined_count: "3", PPS_folders: "Quarantäne" };
  const entities = [
    { identifier: "Ann@example.com", type: "USERUNIQNAME", properties },
    { identifier: "__PROTO__", type: "HOSTNAME", properties: { PPS_quarantined_count: "0" } },
    { identifier: "ANN@EXAMPLE.COM", type: "USERUNIQNAME", properties: { PPS_quarantined_count: "9" } },
    { identifier: "somebody else", type: "HOSTNAME", properties },
  ];
  const end = await delivering({ entities }, { targets: odd });
  expect(end).toMatchObject({ state: "completed", isSuccess: true, message: "Done." });
  expect(end.server.requests()[0]?.entities).toEqual([
    { identifier: "Ann@example.com", type: "USERUNIQNAME" },
    { identifier: odd[1]?.identifier, type: "USERUNIQNAME" },
    { identifier: "__PROTO__", type: "HOSTNAME" },
    { identifier: "Ann@example.com", type: "DOMAIN" },
  ]);
  const [updated] = end.platform.sent("UpdateEntities");
  expect(updated).toMatchObject([
    {
      identifier: "ANN@EXAMPLE.COM",
      entity_type: "USERUNIQNAME",
      is_enriched: true,
      is_suspicious: false,
      additional_properties: { Old: "1", OriginalIdentifier: "Ann@example.com", IsEnriched: "True", ...properties },
    },
    { identifier: "__PROTO__", is_enriched: true, additional_properties: { PPS_quarantined_count: "0" } },
  ]);
});

pythonTest("only entities that were chosen are asked for and sent", async () => {
  const end = await delivering({}, { targets: odd.slice(0, 1), entities: odd });
  expect(end.server.requests()[0]?.entities).toEqual([{ identifier: "Ann@example.com", type: "USERUNIQNAME" }]);
  expect(end.platform.calls).toEqual(["GET CaseMetadata", "GET configuration", "POST AlertFullDetails"]);
});

const bytes = Buffer.from([0, 255, 10, 13, 34]);
const file = (more: Partial<ActionFile> = {}): ActionFile => ({
  name: "one @ +=1.eml",
  base64: bytes.toString("base64"),
  caseWall: false,
  directoryParameter: "Where",
  ...more,
});

pythonTest("a file is written where a parameter says, and attached to the case wall", async () => {
  const directory = temporaryDirectory();
  const end = await delivering({ files: [file({ caseWall: true })] }, { parameters: { Where: directory } });
  expect(end).toMatchObject({ state: "completed", isSuccess: true, message: "Done." });
  expect(readFileSync(join(directory, "one @ +=1.eml"))).toEqual(bytes);
  expect(end.platform.sent("AddAttachment")).toEqual([
    { name: "one @ +=1", type: ".eml", base64_blob: bytes.toString("base64"), case_identifier: "4711" },
  ]);
  expect(readdirSync(end.directory).sort()).toEqual(["action.py", "pps_bridge.py"]);
});

pythonTest("a file that exists is replaced only where that was asked for", async () => {
  const directory = temporaryDirectory();
  const path = join(directory, "one @ +=1.eml");
  writeFileSync(path, "before");
  const kept = await delivering({ files: [file()] }, { parameters: { Where: directory } });
  expect(kept).toMatchObject({
    state: "completed",
    isSuccess: false,
    message: "Done.\none @ +=1.eml was not saved. File exists.",
  });
  expect(readFileSync(path, "utf8")).toBe("before");
  await delivering({ files: [file({ overwrite: true })] }, { parameters: { Where: directory } });
  expect(readFileSync(path)).toEqual(bytes);
});

pythonTest.each([
  ["../up.eml", "A file was not saved. It has no name or no place that is allowed."],
  ["/etc/up.eml", "A file was not saved. It has no name or no place that is allowed."],
  [".hidden", "A file was not saved. It has no name or no place that is allowed."],
  ["line\nbreak.eml", "A file was not saved. It has no name or no place that is allowed."],
  [`${"x".repeat(121)}`, "A file was not saved. It has no name or no place that is allowed."],
])("the file name %j of a server is refused, here and for the case wall", async (name, line) => {
  const directory = temporaryDirectory();
  const end = await delivering({ files: [file({ name, caseWall: true })] }, { parameters: { Where: directory } });
  expect(end.message.split("\n")).toEqual(["Done.", line, line.replace("saved", "attached to the case wall")]);
  expect(readdirSync(directory)).toEqual([]);
  expect(end.platform.sent("AddAttachment")).toEqual([]);
});

pythonTest.each([
  ["a directory that is not there", { Where: "/nowhere/at/all" }, file(), "No such file or directory."],
  ["a parameter that is empty", { Where: "" }, file(), "It has no name or no place that is allowed."],
  ["a parameter that is not there", {}, file(), "It has no name or no place that is allowed."],
  ["what is no base64", { Where: "/tmp" }, file({ base64: "%%%" }), "Only base64 data is allowed."],
])("%s leaves the file out and says so", async (_what, parameters, one, reason) => {
  const end = await delivering({ files: [one] }, { parameters: { ...parameters } });
  expect(end).toMatchObject({ code: 0, stderr: "", state: "completed", isSuccess: false });
  expect(end.message).toMatch(/^Done\.\none @ \+=1\.eml was not saved\. /);
  expect(end.message).toContain(reason);
});

pythonTest("what the platform refuses adds a line each, and never turns what was done into a failure", async () => {
  const reply: Partial<ActionReply> = {
    entities: [{ identifier: "ANN", type: "HOSTNAME", properties: { PPS_quarantined_count: "1" } }],
    files: [file({ caseWall: true })],
  };
  const run: ActionRun = {
    targets: [{ identifier: "ANN", type: "HOSTNAME" }],
    parameters: { Where: temporaryDirectory() },
    refusals: { UpdateEntities: 500, AddAttachment: 413 },
  };
  const lines = [
    "Done.",
    expect.stringMatching(/^The entities were not updated\. HTTP Error 500/),
    expect.stringMatching(/^one @ \+=1\.eml was not attached to the case wall\. HTTP Error 413/),
  ];
  const read = await delivering(reply, { ...run, action: reading });
  expect(read).toMatchObject({ code: 0, state: "completed", isSuccess: false });
  expect(read.message.split("\n")).toEqual(lines);
  const write = await delivering(reply, { ...run, action: writing, parameters: { Where: temporaryDirectory() } });
  expect(write).toMatchObject({ code: 0, state: "completed", isSuccess: true });
  expect(write.message.split("\n")).toEqual(lines);
});

pythonTest.each([
  ["tables", { tables: [{ title: 1 }] }],
  ["entities", { entities: [{ identifier: "x" }] }],
  ["files", { files: ["x"] }],
  ["lists", { tables: 7 }],
])("%s of a server that is out of order do not raise", async (_what, reply) => {
  const end = await delivering(reply as unknown as Partial<ActionReply>, { action: writing });
  expect(end).toMatchObject({ code: 0, stderr: "", state: "completed", isSuccess: true, json: [] });
  expect(end.message.split("\n")).toHaveLength(2);
});

pythonTest("a large result arrives whole", async () => {
  const json = Array.from({ length: 1000 }, (_, index) => ({ index, subject: `"${"ä".repeat(1000)}"` }));
  const end = await delivering({ json });
  expect(end).toMatchObject({ state: "completed", isSuccess: true });
  expect(end.json).toEqual(json);
});

pythonTest(
  "a result over the platform's own limit is left out and told, where the platform would call the run failed",
  async () => {
    const json = [{ text: "x".repeat(2 ** 20) }];
    const tables = [{ title: "Small", rows: ["name", "value"] }];
    for (const [action, isSuccess] of [
      [reading, false],
      [writing, true],
    ] as const) {
      const end = await delivering({ json, tables }, { action, context: { max_json_result_size: 1 } });
      const message = "Done.\nThe JSON result was left out. It is larger than the platform takes.";
      expect(end).toMatchObject({
        state: "completed",
        isSuccess,
        json: undefined,
        message,
        tables: { Small_None: ["name", "value"] },
      });
    }
  },
);

pythonTest("parts that are small enough each are left out where together they are too large", async () => {
  const tables = ["One", "Two"].map((title) => ({ title, rows: ["text", "x".repeat(2 ** 19)] }));
  const end = await delivering({ tables }, { context: { max_json_result_size: 1 } });
  expect(end).toMatchObject({ state: "completed", isSuccess: false, json: [] });
  expect(end.message).toBe("Done.\nThe table Two was left out. It is larger than the platform takes.");
  expect(Object.keys(end.tables)).toEqual(["One_None"]);
});
