import { describe, expect } from "vitest";
import { carriers, openLiveLab } from "./live-lab.ts";
import { pythonTest } from "./python.ts";

const phisher = "billing@parcels.test";
const subject = "Your parcel waits for payment";

describe.each(carriers)("over a %s", (carrier) => {
  pythonTest("a phish is looked at, then cleared up, with its report on the case wall", async () => {
    const { run, hold, server } = await openLiveLab(carrier);
    const guids = hold({ from: phisher, subject }, { from: phisher, subject });
    const reported = { Sender: phisher, Subject: subject };
    const look = await run("Respond to Phishing", reported);
    expect(look).toMatchObject({ code: 0, stderr: "", state: "completed", isSuccess: true });
    expect(look.json).toMatchObject({ dry_run: true, counts: { planned: 2, success: 0 } });
    expect(await server.effects()).toEqual([]);
    const end = await run("Respond to Phishing", { ...reported, "Dry Run": "false", "Block Senders": "None" });
    expect(end).toMatchObject({ code: 0, stderr: "", state: "completed", isSuccess: true });
    expect((end.json as { success: { guid: string }[] }).success.map(({ guid }) => guid).sort()).toEqual(guids);
    expect(end.tables.Messages_None).toHaveLength(3);
    expect(await server.effects()).toEqual(["deleted", "deleted"]);
    const [attached] = end.platform.sent("AddAttachment") as { name: string; type: string; base64_blob: string }[];
    expect(`${attached?.name}${attached?.type}`).toMatch(/^pps-respond-phishing-[\d-]{10}\.html$/);
    expect(Buffer.from(attached?.base64_blob ?? "", "base64").toString()).toMatch(/^<!doctype html>/);
  });

  pythonTest("a message held by mistake is found by its indicators, and released", async () => {
    const { run, hold, server } = await openLiveLab(carrier);
    const [guid = ""] = hold({ from: "news@partner.test", subject: "Ünïcode \u{1f41f}" });
    const hunted = await run("Hunt Threats", { Indicators: "partner[.]test" });
    expect(hunted).toMatchObject({ code: 0, stderr: "", state: "completed", isSuccess: true });
    expect(hunted.json).toMatchObject({ messages: [{ guid, state: "held", subject: "Ünïcode \u{1f41f}" }] });
    const end = await run("Respond to False Positive", { "Message GUID": guid });
    expect(end).toMatchObject({ code: 0, stderr: "", state: "completed", isSuccess: true });
    expect(end.json).toMatchObject({ success: [{ guid, action: "release" }] });
    expect(await server.effects()).toEqual(["released"]);
  });

  pythonTest("a feed without a key of the cloud API is a failure that says what it needs", async () => {
    const { run } = await openLiveLab(carrier);
    const end = await run("Update Blocklist From Feed", { "Feed Text": "a@evil.test" });
    expect(end).toMatchObject({ code: 0, stderr: "", state: "failed", isSuccess: false });
    expect(end.message).toMatch(/^Failed to update the blocklist: The organization's list needs Client ID, /);
  });
});
