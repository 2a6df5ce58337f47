import { describe, expect, onTestFinished, test } from "vitest";
import { makeAuthority } from "../client/https-server.ts";
import { document, startFeeds } from "../feeds/feed-server.ts";
import { gateways, type HandlerLab, openHandlerLab } from "./handler-lab.ts";

interface Answer {
  dry_run: boolean;
  success: { sender: string; status: string; action: string }[];
  failed: { sender: string; reason: string }[];
  unknown: { sender: string; reason: string }[];
  planned: { sender: string; action: string }[];
  left: { sender: string; reason: string }[];
}

const answerOf = (reply: { json?: unknown }) => reply.json as Answer;
const action = "Update Blocklist From Feed";
const path = "/api/v1/emailProtection/modules/spam/orgBlockList";
const senders = (count: number) => Array.from({ length: count }, (_, index) => `s${index}@evil.test`);
const blocked = ({ simulator }: HandlerLab) => simulator.organisationLists.entries("block").map(({ value }) => value);
const act = (text: string, more: Record<string, string> = {}) => ({ "Feed Text": text, "Dry Run": "false", ...more });

describe.each(gateways)("on a PPS %s", (_name, options) => {
  test("a run is a look unless it is told otherwise", async () => {
    const lab = await openHandlerLab(options);
    const reply = await lab.run(action, { "Feed Text": "a@evil.test\nceo@example.com" });
    expect(reply).toMatchObject({ state: "completed", result: true, json: { dry_run: true, success: [] } });
    expect(reply.message).toMatch(
      /^Dry run, nothing was changed: 1 sender\(s\) would be added and 0 removed; 1 left out\. /,
    );
    expect(answerOf(reply).planned).toMatchObject([{ sender: "a@evil.test", action: "add" }]);
    expect(answerOf(reply).left).toMatchObject([{ sender: "ceo@example.com", reason: expect.stringMatching(/own/) }]);
    expect(blocked(lab)).toEqual([]);
  });

  test("what the feed names is added, what it lost is removed when its day has come, and others' entries stay", async () => {
    const lab = await openHandlerLab(options);
    await lab.run("Add Sender to Blocklist", { Sender: "theirs@evil.test" });
    const first = await lab.run(action, act("a@evil.test\nb@evil.test", { "Expire Days": "1" }));
    expect(first).toMatchObject({ state: "completed", result: true });
    expect(first.message).toMatch(/^Added 2 and removed 0 sender\(s\), 2 of 2 change\(s\); 0 left out\./);
    expect(first.tables?.map(({ title, rows }) => [title, rows.length])).toEqual([["Entries", 3]]);
    lab.simulator.clock.advance(2 * 86_400_000);
    const second = await lab.run(action, act("a@evil.test", { "Expire Days": "1" }));
    expect(answerOf(second).success).toMatchObject([{ action: "remove", sender: "b@evil.test", status: "accepted" }]);
    expect(blocked(lab)).toEqual(["theirs@evil.test", "a@evil.test"]);
  });

  test("allowed senders are left out, and so is what is too old or uncertain", async () => {
    const lab = await openHandlerLab(options);
    const text = "value,confidence\na@evil.test,90\nb@evil.test,10\nc@partner.test,90";
    const reply = await lab.run(action, act(text, { "Allowed Senders": "partner.test", "Min Confidence": "50" }));
    expect(answerOf(reply).success.map(({ sender }) => sender)).toEqual(["a@evil.test"]);
    expect(answerOf(reply).left.map(({ sender }) => sender)).toEqual(["b@evil.test", "c@partner.test"]);
    expect(blocked(lab)).toEqual(["a@evil.test"]);
  });

  test("a jump is refused with what can be done about it, until it is accepted", async () => {
    const lab = await openHandlerLab(options);
    const text = senders(6).join("\n");
    const refused = await lab.run(action, act(text, { "Max Changes": "5" }));
    expect(refused).toMatchObject({ state: "failed", result: false, json: { success: [] } });
    expect(refused.message).toMatch(
      /^Failed to update the blocklist: The run would change 6 entries; at most 5 .*Nothing was changed\..*the jump is accepted/,
    );
    expect(blocked(lab)).toEqual([]);
    const accepted = await lab.run(action, act(text, { "Max Changes": "5", "Accept Jump": "true" }));
    expect(accepted).toMatchObject({ state: "completed", result: true });
    expect(blocked(lab)).toEqual(senders(6));
  });

  test("a step that the platform repeats finds all as it is wanted, and sends nothing", async () => {
    const lab = await openHandlerLab(options);
    const given = act("a@evil.test\nb@evil.test");
    await lab.run(action, given, { workflow: "w-1" });
    const sent = lab.simulator.journal().length;
    const again = await lab.run(action, given, { workflow: "w-1" });
    expect(again).toMatchObject({ state: "completed", result: true, json: { failed: [], unknown: [] } });
    expect(again.message).toMatch(/2 of the entries stand on the list already/);
    expect(lab.simulator.journal().length).toBe(sent);
    expect(blocked(lab)).toEqual(["a@evil.test", "b@evil.test"]);
  });

  test("a lost answer is unknown and no failure", async () => {
    const lab = await openHandlerLab(options);
    lab.simulator.faults.add({ kind: "lose-answer", route: `POST ${path}` });
    lab.simulator.faults.add({ kind: "latency", milliseconds: 1, route: `GET ${path}`, count: 1 });
    lab.simulator.faults.add({ kind: "status", status: 500, route: `GET ${path}` });
    const lost = await lab.run(action, act("a@evil.test"));
    expect(lost).toMatchObject({ state: "timed_out", result: false });
    expect(answerOf(lost).unknown).toMatchObject([{ sender: "a@evil.test", reason: expect.any(String) }]);
  });

  test("input that cannot be is refused with the parameter's name", async () => {
    const lab = await openHandlerLab(options);
    for (const [given, complaint, config = {}] of [
      [{}, /Feed Text is missing; it or Feed URL: give one of them/],
      [{ "Feed Text": "a@evil.test", "Feed URL": "https://feeds.example.com/" }, /Feed Text stands beside Feed URL/],
      [{ "Feed Text": "a@evil.test", Label: "My Feed" }, /Label takes small letters, digits and hyphens/],
      [{ "Feed Text": "a@evil.test", "Min Confidence": "101" }, /Min Confidence .*0 to 100/],
      [{ "Feed Text": "a@evil.test", "Expire Days": "0" }, /Expire Days .*1 to 3650/],
      [{ "Feed Text": "a@evil.test", "Max Changes": "1001" }, /Max Changes takes a whole number from 1 to 1000/],
      [
        { "Feed Text": "a@evil.test" },
        /The organization's list needs Cluster ID in the configuration of the instance/,
        { "Cluster ID": "" },
      ],
      [{ "Feed URL": "https://feeds.example.com/list.csv" }, /No feed may be fetched from feeds\.example\.com/],
    ] as [Record<string, string>, RegExp, Record<string, string>?][]) {
      const reply = await lab.run(action, { "Dry Run": "false", ...given }, { config });
      expect(reply).toMatchObject({ state: "failed", result: false, json: { success: [] } });
      expect(reply.message).toMatch(complaint);
    }
    expect(blocked(lab)).toEqual([]);
  });
});

test("a feed is fetched from a host that the server's settings name", async () => {
  const authority = await makeAuthority();
  const feeds = await startFeeds(authority, { "/list.csv": document("a@evil.test\nb@evil.test") });
  onTestFinished(feeds.close);
  const lab = await openHandlerLab({ profile: "pod" });
  const optionsOf = lab.site.optionsOf;
  const url = new URL("/list.csv?key=secret", feeds.url);
  lab.site.optionsOf = (root) => {
    const shared = optionsOf?.(root);
    return { ...shared, ca: `${String(shared?.ca)}\n${authority.cert}`, feedHosts: [url.hostname] };
  };
  const reply = await lab.run(action, { "Feed URL": url.href, "Dry Run": "false" });
  expect(reply).toMatchObject({ state: "completed", result: true });
  expect(blocked(lab)).toEqual(["a@evil.test", "b@evil.test"]);
  feeds.documents["/list.csv"] = document("");
  const empty = await lab.run(action, { "Feed URL": url.href, "Dry Run": "false" });
  expect(empty).toMatchObject({ state: "failed", result: false });
  expect(empty.message).toMatch(/^Failed to update the blocklist: The feed .*list\.csv is empty/);
  expect(empty.message).not.toContain("secret");
  expect(blocked(lab)).toEqual(["a@evil.test", "b@evil.test"]);
});
