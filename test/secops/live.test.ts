import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect } from "vitest";
import { temporaryDirectory } from "../temporary-directory.ts";
import { carriers, openLiveLab } from "./live-lab.ts";
import { pythonTest } from "./python.ts";

describe.each(carriers)("over a %s", (carrier) => {
  pythonTest("the test of the connection says that it works", async () => {
    const { run } = await openLiveLab(carrier);
    const end = await run("Ping");
    expect(end).toMatchObject({
      code: 0,
      stderr: "",
      state: "completed",
      isSuccess: true,
      json: undefined,
      debugOutput: "",
    });
    expect(end.message).toMatch(/^Successfully connected to the Proofpoint Protection Server/);
  });

  pythonTest("a search gives what it found, and an empty list where there is nothing", async () => {
    const { run, hold } = await openLiveLab(carrier);
    const [guid] = hold({ subject: 'Ünïcode \u{1f41f} =1+1, "x"' });
    const found = await run("Find Quarantined Messages", { Sender: "billing@shop.example" });
    expect(found).toMatchObject({ state: "completed", isSuccess: true, message: expect.stringMatching(/^Found 1 /) });
    expect(found.json).toMatchObject([
      { guid, subject: 'Ünïcode \u{1f41f} =1+1, "x"', from: "billing@shop.example", spamscore: 90 },
    ]);
    expect(found.tables["Quarantined Messages_None"]).toHaveLength(2);
    const none = await run("Find Quarantined Messages", { Sender: "nobody@shop.example" });
    expect(none).toMatchObject({ state: "completed", isSuccess: true, json: [] });
    expect(none.message).toMatch(/^No quarantined message matches the search\./);
  });

  pythonTest("a wrong password is a failure and never an empty result", async () => {
    const { run, configuration } = await openLiveLab(carrier);
    const wrong = { ...configuration, Password: "wrong-password" };
    for (const [action, lead, parameters] of [
      ["Ping", "Failed to connect to the Proofpoint Protection Server", {}],
      ["Find Quarantined Messages", "Failed to search the quarantine", {}],
      ["Delete Quarantined Message", "Failed to delete", { "Message GUIDs": "a1", "Folder Name": "Quarantine" }],
    ] as const) {
      const end = await run(action, parameters, { configuration: wrong });
      expect(end).toMatchObject({ code: 0, state: "failed", isSuccess: false });
      expect(end.message.startsWith(`${lead}: `)).toBe(true);
      expect(end.message).toMatch(/password|denied|401/i);
      expect(end.message).not.toContain("wrong-password");
      if (action === "Find Quarantined Messages") expect(end.json).toBeUndefined();
    }
  });

  pythonTest("a folder that PPS does not have is a failure that names it", async () => {
    const { run } = await openLiveLab(carrier);
    const end = await run("Find Quarantined Messages", { "Folder Name": "Nowhere" });
    expect(end).toMatchObject({ state: "failed", isSuccess: false, json: undefined });
    expect(end.message).toMatch(/^Failed to search the quarantine: .*Nowhere/);
  });

  pythonTest("a message is released once, and the others tell why not", async () => {
    const { run, hold, server } = await openLiveLab(carrier);
    const [guid] = hold({});
    const end = await run("Release Quarantined Message", {
      "Message GUIDs": `${guid}, missing`,
      "Folder Name": "Quarantine",
    });
    expect(end).toMatchObject({ state: "completed", isSuccess: false, json: { success: [{ guid }], unknown: [] } });
    expect(end.json).toMatchObject({ failed: [{ guid: "missing" }] });
    expect(await server.effects()).toEqual(["released"]);
  });

  pythonTest("a message is downloaded to a folder and to the case wall", async () => {
    const { run, simulator, hold } = await openLiveLab(carrier);
    const [guid = ""] = hold({ subject: '../../etc/passwd: "Offer"' });
    const directory = temporaryDirectory();
    const end = await run("Download Quarantined Message", {
      "Message GUIDs": guid,
      "Download Folder Path": directory,
      "Save To Case Wall": "true",
    });
    expect(end).toMatchObject({ state: "completed", isSuccess: true, json: { success: [{ guid, attached: true }] } });
    const { file_name: name, downloaded_file_path: path } =
      (end.json as { success: Record<string, string>[] }).success[0] ?? {};
    expect(path).toBe(join(directory, `${name}`));
    const written = readFileSync(`${path}`);
    expect(written.length).toBeGreaterThan(100);
    const [attached] = end.platform.sent("AddAttachment") as { name: string; type: string; base64_blob: string }[];
    expect(`${attached?.name}${attached?.type}`).toBe(name);
    expect(Buffer.from(attached?.base64_blob ?? "", "base64").equals(written)).toBe(true);
    expect(simulator.stats().held).toMatchObject({ Quarantine: 1 });
  });

  pythonTest("entities with odd names are enriched under their own spelling", async () => {
    const { run, hold } = await openLiveLab(carrier);
    hold({ to: "Ann.O'Neil@example.com" }, { from: "x@shop.example", to: "bob@example.com" });
    const targets = [
      {
        identifier: "ANN.O'NEIL@EXAMPLE.COM",
        type: "USERUNIQNAME",
        properties: { OriginalIdentifier: "Ann.O'Neil@example.com" },
      },
      { identifier: "MÜLLER, HANS", type: "USERUNIQNAME" },
      { identifier: "SHOP.EXAMPLE", type: "HOSTNAME", properties: { OriginalIdentifier: "shop.example" } },
    ];
    const end = await run("Enrich Entities", {}, { targets });
    expect(end).toMatchObject({ code: 0, stderr: "", state: "completed" });
    const [updated] = end.platform.sent("UpdateEntities") as { identifier: string; additional_properties: object }[][];
    expect(updated).toMatchObject([
      {
        identifier: "ANN.O'NEIL@EXAMPLE.COM",
        is_enriched: true,
        is_suspicious: false,
        additional_properties: { PPS_as_recipient: "1" },
      },
      { identifier: "SHOP.EXAMPLE", additional_properties: { PPS_as_sender: "2" } },
    ]);
  });

  pythonTest("a thousand records arrive whole", async () => {
    const { run, hold } = await openLiveLab(carrier);
    hold(...Array.from({ length: 1000 }, (_, index) => ({ subject: `${index} ${"ü".repeat(200)}` })));
    const end = await run("Find Quarantined Messages", { "Max Results To Return": "1000" });
    expect(end).toMatchObject({ state: "completed", isSuccess: true });
    expect(end.json).toHaveLength(1000);
  });

  pythonTest("a PPS that is not there is named as the hop that failed", async () => {
    const { run, simulator } = await openLiveLab(carrier);
    simulator.faults.add({ kind: "refused" });
    const end = await run("Ping");
    expect(end).toMatchObject({ state: "failed", isSuccess: false });
    expect(end.message).toMatch(/^Failed to connect to the Proofpoint Protection Server: .*PPS/);
  });

  pythonTest("a PPS that the owner does not allow is not called", async () => {
    const { run, configuration } = await openLiveLab(carrier);
    const end = await run(
      "Ping",
      {},
      { configuration: { ...configuration, "Api Root": "https://pps.example.com:10000" } },
    );
    expect(end).toMatchObject({ state: "failed" });
    expect(end.message).toContain(
      "Api Root names https://pps.example.com:10000, which the action server does not allow.",
    );
  });
});
