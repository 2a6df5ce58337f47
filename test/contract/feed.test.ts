import { describe, expect, onTestFinished, test } from "vitest";
import type { Pps, PpsOptions } from "../../src/client/index.ts";
import type { ListOutcome } from "../../src/commands/index.ts";
import { makeAuthority } from "../client/https-server.ts";
import { bundle, document, indicator, startFeeds, taxiiObjects } from "../feeds/feed-server.ts";
import { habits, type Lab, openLab } from "./lab.ts";

// pps-api.md 7: whatever a feed names, the organisation's list holds it as the rules say, and its rate is kept.

const withCloud = habits.map(
  ([name, options]) => [name, { ...options, quirks: { ...options.quirks, "cloud-lists": "present" } }] as const,
);

const dayMs = 86_400_000;
const blocked = ({ simulator }: Lab) => simulator.organisationLists.entries("block").map(({ value }) => value);
const senders = (count: number, name = "s") => Array.from({ length: count }, (_, index) => `${name}${index}@evil.test`);
const kinds = (outcomes: readonly ListOutcome[]) =>
  outcomes.map(({ action, outcome, entry }) => [outcome, action, entry]);

/** Feeds over TLS, and a client that trusts their authority too. */
async function withFeeds(lab: Lab, options: Partial<PpsOptions> = {}) {
  const authority = await makeAuthority();
  const feeds = await startFeeds(authority);
  onTestFinished(feeds.close);
  const ca = `${lab.simulator.ca}\n${authority.cert}`;
  return { feeds, pps: lab.connect({ ca, ...options }) };
}

describe.each(withCloud)("%s", (_name, options) => {
  test("more entries than the rate allows are all added, and the API is never asked too often", async () => {
    const lab = await openLab(options);
    const { counts } = await lab.pps.blocklist.feed({ file: [...senders(25), "gmail.com"].join("\n") });
    expect(counts).toEqual({ accepted: 25, left: 1 });
    expect(blocked(lab)).toEqual(senders(25));
    expect(lab.waits.reduce((sum, wait) => sum + wait, 0)).toBeGreaterThanOrEqual(2 * 60_000);
    expect(lab.reported).toEqual([]);
  });

  test("what the feed has lost goes when its day has come, and no sooner; what others keep stays", async () => {
    const lab = await openLab(options);
    await lab.pps.blocklist.add({ entries: ["theirs@evil.test"] });
    await lab.pps.blocklist.feed({ file: "a@evil.test\nb@evil.test\ntheirs@evil.test", expireDays: 2 });
    const rest = { file: "a@evil.test", expireDays: 2 };
    expect((await lab.pps.blocklist.feed(rest)).outcomes).toEqual([]);
    lab.simulator.clock.advance(dayMs);
    expect((await lab.pps.blocklist.feed(rest)).outcomes).toEqual([]);
    lab.simulator.clock.advance(dayMs);
    expect(kinds((await lab.pps.blocklist.feed(rest)).outcomes)).toEqual([["accepted", "remove", "b@evil.test"]]);
    expect(blocked(lab)).toEqual(["theirs@evil.test", "a@evil.test"]);
  });

  test("a run that was broken off is taken up again where it ended", async () => {
    const lab = await openLab(options);
    const file = senders(9).join("\n");
    const controller = new AbortController();
    const reason = new Error("switched off");
    lab.simulator.faults.add({ kind: "reset", route: "POST /api/v1/emailProtection/*", count: 1 });
    const run = lab.pps.stream("blocklist.feed", { file }, { signal: controller.signal });
    await run.next();
    await run.next();
    controller.abort(reason);
    await expect(run.next().then(() => run.next())).rejects.toBe(reason);
    const before = blocked(lab).length;
    expect(before).toBeGreaterThan(1);
    expect(before).toBeLessThan(9);
    const { counts } = await lab.connect().blocklist.feed({ file });
    expect(counts).toEqual({ accepted: 9 - before });
    expect(blocked(lab).sort()).toEqual(senders(9));
    expect((await lab.pps.blocklist.feed({ file })).outcomes).toEqual([]);
  });

  test("a collection is read page by page, and each run does what changed since", async () => {
    const lab = await openLab(options);
    const { feeds, pps } = await withFeeds(lab);
    const path = "/api/collections/c1/objects/";
    const url = `${feeds.url}/api/collections/c1/`;
    feeds.documents[path] = taxiiObjects(senders(5).map((address) => indicator(address)));
    expect((await pps.blocklist.feed({ url })).counts).toEqual({ accepted: 5 });
    expect(feeds.seen).toHaveLength(3);
    const later = { modified: "2026-03-03T00:00:00Z", revoked: true };
    feeds.documents[path] = taxiiObjects(
      [...senders(5), "new@evil.test"].map((address, index) => indicator(address, index === 1 ? later : {})),
    );
    expect(kinds((await pps.blocklist.feed({ url })).outcomes)).toEqual([
      ["left", "none", "s1@evil.test"],
      ["accepted", "remove", "s1@evil.test"],
      ["accepted", "add", "new@evil.test"],
    ]);
    expect(blocked(lab)).not.toContain("s1@evil.test");
  });
});

test("entries of a bundle carry the day they were added and the day they go", async () => {
  const lab = await openLab({ profile: "pod" });
  const { feeds, pps } = await withFeeds(lab);
  feeds.documents["/bundle"] = document(
    bundle([indicator("a@evil.test", { confidence: 90 }), indicator("b@evil.test", { confidence: 10 })]),
  );
  await pps.blocklist.feed({ url: `${feeds.url}/bundle`, minConfidence: 50 });
  expect((await pps.blocklist.list()).entries).toMatchObject([
    { entry: "a@evil.test", managedBy: "feed", date: "2026-03-04", until: "2026-04-03" },
  ]);
});

test("where feeds have hosts of their own, no other is asked", async () => {
  const lab = await openLab({ profile: "pod" });
  const { feeds, pps } = await withFeeds(lab, { feedHosts: ["feeds.example.com"] });
  await expect(pps.blocklist.feed({ url: `${feeds.url}/list` })).rejects.toMatchObject({
    code: "bad_input",
    message: "No feed may be fetched from 127.0.0.1: the option feedHosts does not name it.",
  });
  expect(feeds.seen).toEqual([]);
});

test("the library stops at a jump, since it has nobody to ask", async () => {
  const lab = await openLab({ profile: "pod" });
  const feed = (pps: Pps, count: number, acceptJump = false) =>
    pps.blocklist.feed({ file: senders(count).join("\n"), acceptJump });
  await feed(lab.pps, 20);
  await expect(feed(lab.pps, 41)).rejects.toMatchObject({ code: "refused" });
  expect(blocked(lab)).toHaveLength(20);
  expect((await feed(lab.pps, 41, true)).counts).toEqual({ accepted: 21 });
});
