import { expect, test } from "vitest";
import { type CloudLists, cloudSite, createCloudLists, wire } from "../../../../test/model/cloud-lists.ts";
import { bareContext } from "../../../../test/model/execute.ts";
import type { RunContext } from "../../../core/command.ts";
import { run } from "../../../core/run.ts";
import { countFound } from "../../outcome.ts";
import { type BlockChoice, blockSenders, leaveClaimed, leaveUntied, planBlocks, readBlocking } from "./blocking.ts";

const site: RunContext = { ...bareContext, now: Date.UTC(2026, 2, 4, 12), ...cloudSite };
const sender = "billing@evil.test";

/** Plans what becomes of these senders, and carries it out unless it is only to be planned. */
function block(senders: readonly string[], choice: BlockChoice = "auto", lists: CloudLists = createCloudLists()) {
  const blocking = readBlocking(choice, undefined, site);
  const plan = run(planBlocks(senders, blocking, "Phishing response: Your parcel", site), lists);
  const { counts } = run(countFound(blockSenders(plan, blocking)), lists);
  return { plan, lists, counts };
}

test("a sender is planned, then put on the list with the reason and the day", () => {
  const { plan, lists } = block([sender]);
  expect(plan).toMatchObject({
    planned: [{ action: "block", entry: sender, outcome: "planned", request: { method: "POST" } }],
    settled: [],
    notes: [],
  });
  expect(lists.items).toMatchObject([{ action: "block", entry: sender, outcome: "accepted" }]);
  expect(lists.blocklist).toEqual([wire(sender, { comment: "Phishing response: Your parcel [pps 2026-03-04]" })]);
});

test("a domain is blocked as a whole when that was asked for, and named once", () => {
  const { lists } = block([sender, "offers@evil.test"], "domain");
  expect(lists.blocklist).toMatchObject([{ operator: "contain", value: "@evil.test" }]);
});

test("who stands on the list already is left there, and nothing is sent", () => {
  const { plan, counts } = block([sender], "sender", createCloudLists({ blocklist: [wire("Billing@evil.test")] }));
  expect(plan.planned).toEqual([]);
  expect(plan.settled).toMatchObject([{ action: "block", entry: sender, outcome: "unchanged" }]);
  expect(counts).toEqual({});
});

test.each<[string, BlockChoice, RegExp]>([
  ["ann@example.com", "sender", /your own mail: example\.com is one of your own domains\.$/],
  ["ann@example.com", "domain", /your own mail/],
  ["somebody@gmail.com", "domain", /it is a mail provider/],
  ["a@example.co", "domain", /your own/],
  ["192.0.2.7", "sender", /is no address\.$/],
  ["*.com", "sender", /is no address\.$/],
  ["billing@evil", "sender", /has no dot in its domain/],
  ['"<script>\u202e', "sender", /./],
])("%s is refused when %s is to be blocked, and the others are blocked all the same", (refused, choice, message) => {
  const { plan, lists } = block([refused, sender], choice);
  expect(plan.settled).toEqual([
    expect.objectContaining({
      action: "block",
      outcome: "refused",
      code: "bad_input",
      message: expect.stringMatching(message),
    }),
  ]);
  expect(JSON.stringify(plan.settled)).not.toContain("\u202e");
  expect(lists.blocklist).toHaveLength(1);
});

test("who may not be blocked is left where nobody asked for it: a phish often forges such a sender", () => {
  const { plan, lists } = block(["ann@example.com", sender]);
  expect(plan.settled).toMatchObject([{ entry: "ann@example.com", outcome: "left" }]);
  expect(plan.settled[0]?.code).toBeUndefined();
  expect(lists.blocklist).toHaveLength(1);
});

test("a provider's single address is blocked", () => {
  expect(block(["somebody@gmail.com"]).lists.blocklist).toMatchObject([{ value: "somebody@gmail.com" }]);
});

test("without a way to the list its senders are left, with what is missing, unless blocking was asked for", () => {
  const bare = { ...site, threatProtection: { clusterId: "c", missing: ["the client id (cloudClientId)"] } };
  const lists = createCloudLists();
  const plan = run(planBlocks([sender, "x@evil.test"], readBlocking("auto", undefined, bare), "why", bare), lists);
  expect(plan).toMatchObject({
    changes: [],
    planned: [],
    settled: [
      {
        action: "block",
        outcome: "left",
        message: expect.stringMatching(/^Not blocked: billing@evil\.test, x@evil\.test\. .*cloudClientId/),
      },
    ],
  });
  expect(lists.asked).toEqual([]);
  expect(() => readBlocking("sender", undefined, bare)).toThrow(
    expect.objectContaining({ code: "bad_input" }) as Error,
  );
  expect(() => readBlocking("domain", undefined, bare)).toThrow(
    expect.objectContaining({ code: "bad_input" }) as Error,
  );
});

test("nobody is asked where nothing is to be blocked", () => {
  const { plan, lists } = block([sender], "none");
  expect(plan).toEqual({ changes: [], planned: [], settled: [], notes: [] });
  expect(lists.asked).toEqual([]);
});

test("a list that cannot be read fails for each sender, and the rest of the work can go on", () => {
  const { plan, lists } = block([sender, "x@evil.test"], "auto", createCloudLists({ fate: () => ({ status: 403 }) }));
  expect(plan.planned).toEqual([]);
  expect(plan.settled).toMatchObject([
    { action: "block", entry: sender, outcome: "failed", code: "denied" },
    { action: "block", entry: "x@evil.test", outcome: "failed", code: "denied" },
  ]);
  expect(lists.asked).toHaveLength(1);
});

test("a blocked sender who is trusted too is told of", () => {
  const { plan } = block([sender], "auto", createCloudLists({ safelist: [wire(sender)] }));
  expect(plan.notes).toEqual([expect.stringContaining(`${sender} also stands on the organisation's safelist`)]);
});

test("a site that named no domains of its own is told that they were not looked at", () => {
  const context = { ...site, ownDomains: [] };
  const plan = run(
    planBlocks([sender, "x@evil.test"], readBlocking("auto", undefined, context), "why", context),
    createCloudLists(),
  );
  expect(plan.notes).toEqual([expect.stringContaining("name your own domains in the settings")]);
});

test("whom a file alone calls its sender is left, with what to do where it is right", () => {
  const on = readBlocking("auto", undefined, site);
  expect(leaveClaimed(["orders@partner.example\u202e"], on)).toEqual([
    {
      action: "block",
      entry: expect.stringMatching(/^orders@partner\.example[^\u202e]*$/),
      sender: expect.any(String),
      outcome: "left",
      message: expect.stringContaining("headers can be forged"),
      hint: expect.stringContaining("name the sender"),
    },
  ]);
  expect(leaveClaimed([sender], { kind: "none" })).toEqual([]);
});

test("whose mail belongs by its content alone is left, and where there are many the rest are told of together", () => {
  const on = readBlocking("auto", undefined, site);
  const senders = Array.from({ length: 13 }, (_, index) => `s${index}@shop${index}.example`);
  const left = leaveUntied(senders, on);
  expect(left).toHaveLength(11);
  expect(left[0]).toMatchObject({
    entry: senders[0],
    outcome: "left",
    hint: expect.stringContaining("name the sender"),
  });
  expect(left[10]?.message).toMatch(/^Not blocked: s10@shop10\.example.*s12@shop12\.example; only links/);
  expect(leaveUntied(senders, { kind: "none" })).toEqual([]);
});
