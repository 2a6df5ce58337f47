import { describe, expect, test } from "vitest";
import { gateways, type HandlerLab, openHandlerLab, spam } from "./handler-lab.ts";

interface Told {
  [key: string]: unknown;
}

interface Answer {
  success: Told[];
  failed: Told[];
  unknown: Told[];
  planned: Told[];
  left: Told[];
  counts: Record<string, number>;
  message: Told | null;
  checks: { name: string; state: string; detail: string }[];
}

const answerOf = (reply: { json?: unknown }) => reply.json as Answer;
const action = "Respond to False Positive";
const partner = "news@partner.test";
const trusted = ({ simulator }: HandlerLab) => simulator.organisationLists.entries("safe").map(({ value }) => value);

/** Sends mail that is held as spam, and gives its guid. */
async function sendSpam(lab: HandlerLab, subject: string): Promise<string> {
  const known = lab.simulator.journal().length;
  await lab.send({ from: partner, subject, ...spam });
  lab.simulator.clock.advance(20 * 60_000);
  return String(
    lab.simulator
      .journal()
      .slice(known)
      .find(({ effect }) => effect === "held")?.guid,
  );
}

const released = async (lab: HandlerLab, guid: string) =>
  (await lab.effects(guid)).filter((effect) => effect === "released").length;

describe.each(gateways)("on a PPS %s", (_name, options) => {
  test("a message is checked, released and put away, its sender trusted, and others like it told of", async () => {
    const lab = await openHandlerLab(options);
    const guid = await sendSpam(lab, "Letter 1");
    const other = await sendSpam(lab, "Letter 2");
    const reply = await lab.run(action, { "Message GUID": guid, "Safelist Sender": "Organization" });
    expect(reply).toMatchObject({ state: "completed", result: true });
    expect(reply.message).toMatch(
      /^(Released|Release accepted for) 1 of 1 message\(s\); safelist entries made: 1 of 1\. /,
    );
    const { success, left, checks, message } = answerOf(reply);
    expect(success).toMatchObject([
      { action: "release", guid, status: expect.stringMatching(/^(done|accepted)$/) },
      { action: "trust", sender: partner, scope: "organization", status: "accepted" },
    ]);
    expect(left).toMatchObject([{ guid: other, reason: expect.any(String) }]);
    expect(checks.map(({ name }) => name)).toEqual(expect.arrayContaining(["held", "virus", "dlp", "released"]));
    expect(message).toMatchObject({ guid, sender: partner, subject: "Letter 1", folder: "Quarantine" });
    expect(reply.tables?.map(({ title }) => title)).toEqual(["Checks", "Outcomes"]);
    expect(reply.files?.map(({ name }) => name)).toEqual(["pps-respond-false-positive-2026-03-04.html"]);
    expect(await lab.effects(guid)).toContain("released");
    expect(await released(lab, other)).toBe(0);
    expect(trusted(lab)).toEqual([partner]);
  });

  test("a dry run says what would be released, and changes nothing", async () => {
    const lab = await openHandlerLab(options);
    const guid = await sendSpam(lab, "Letter 1");
    const reply = await lab.run(action, { "Message GUID": guid, "Safelist Sender": "Organization", "Dry Run": "true" });
    expect(reply).toMatchObject({ state: "completed", result: true });
    expect(reply.message).toMatch(/^Dry run, nothing was changed: 1 message\(s\) would be released\./);
    expect(answerOf(reply)).toMatchObject({ success: [], planned: [{ action: "release", guid }, { action: "trust" }] });
    expect(await released(lab, guid)).toBe(0);
    expect(trusted(lab)).toEqual([]);
  });

  test("the others are released with it where that is asked for", async () => {
    const lab = await openHandlerLab(options);
    const guids = [await sendSpam(lab, "Letter 1"), await sendSpam(lab, "Letter 2")];
    const reply = await lab.run(action, { "Message GUID": guids[0] ?? "", "Release Others": "true" });
    expect(reply).toMatchObject({ state: "completed", result: true });
    expect(answerOf(reply).success.map(({ guid }) => guid)).toEqual(guids);
    for (const guid of guids) expect(await released(lab, guid)).toBe(1);
  });

  test("malware is refused, which is a failure and no release", async () => {
    const lab = await openHandlerLab(options);
    const [guid = ""] = lab.held({ folder: "Virus", from: partner });
    const config = { "Quarantine Folders": "Quarantine, Virus" };
    const given = { "Message GUID": guid, "Folder Name": "Virus" };
    const reply = await lab.run(action, given, { config });
    expect(reply).toMatchObject({ state: "failed", result: false });
    expect(reply.message).toMatch(/^Failed to release: .*malware/);
    expect(answerOf(reply)).toMatchObject({
      success: [],
      failed: [{ guid, reason: expect.stringMatching(/malware/) }],
    });
    expect(answerOf(reply).checks.find(({ name }) => name === "virus")).toMatchObject({ state: "stop" });
    const look = await lab.run(action, { ...given, "Dry Run": "true" }, { config });
    expect(look).toMatchObject({ state: "completed", result: false });
    expect(look.message).toMatch(/^Dry run, nothing was changed: 0 message\(s\) .*Could not be done: .*malware/);
    expect(await lab.effects(guid)).toEqual([]);
  });

  test("a message is found by its local id in its folder", async () => {
    const lab = await openHandlerLab(options);
    const guid = await sendSpam(lab, "Letter 1");
    const found = await lab.run("Find Quarantined Messages", { "Message GUID": guid });
    const [{ localguid } = { localguid: "" }] = found.json as { localguid: string }[];
    const reply = await lab.run(action, { "Local GUID": localguid, "Folder Name": "Quarantine" });
    expect(reply).toMatchObject({ state: "completed", result: true, json: { success: [{ guid, localguid }] } });
    expect(await released(lab, guid)).toBe(1);
  });

  test("a lost answer is unknown and no failure", async () => {
    const lab = await openHandlerLab(options);
    const guid = await sendSpam(lab, "Letter 1");
    lab.simulator.faults.add({ kind: "lose-answer", route: "POST /quarantine" });
    lab.simulator.faults.add({ kind: "latency", milliseconds: 1, route: "GET /quarantine", count: 2 });
    const optionsOf = lab.site.optionsOf;
    lab.site.optionsOf = (root) => ({ ...optionsOf?.(root), retries: 0 });
    const reply = await lab.run(action, { "Message GUID": guid });
    const { success, failed, unknown } = answerOf(reply);
    expect(failed).toEqual([]);
    // Looking may tell after all.
    expect(success.length + unknown.length).toBe(1);
    expect(reply.state).toBe(unknown.length === 1 ? "timed_out" : "completed");
    expect(await released(lab, guid)).toBe(1);
  });

  test("input that names no message, or cannot be, is refused", async () => {
    const lab = await openHandlerLab(options);
    for (const [given, complaint, config = {}] of [
      [{}, /Message GUID is missing; it, or Local GUID with Folder Name/],
      [{ "Local GUID": "1:1:1" }, /Folder Name is missing, which Local GUID needs/],
      [{ "Message GUID": "a", "Safelist Sender": "Everybody" }, /Safelist Sender takes None, User, Organization/],
      [
        { "Message GUID": "a", "Safelist Sender": "Organization" },
        /Safelist Sender Organization needs Client ID in the configuration of the instance/,
        { "Client ID": "" },
      ],
      [
        { "Message GUID": "a", "Folder Name": "Spam", "Deleted Folder Name": "spam" },
        /Folder Name and Deleted Folder Name are the same/,
      ],
    ] as [Record<string, string>, RegExp, Record<string, string>?][]) {
      const reply = await lab.run(action, given, { config });
      expect(reply).toMatchObject({ state: "failed", result: false, json: { success: [] } });
      expect(reply.message).toMatch(complaint);
    }
    const nowhere = await lab.run(action, { "Message GUID": "no-such-message" });
    expect(nowhere).toMatchObject({ state: "failed", result: false });
    expect(nowhere.message).toMatch(/^Failed to release: .*no-such-message/);
  });
});

test("a step that the platform repeats releases nothing again, although PPS still holds the message", async () => {
  const lab = await openHandlerLab({
    profile: "onprem",
    quirks: { "cloud-lists": "present", "queued-effect": "late" },
  });
  // Without a folder to put it away, what was released lies where it lay, and until then PPS notes nothing of it.
  const optionsOf = lab.site.optionsOf;
  lab.site.optionsOf = (root) => ({ ...optionsOf?.(root), folders: ["Quarantine"] });
  const guids = [await sendSpam(lab, "Letter 1"), await sendSpam(lab, "Letter 2")];
  const given = { "Message GUID": guids[0] ?? "", "Release Others": "true" };
  const first = await lab.run(action, given, { workflow: "w-1" });
  expect(first).toMatchObject({ state: "completed", result: true });
  const again = await lab.run(action, given, { workflow: "w-1" });
  expect(again).toMatchObject({ state: "completed", result: true });
  expect(again.message).toMatch(/An earlier try of this step released the message; it is not released again/);
  expect(answerOf(again).success.map(({ guid, status }) => [guid, status])).toEqual(
    guids.map((guid) => [guid, "already_done"]),
  );
  for (const guid of guids) expect(await released(lab, guid)).toBe(1);
  // A run by hand is not such a step: what PPS notes of the release is told, and keeps it from another.
  const byHand = await lab.run(action, given);
  expect(byHand.message).not.toMatch(/An earlier try of this step/);
  expect(answerOf(byHand).checks.find(({ name }) => name === "released")).toMatchObject({ state: "stop" });
  for (const guid of guids) expect(await released(lab, guid)).toBe(1);
});
