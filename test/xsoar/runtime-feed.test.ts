import { expect, test } from "vitest";
import { keptAt, openResponseRoom, type ResponseRoom } from "./response-room.ts";

const feed = "proofpoint-pps-blocklist-feed";
const path = "Proofpoint.SenderListChange";

function blocked({ simulator }: ResponseRoom): string[] {
  return simulator.organisationLists.entries("block").map(({ value }) => value);
}

test("a dry run of a feed tells what would be added and left out, and the run adds it", async () => {
  const room = await openResponseRoom();
  const file = "bad@evil.test\nworse@evil.test\nexample.com\n";
  const plan = await room.run(feed, { file, dry_run: "true" });
  expect(plan.errors).toBe("");
  expect(plan.readable).toMatch(/^### Plan: Block From Feed\n\|outcome\|action\|entry\|message\|\n/);
  expect(
    keptAt(plan, path)
      .map(({ outcome, action, entry }) => `${outcome} ${action} ${entry}`)
      .sort(),
  ).toEqual([
    expect.stringMatching(/^left none @?example\.com$/),
    "planned add bad@evil.test",
    "planned add worse@evil.test",
  ]);
  expect(JSON.stringify(keptAt(plan, path))).not.toContain('"request"');
  expect(blocked(room)).toEqual([]);
  const { integrationContext } = plan;
  const run = await room.run(feed, { file }, { integrationContext });
  expect(run.errors).toBe("");
  expect(run.readable.match(/^\| accepted \| add \|/gm)).toHaveLength(2);
  expect(blocked(room).sort()).toEqual(["bad@evil.test", "worse@evil.test"]);
});

test.each([
  ["proofpoint-pps-blocklist-add", { email: "bad@evil.test" }],
  ["proofpoint-pps-blocklist-sync", { file: "bad@evil.test", label: "feed" }],
  ["proofpoint-pps-users-blocklist-add", { entries: "bad@evil.test", user: "ann@example.com" }],
])("%s can be planned first too, and then changes nothing", async (command, args) => {
  const room = await openResponseRoom();
  await room.run("proofpoint-pps-create-user", { email: "ann@example.com" });
  const before = await room.effects();
  const { errors, readable } = await room.run(command, { ...args, dry_run: "true" });
  expect([errors, readable]).toEqual(["", expect.stringMatching(/^bad@evil\.test.*: Would add.*nothing was sent/)]);
  expect(await room.effects()).toEqual(before);
});

test("a feed that is empty all of a sudden is refused, and changes nothing unless that is accepted", async () => {
  const room = await openResponseRoom();
  const { integrationContext } = await room.run(feed, { file: "bad@evil.test" });
  const refused = await room.run(feed, { file: "# nothing" }, { integrationContext });
  expect(refused.entries.map(({ Type }) => Type)).toEqual([4]);
  expect(refused.errors).toContain("Nothing was changed.");
  expect(blocked(room)).toEqual(["bad@evil.test"]);
});

test("without its text a feed is not run, and no address is fetched", async () => {
  const room = await openResponseRoom();
  const { errors, calls } = await room.run(feed, { url: "https://feeds.example.com/senders.csv" });
  expect(errors).toBe("Give the text of the feed as file.");
  expect(calls).toEqual([]);
});

test("more than the cloud takes within the timeout is an error that names the time to go on, with what was done beside it", async () => {
  const room = await openResponseRoom({ timeout: "10" });
  const senders = Array.from({ length: 12 }, (_, index) => `bad${index}@evil.test`);
  const run = await room.run(feed, { file: senders.join("\n") });
  expect(run.errors).toContain("10 calls a minute");
  expect(run.errors).toMatch(/try again at 2026-03-04T12:0\d/);
  const done = keptAt(run, path).filter(({ outcome }) => outcome === "accepted");
  expect(done).not.toHaveLength(0);
  expect(blocked(room)).toHaveLength(done.length);
  expect(run.waits.reduce((sum, seconds) => sum + seconds, 0)).toBeLessThanOrEqual(10);
});
