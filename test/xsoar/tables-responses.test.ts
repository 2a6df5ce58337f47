import { expect, test } from "vitest";
import type { Entry } from "../../src/hosts/xsoar/entries/entry.ts";
import { findXsoarCommand } from "../../src/hosts/xsoar/integration/commands.ts";
import type { XsoarCommand } from "../../src/hosts/xsoar/integration/xsoar-command.ts";

const pps = "proofpoint-pps";

/** What a command shows of items and a summary, as if it had been run. */
function render(name: string, items: readonly unknown[], summary: object): Entry[] {
  const xsoar = findXsoarCommand(name) as XsoarCommand;
  const { command } = xsoar.call({ sender: "billing@parcels.test", file: "evil.test" }, 0);
  return xsoar.render({ items, summary, args: {}, command });
}

const indicators = {
  envelopeSender: "billing@parcels.test",
  headerSenders: [],
  displayNames: [],
  replyTo: [],
  returnPath: "",
  subject: "Pay `now` | today",
  messageId: "",
  sendingIp: "",
  urls: ["https://pay.parcels.test/fee"],
  hosts: ["pay.parcels.test"],
  attachments: [{ name: "invoice.pdf", sha256: "00" }],
  date: "",
};

const campaign = { messages: 1, strong: 1, weak: 0, held: 1, delivered: 0, stopped: 0 };

test("what was looked for is shown without a link that could be clicked on, and kept as it is", () => {
  const entries = render(`${pps}-respond-phishing`, [], { indicators: [indicators], campaign, notes: [] });
  const [, summary] = entries as { HumanReadable: string; EntryContext: object }[];
  expect(summary?.HumanReadable).toContain(
    [
      "### Looked for",
      "|envelopeSender|subject|hosts|urls|attachments|",
      "|---|---|---|---|---|",
      "| billing@parcels.test | Pay \\`now\\` \\| today | pay[.]parcels[.]test | hxxps://pay[.]parcels[.]test/fee | invoice.pdf |",
    ].join("\n"),
  );
  expect(Object.values(summary?.EntryContext ?? {})).toMatchObject([{ indicators: [indicators] }]);
});

test("what broke off before it knew a campaign tells what was done, and of no campaign", () => {
  const done = { action: "delete", guid: "g", outcome: "done", message: "Deleted." };
  const entries = render(`${pps}-respond-phishing`, [done], {});
  expect(entries).toHaveLength(1);
  expect(entries[0]).toMatchObject({ HumanReadable: expect.stringContaining("| done | delete |") });
});

test("a war room shows 200 rows of many, first what something is done about; context holds them all", () => {
  const left = Array.from({ length: 300 }, (_, at) => ({
    action: "none",
    guid: `l${at}`,
    outcome: "left",
    message: "",
  }));
  const done = { action: "delete", guid: "d", outcome: "done", message: "Deleted." };
  const [entry] = render(`${pps}-respond-phishing`, [...left, done], { notes: [] });
  const { HumanReadable: shown, Contents: kept } = entry as unknown as { HumanReadable: string; Contents: unknown[] };
  expect(shown.split("\n")[3]).toContain("| done | delete |");
  expect(shown.match(/^\| /gm)).toHaveLength(200);
  expect(shown).toMatch(/\n101 more are in the context data\.$/);
  expect(kept).toHaveLength(301);
});

test("what would be sent stays out of context, and a plan is no failure", () => {
  const request = { method: "POST", path: "/quarantine", body: { action: "delete" } };
  const planned = { action: "add", list: "blocklist", entry: "evil.test", outcome: "planned", message: "Would add." };
  for (const name of ["respond-phishing", "blocklist-feed", "blocklist-sync"]) {
    const entries = render(`${pps}-${name}`, [{ ...planned, request }], { notes: [] });
    expect(entries).toEqual([expect.objectContaining({ Type: 1, Contents: [planned] })]);
  }
});
