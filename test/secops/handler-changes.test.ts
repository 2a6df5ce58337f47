import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { inAmpleTime } from "../ample-time.ts";
import { gateways, type HandlerLab, openHandlerLab } from "./handler-lab.ts";

interface Tally {
  success: Record<string, unknown>[];
  failed: Record<string, unknown>[];
  unknown: Record<string, unknown>[];
}

const tallyOf = (reply: { json?: unknown }) => reply.json as Tally;
const route = "POST /quarantine";

/** The ids a search shows. */
async function idsOf(lab: HandlerLab, guid = ""): Promise<{ guid: string; localguid: string }> {
  const reply = await lab.run("Find Quarantined Messages", { "Message GUID": guid, "Time Frame": "Last Month" });
  return (reply.json as { guid: string; localguid: string }[])[0] ?? { guid: "", localguid: "" };
}

const writes = [
  ["Release Quarantined Message", {}, "released", /^Release accepted for 1 of 1 message\(s\): /],
  ["Delete Quarantined Message", {}, "deleted", /^Deleted 1 of 1 message\(s\): /],
  ["Move Quarantined Message", { "Target Folder Name": "Audit" }, "moved", /^Moved 1 of 1 message\(s\) to Audit: /],
  ["Resubmit Quarantined Message", {}, "resubmitted", /^Resubmission accepted for 1 of 1 message\(s\): /],
  [
    "Forward Quarantined Message",
    { "To Address": "soc@example.com, csirt@example.com", "New Subject": "For you", "Append Old Subject": "true" },
    "forwarded",
    /^Forwarding to soc@example\.com, csirt@example\.com accepted for 1 of 1 message\(s\): /,
  ],
] as const;

describe.each(gateways)("on a PPS %s", (_name, options) => {
  test.each(writes)("%s does it, by local id", async (action, more, effect, message) => {
    const lab = await openHandlerLab(options);
    const [guid = ""] = lab.held({});
    const { localguid } = await idsOf(lab, guid);
    const reply = await lab.run(action, { "Message GUIDs": localguid, "Folder Name": "Quarantine", ...more });
    expect(reply).toMatchObject({ state: "completed", result: true });
    expect(reply.message).toMatch(message);
    const { success, failed, unknown } = tallyOf(reply);
    expect(success).toMatchObject([
      { localguid, folder: "Quarantine", action: expect.any(String), status: expect.stringMatching(/done|accepted/) },
    ]);
    expect([failed, unknown]).toEqual([[], []]);
    expect(await lab.effects(guid)).toContain(effect);
  });

  test.each(writes)(
    "%s finds a message by its GUID, also one that is weeks old (row 7)",
    async (action, more, effect) => {
      const lab = await openHandlerLab(options);
      lab.held(...Array.from({ length: 1100 }, (_, index) => ({ ago: 100 + index })));
      const [guid = ""] = lab.held({ ago: 20 * 86_400 });
      const reply = await lab.run(action, { "Message GUIDs": guid, "Folder Name": "Quarantine", ...more });
      expect(reply).toMatchObject({ state: "completed", result: true });
      expect(tallyOf(reply).success).toMatchObject([{ guid }]);
      expect(await lab.effects(guid)).toContain(effect);
    },
  );

  test.each(writes)(
    "%s tells of each message by itself, and the good ones are done (row 8)",
    async (action, more, effect) => {
      const lab = await openHandlerLab(options);
      const [one = "", other = ""] = lab.held({}, { ago: 700 });
      const parameters = { "Message GUIDs": `${one},no-such-message, ${other}`, "Folder Name": "Quarantine", ...more };
      const reply = await lab.run(action, parameters);
      expect(reply).toMatchObject({ state: "completed", result: false });
      expect(
        tallyOf(reply)
          .success.map(({ guid }) => guid)
          .sort(),
      ).toEqual([one, other].sort());
      expect(tallyOf(reply).failed).toMatchObject([{ guid: "no-such-message", reason: expect.any(String) }]);
      expect(reply.message).toMatch(/ 2 of 3 message\(s\).*Not done: no-such-message \(/);
      for (const guid of [one, other]) expect(await lab.effects(guid)).toContain(effect);
    },
  );

  test.each(writes)("%s says failed where nothing was done", async (action, more) => {
    const lab = await openHandlerLab(options);
    const gone = { "Message GUIDs": "no-such-message,nor-this", "Folder Name": "Quarantine", ...more };
    const reply = await lab.run(action, gone);
    expect(reply).toMatchObject({ state: "failed", result: false });
    expect(reply.message).toMatch(/^Failed to [a-z]+: /);
    expect(tallyOf(reply).failed).toHaveLength(2);
    const wrong = await lab.run(action, { ...gone }, { config: { Password: "wrong" } });
    expect(wrong).toMatchObject({ state: "failed", result: false });
    expect(wrong.message).toMatch(/401/);
    const nobody = await lab.run(action, gone, { config: { "Api Root": "https://127.0.0.1:9" } });
    expect(nobody).toMatchObject({ state: "failed", result: false });
    expect(nobody.message).toMatch(/does not allow/);
  });

  test.each(writes)("%s calls a lost answer unknown and not failed", async (action, more) => {
    const lab = await openHandlerLab(options);
    const [guid = ""] = lab.held({});
    const { localguid } = await idsOf(lab, guid);
    // Neither the answer to the change nor a look at the folder comes.
    lab.simulator.faults.add({ kind: "lose-answer", route });
    lab.simulator.faults.add({ kind: "status", status: 500, route: "GET /quarantine" });
    const reply = await lab.run(action, { "Message GUIDs": localguid, "Folder Name": "Quarantine", ...more });
    expect(reply).toMatchObject({ state: "timed_out", result: false });
    expect(tallyOf(reply).unknown).toMatchObject([{ guid: localguid, reason: expect.any(String) }]);
    expect(reply.message).toMatch(/not known: look before you repeat it/);
  });

  test("what the end of the time kept back is told apart from what was sent", async () => {
    const lab = await openHandlerLab(options, {});
    const [one = "", other = ""] = lab.held({}, { ago: 700 });
    lab.simulator.faults.add({ kind: "latency", milliseconds: 60_000, route });
    const ids = [(await idsOf(lab, one)).localguid, (await idsOf(lab, other)).localguid];
    const optionsOf = lab.site.optionsOf;
    lab.site.optionsOf = (root) => ({ ...optionsOf?.(root), concurrency: 1 });
    const parameters = { "Message GUIDs": ids.join(","), "Folder Name": "Quarantine" };
    const reply = await inAmpleTime(
      [1000, 5000, 15_000],
      (budgetMs) => lab.run("Release Quarantined Message", parameters, { budgetMs }),
      () => lab.simulator.faults.list().some(({ happened }) => happened > 0),
    );
    expect(reply).toMatchObject({ state: "timed_out", result: false });
    expect(tallyOf(reply).unknown).toMatchObject([{ guid: ids[0] }]);
    expect(tallyOf(reply).failed).toMatchObject([{ guid: ids[1], reason: expect.stringMatching(/^Not sent/) }]);
  });

  test("a request that is sent again is carried out once, also while the first is under way", async () => {
    const lab = await openHandlerLab(options);
    const [guid = ""] = lab.held({});
    const parameters = { "Message GUIDs": guid, "Folder Name": "Quarantine" };
    const requestId = randomUUID();
    const [first, second] = await Promise.all([
      lab.run("Release Quarantined Message", parameters, { requestId }),
      lab.run("Release Quarantined Message", parameters, { requestId, budgetMs: 50_000 }),
    ]);
    expect(second).toEqual(first);
    expect(await lab.run("Release Quarantined Message", parameters, { requestId })).toEqual(first);
    expect(await lab.effects(guid)).toEqual(["released"]);
  });

  test("a step that the platform repeats sends only what is not done; runs by hand are never held back", async () => {
    const lab = await openHandlerLab(options);
    const [one = "", other = ""] = lab.held({}, { ago: 700 });
    const parameters = { "Message GUIDs": `${one},${other}`, "Folder Name": "Quarantine" };
    const ids = [(await idsOf(lab, one)).localguid, (await idsOf(lab, other)).localguid];
    lab.simulator.faults.add({ kind: "status", status: 400, route, count: 1 });
    const local = { ...parameters, "Message GUIDs": ids.join(",") };
    const first = await lab.run("Release Quarantined Message", local, { workflow: "w-1" });
    expect(first).toMatchObject({ state: "completed", result: false });
    const again = await lab.run("Release Quarantined Message", local, { workflow: "w-1" });
    expect(again).toMatchObject({ state: "completed", result: true });
    const statuses = tallyOf(again).success.map(({ status }) => status);
    expect(statuses).toHaveLength(2);
    expect(statuses).toContain("already_done");
    for (const guid of [one, other]) expect(await lab.effects(guid)).toEqual(["released"]);
    const anew = await lab.run("Release Quarantined Message", local, { workflow: "w-2" });
    expect(tallyOf(anew).success.map(({ status }) => status)).not.toContain("already_done");
    await lab.run("Release Quarantined Message", local);
    await lab.run("Release Quarantined Message", local);
    for (const guid of [one, other]) {
      expect((await lab.effects(guid)).filter((effect) => effect === "released")).toHaveLength(4);
    }
  });

  test("what makes no sense is refused before anything is sent", async () => {
    const lab = await openHandlerLab(options);
    const [guid = ""] = lab.held({});
    const there = { "Message GUIDs": guid, "Folder Name": "Quarantine" };
    const many = Array.from({ length: 201 }, (_, index) => `id-${index}`).join(",");
    const refused: [string, Record<string, string>, RegExp][] = [
      ["Release Quarantined Message", { ...there, "Branding Template": "x" }, /Security Policy is missing/],
      ["Release Quarantined Message", { ...there, "Security Policy": "x" }, /Branding Template is missing/],
      ["Delete Quarantined Message", { "Folder Name": "Quarantine" }, /Message GUIDs is missing/],
      ["Delete Quarantined Message", { "Message GUIDs": " , ", "Folder Name": "Quarantine" }, /Message GUIDs/],
      ["Delete Quarantined Message", { "Message GUIDs": guid }, /Folder Name is missing/],
      ["Delete Quarantined Message", { ...there, "Message GUIDs": many }, /at most 200/],
      ["Delete Quarantined Message", { ...there, "Deleted Folder Name": "quarantine" }, /already/],
      ["Move Quarantined Message", there, /Target Folder Name is missing/],
      ["Forward Quarantined Message", there, /To Address is missing/],
    ];
    for (const [action, parameters, message] of refused) {
      const reply = await lab.run(action, parameters);
      expect(reply, action).toMatchObject({ state: "failed", result: false });
      expect(reply.message).toMatch(message);
      expect(tallyOf(reply).success).toEqual([]);
    }
    expect(await lab.effects(guid)).toEqual([]);
  });

  test("a message names twenty ids and says how many more there are", async () => {
    const lab = await openHandlerLab(options);
    const guids = lab.held(...Array.from({ length: 25 }, (_, index) => ({ ago: 100 + index })));
    const parameters = {
      "Message GUIDs": guids.join(","),
      "Folder Name": "Quarantine",
      "Deleted Folder Name": "Deleted",
    };
    const reply = await lab.run("Delete Quarantined Message", parameters);
    expect(reply.message).toMatch(/^Deleted 25 of 25 message\(s\): .* and 5 more\.$/);
    expect(guids.filter((guid) => reply.message.includes(guid))).toHaveLength(20);
    expect(tallyOf(reply).success).toHaveLength(25);
  });
});

test("a PPS that accepts ids it does not know is not taken at its word", async () => {
  const lab = await openHandlerLab({ profile: "onprem", quirks: { "gone-id": "accepted", "cloud-lists": "present" } });
  const [guid = ""] = lab.held({});
  const parameters = { "Message GUIDs": `${guid},no-such-message`, "Folder Name": "Quarantine" };
  const reply = await lab.run("Release Quarantined Message", parameters);
  expect(await lab.effects(guid)).toEqual(["released"]);
  expect(reply.message).toMatch(
    /PPS took the request, but it was not seen before that in Quarantine: no-such-message\.$/,
  );
});
