import { describe, expect, test } from "vitest";
import { inAmpleTime } from "../ample-time.ts";
import { gateways, type HandlerLab, openHandlerLab } from "./handler-lab.ts";

interface Told {
  [key: string]: unknown;
}

interface Answer {
  dry_run: boolean;
  success: Told[];
  failed: Told[];
  unknown: Told[];
  planned: Told[];
  left: Told[];
  counts: Record<string, number>;
  campaign: Record<string, number>;
  deliveries: Told[];
}

const answerOf = (reply: { json?: unknown }) => reply.json as Answer;
const action = "Respond to Phishing";
const phisher = "billing@parcels.test";
const subject = "Your parcel waits for payment";
const reported = { Sender: phisher, Subject: subject };
const act = { ...reported, "Dry Run": "false" };
const blocked = ({ simulator }: HandlerLab) => simulator.organisationLists.entries("block").map(({ value }) => value);

/** Three of a campaign that are held, and one that is nobody's. */
async function openCampaign(...[options, more]: Parameters<typeof openHandlerLab>) {
  const lab = await openHandlerLab(options, more);
  const wave = [600, 700, 800].map((ago) => ({ ago, from: phisher, subject }));
  const guids = lab.held(...wave);
  const [honest = ""] = lab.held({ from: "news@shop.example", subject: "The offers of the week" });
  return { lab, guids, honest };
}

describe.each(gateways)("on a PPS %s", (_name, options) => {
  test("a run is a look unless it is told otherwise, and the look changes nothing", async () => {
    const { lab, guids } = await openCampaign(options);
    const reply = await lab.run(action, reported);
    expect(reply).toMatchObject({ state: "completed", result: true });
    expect(reply.message).toMatch(
      /^Dry run, nothing was changed: 3 message\(s\) would be deleted and 1 sender\(s\) blocked\. Of the campaign 3 message\(s\) were found: 3 held, 0 delivered/,
    );
    const { planned, counts, success, campaign } = answerOf(reply);
    expect(planned.filter((one) => one.action === "delete").map(({ guid }) => guid)).toEqual(
      expect.arrayContaining(guids),
    );
    expect(planned.find((one) => one.action === "block")).toMatchObject({ sender: phisher, scope: "organization" });
    expect(counts).toMatchObject({ planned: 4, success: 0 });
    expect([success, campaign.held]).toEqual([[], 3]);
    for (const guid of guids) expect(await lab.effects(guid)).toEqual([]);
    expect(blocked(lab)).toEqual([]);
  });

  test("the campaign is deleted and its sender blocked, and nothing else", async () => {
    const { lab, guids, honest } = await openCampaign(options);
    const reply = await lab.run(action, { ...act, "Deleted Folder Name": "Deleted" });
    expect(reply).toMatchObject({ state: "completed", result: true });
    expect(reply.message).toMatch(/^Deleted 3 of 3 message\(s\); 1 of 1 sender\(s\) are blocked\./);
    const { success, dry_run: dryRun } = answerOf(reply);
    expect(success.filter(({ guid }) => guids.includes(String(guid)))).toHaveLength(3);
    expect(success[0]).toMatchObject({ status: expect.stringMatching(/done|accepted/) });
    expect(dryRun).toBe(false);
    for (const guid of guids) expect(await lab.effects(guid)).toEqual(["deleted"]);
    expect(await lab.effects(honest)).toEqual([]);
    expect(blocked(lab)).toEqual([phisher]);
    expect(reply.tables?.map(({ title }) => title)).toEqual(["Messages", "Senders", "Counts"]);
    expect(reply.tables?.[0]?.rows.filter((row) => /^(done|accepted),delete,/.test(row))).toHaveLength(3);
    const [file] = reply.files ?? [];
    expect(file).toMatchObject({ name: "pps-respond-phishing-2026-03-04.html", caseWall: true });
    expect(Buffer.from(file?.base64 ?? "", "base64").toString()).toMatch(/^<!doctype html>[\s\S]*Phishing response/);
  });

  test("what was delivered is listed for the tool that can reach mailboxes", async () => {
    const lab = await openHandlerLab(options);
    await lab.send({ from: phisher, to: ["ann@example.com", "bob@example.com"], subject });
    const reply = await lab.run(action, act);
    expect(reply).toMatchObject({ state: "completed", result: true });
    const { deliveries } = answerOf(reply);
    expect(deliveries.map(({ recipient }) => recipient).sort()).toEqual(["ann@example.com", "bob@example.com"]);
    expect(deliveries[0]).toMatchObject({ sender: phisher, subject, score: expect.any(Number) });
    expect(reply.tables?.find(({ title }) => title === "Deliveries")?.rows).toHaveLength(3);
  });

  test("a step that the platform repeats tells what was done and does none of it again", async () => {
    const { lab, guids } = await openCampaign(options);
    const first = await lab.run(action, act, { workflow: "w-1" });
    expect(first).toMatchObject({ state: "completed", result: true });
    const sent = lab.simulator.journal().length;
    const again = await lab.run(action, act, { workflow: "w-1" });
    expect(again).toMatchObject({ state: "completed", result: true });
    const statuses = answerOf(again).success.map(({ status }) => status);
    expect(new Set(statuses)).toEqual(new Set(["already_done"]));
    expect(lab.simulator.journal().slice(sent)).toEqual([]);
    for (const guid of guids) expect(await lab.effects(guid)).toEqual(["deleted"]);
    expect(blocked(lab)).toEqual([phisher]);
  });

  test("one's own domain is never blocked, and that it was not is told beside what was done", async () => {
    const lab = await openHandlerLab(options);
    const [guid = ""] = lab.held({ from: "boss@example.com", subject });
    const given = { Sender: "boss@example.com", Subject: subject, "Block Senders": "Sender", "Dry Run": "false" };
    const reply = await lab.run(action, given);
    expect(reply).toMatchObject({ state: "completed", result: false });
    expect(answerOf(reply).failed).toMatchObject([{ action: "block", sender: "boss@example.com" }]);
    expect(reply.message).toMatch(/Not done: boss@example\.com \(/);
    expect(await lab.effects(guid)).toEqual(["deleted"]);
    // With nothing held any more, what was found is still something.
    const look = await lab.run(action, { ...given, "Dry Run": "true" });
    expect(look).toMatchObject({ state: "completed", result: false });
    expect(look.message).toMatch(/^Dry run, nothing was changed: .*Could not be done: boss@example\.com/);
  });

  test("an instance without a key of the cloud API deletes all the same, and is told what blocking needs", async () => {
    const { lab, guids } = await openCampaign(options);
    const config = { "Client Secret": "" };
    const refused = await lab.run(action, { ...act, "Block Senders": "Domain" }, { config });
    expect(refused).toMatchObject({ state: "failed", result: false, json: { success: [] } });
    expect(refused.message).toMatch(/Block Senders Domain needs Client Secret in the configuration of the instance\.$/);
    const reply = await lab.run(action, act, { config });
    expect(reply).toMatchObject({ state: "completed", result: true });
    expect(reply.message).toMatch(/No sender was blocked: that needs Client Secret in the configuration/);
    for (const guid of guids) expect(await lab.effects(guid)).toEqual(["deleted"]);
  });

  test("what the end of the time kept back is told apart from what was sent", async () => {
    const { lab, guids } = await openCampaign(options);
    lab.simulator.faults.add({ kind: "latency", milliseconds: 60_000, route: "POST /quarantine" });
    const optionsOf = lab.site.optionsOf;
    lab.site.optionsOf = (root) => ({ ...optionsOf?.(root), concurrency: 1 });
    const reply = await inAmpleTime(
      [1000, 5000, 15_000],
      (budgetMs) => lab.run(action, act, { budgetMs }),
      () => lab.simulator.faults.list().some(({ happened }) => happened > 0),
    );
    expect(reply).toMatchObject({ state: "completed", result: false });
    const { unknown, success, failed } = answerOf(reply);
    expect(success).toMatchObject([{ action: "block", sender: phisher, status: "accepted" }]);
    expect(unknown).toMatchObject([{ action: "delete", guid: expect.any(String) }]);
    expect(failed).toMatchObject([{ reason: expect.stringMatching(/^Not sent/) }, { reason: expect.any(String) }]);
    expect([...unknown, ...failed].map(({ guid }) => guid).sort()).toEqual([...guids].sort());
  });

  test("input that says nothing or cannot be is refused, and nothing is searched", async () => {
    const { lab } = await openCampaign(options);
    for (const [given, complaint] of [
      [{}, /Message GUID is missing; it, Sender, Subject or Message ID/],
      [{ ...reported, Threshold: "0" }, /Threshold takes a whole number from 1 to 100/],
      [{ ...reported, "Max Messages": "many" }, /Max Messages takes a whole number from 1 to 10000/],
      [{ ...reported, "Time Frame": "Custom" }, /Time Frame takes Last Hour/],
      [{ ...reported, "Block Senders": "Everybody" }, /Block Senders takes Automatic, None, Sender, Domain/],
      [{ ...reported, "Dry Run": "perhaps" }, /Dry Run takes true or false/],
    ] as const) {
      const reply = await lab.run(action, given as Record<string, string>);
      expect(reply).toMatchObject({ state: "failed", result: false });
      expect(reply.message).toMatch(complaint);
    }
    const wrong = await lab.run(action, act, { config: { Password: "wrong" } });
    expect(wrong).toMatchObject({ state: "failed", result: false });
    expect(wrong.message).toMatch(/^Failed to respond to the phish: .*401/);
  });
});
