import { describe, expect, test } from "vitest";
import { gateways, type HandlerLab, openHandlerLab } from "./handler-lab.ts";

interface Tally {
  success: Record<string, unknown>[];
  failed: Record<string, unknown>[];
  unknown: Record<string, unknown>[];
}

const tallyOf = (reply: { json?: unknown }) => reply.json as Tally;
const ann = "ann@example.com";
const block = "Add Sender to Blocklist";
const unblock = "Remove Sender from Blocklist";

const stored = ({ simulator }: HandlerLab, list: "block" | "safe" = "block") =>
  simulator.organisationLists
    .entries(list)
    .map(({ attribute, operator, value }) => `${attribute} ${operator} ${value}`);

describe.each(gateways)("on a PPS %s", (_name, options) => {
  test("a sender is put on the organisation's list, found there, and taken off", async () => {
    const lab = await openHandlerLab(options);
    const Sender = "billing@parcels.test, evil.test";
    const added = await lab.run(block, { Sender, Comment: "Case 4711" });
    expect(added).toMatchObject({ state: "completed", result: true });
    expect(added.message).toMatch(
      /^Added 2 sender\(s\) to the organization blocklist; 0 already listed\. .*longer name/,
    );
    expect(tallyOf(added).success).toEqual([
      {
        sender: "billing@parcels.test",
        scope: "organization",
        attribute: "sender",
        operator: "equal",
        status: "added",
      },
      { sender: "@evil.test", scope: "organization", attribute: "sender", operator: "contain", status: "added" },
    ]);
    expect(stored(lab)).toEqual(["$from equal billing@parcels.test", "$from contain @evil.test"]);
    const again = await lab.run(block, { Sender });
    expect(again.message).toMatch(/^Added 0 sender\(s\) to the organization blocklist; 2 already listed\./);
    const removed = await lab.run(unblock, { Sender: `${Sender},other@evil.test` });
    expect(removed).toMatchObject({ state: "completed", result: true });
    expect(removed.message).toMatch(/^Removed 2 sender\(s\) from the organization blocklist; 1 not listed\./);
    expect(
      tallyOf(removed)
        .success.map(({ status }) => status)
        .sort(),
    ).toEqual(["not_listed", "removed", "removed"]);
    expect(stored(lab)).toEqual([]);
  });

  test("the header's sender is another thing to match, on the safelist too", async () => {
    const lab = await openHandlerLab(options);
    const parameters = { Sender: "billing@parcels.test", "Match On": "Header From" };
    const added = await lab.run("Add Sender to Safelist", parameters);
    expect(added.message).toMatch(/^Added 1 sender\(s\) to the organization safelist/);
    expect(stored(lab, "safe")).toEqual(["$hfrom equal billing@parcels.test"]);
    const other = await lab.run("Remove Sender from Safelist", { Sender: "billing@parcels.test" });
    expect(tallyOf(other).success).toMatchObject([{ status: "not_listed" }]);
    await lab.run("Remove Sender from Safelist", parameters);
    expect(stored(lab, "safe")).toEqual([]);
  });

  test("a user's own list is changed where a user is named, and read back", async () => {
    const lab = await openHandlerLab(options);
    await lab.run("Create User", { Email: ann });
    const added = await lab.run("Add Sender to Safelist", { Sender: "billing@parcels.test", User: ann });
    expect(added).toMatchObject({ state: "completed", result: true });
    expect(tallyOf(added).success).toEqual([
      { sender: "billing@parcels.test", scope: "user", user: ann, status: "added" },
    ]);
    const profile = await lab.run("Get User", { User: ann });
    expect(profile.json).toMatchObject({ safelist: ["billing@parcels.test"] });
    const both = await lab.run("Add Sender to Safelist", {
      Sender: "billing@parcels.test",
      "List Scope": "User",
      User: `${ann},nobody@example.com`,
    });
    expect(both).toMatchObject({ state: "completed", result: false });
    expect(tallyOf(both)).toMatchObject({
      success: [{ user: ann, status: "already_listed" }],
      failed: [{ user: "nobody@example.com" }],
    });
    const none = await lab.run("Add Sender to Safelist", {
      Sender: "billing@parcels.test",
      User: "nobody@example.com",
    });
    expect(none).toMatchObject({ state: "failed", result: false });
    expect(none.message).toMatch(/^Failed to change the safelist: /);
  });

  test.each(["*", "com", "@com", "*.com", "co.uk", "example.com", "boss@example.com", "gmail.com", "a b@c"])(
    "blocking %s is refused, and nothing is sent",
    async (Sender) => {
      const lab = await openHandlerLab(options);
      for (const User of ["", ann]) {
        const parameters = { Sender: `ok@parcels.test,${Sender}`, User };
        const reply = await lab.run(block, parameters);
        expect(reply).toMatchObject({ state: "failed", result: false });
        expect(reply.message).toMatch(/^Failed to change the blocklist: /);
        expect(reply.message).not.toMatch(/override|--/);
      }
      expect(stored(lab)).toEqual([]);
    },
  );

  test("a scope that cannot be is refused with what it needs", async () => {
    const lab = await openHandlerLab(options);
    const Sender = "billing@parcels.test";
    const refused: [Record<string, string>, RegExp, Record<string, string>?][] = [
      [{ Sender }, /List Scope Organization needs Client ID, Client Secret/, { "Client ID": "", "Client Secret": "" }],
      [{ Sender, "List Scope": "User" }, /User is missing/],
      [{ Sender, "List Scope": "Organization", User: ann }, /User is filled/],
      [{ Sender, User: ann, Comment: "x" }, /Comment is for the organization's list only/],
      [{ Sender, User: ann, "Match On": "Header From" }, /Match On is for the organization's list only/],
      [{ Sender, Comment: "x".repeat(151) }, /at most 150/],
      [{ Sender: Array.from({ length: 101 }, (_, index) => `a${index}@parcels.test`).join(",") }, /at most 100/],
      [{}, /Sender is missing/],
    ];
    for (const [parameters, message, config = {}] of refused) {
      const reply = await lab.run(block, parameters, { config });
      expect(reply).toMatchObject({ state: "failed", result: false, json: { success: [] } });
      expect(reply.message).toMatch(message);
    }
    expect(stored(lab)).toEqual([]);
  });

  test("a wrong key, a lost answer and a repeated step are each told as what they are", async () => {
    const lab = await openHandlerLab(options);
    const parameters = { Sender: "billing@parcels.test" };
    const wrong = await lab.run(block, parameters, { config: { "Client Secret": "wrong" } });
    expect(wrong).toMatchObject({ state: "failed", result: false });
    expect(await lab.run(block, parameters, { workflow: "w-1" })).toMatchObject({ state: "completed", result: true });
    const again = await lab.run(block, parameters, { workflow: "w-1" });
    expect(tallyOf(again).success).toMatchObject([{ status: "already_done" }]);
    const path = "/api/v1/emailProtection/modules/spam/orgBlockList";
    lab.simulator.faults.add({ kind: "lose-answer", route: `POST ${path}` });
    // The list is read before the change, and not again after it.
    lab.simulator.faults.add({ kind: "latency", milliseconds: 1, route: `GET ${path}`, count: 1 });
    lab.simulator.faults.add({ kind: "status", status: 500, route: `GET ${path}` });
    const lost = await lab.run(block, { Sender: "other@parcels.test" });
    expect(lost).toMatchObject({ state: "timed_out", result: false });
    expect(tallyOf(lost).unknown).toMatchObject([{ sender: "other@parcels.test" }]);
  });
});
