import { describe, expect, test } from "vitest";
import type { Fault } from "../../src/simulator/index.ts";
import {
  asReport,
  blocked,
  effects,
  guidsOf,
  handled,
  kinds,
  lastOf,
  load,
  open,
  phisher,
  pod,
  send,
} from "./campaign-lab.ts";
import { habits } from "./lab.ts";

// What a response to a phish says it found and did is so, by the gateway's journal: what belongs to the campaign is deleted
// and nothing else, and whoever sent it is held the next time (pps-api.md 2, 4, 5 and 7).

const withCloud = habits.map(
  ([name, options]) => [name, { ...options, quirks: { ...options.quirks, "cloud-lists": "present" } }] as const,
);

describe.each(withCloud)("%s", (_name, options) => {
  test("a reported message's campaign is deleted where it is held, its senders are held from then on, and nothing else is touched", async () => {
    const lab = await open(options);
    const { reported, delivered, held, incident, honest, unrelated } = await load(lab);
    const start = lastOf(lab);
    const result = await lab.pps.respond.phishing({ message: reported.raw, sender: phisher });
    const done = await effects(lab, start);
    expect(guidsOf(done.filter(({ effect }) => effect === "deleted"))).toEqual(guidsOf(held));
    // Blocked first, so that nothing more comes in meanwhile.
    expect(done.map(({ effect }) => effect)).toEqual(["listed", "listed", "deleted", "deleted", "deleted"]);
    const deleted = result.outcomes.filter(({ action }) => action === "delete");
    expect(guidsOf(deleted)).toEqual(guidsOf(held));
    for (const item of deleted) {
      expect(item).toMatchObject({ outcome: expect.stringMatching(handled), state: "held" });
      expect(item.subject).toMatch(/^Your parcel/);
      expect(item.score).toBeGreaterThanOrEqual(60);
      expect(item.reasons).not.toEqual([]);
      expect(item.request).toBeUndefined();
    }
    expect(blocked(lab).sort()).toEqual([phisher, "desk@parcels-fee.test"].sort());
    expect(result.outcomes.filter(({ guid }) => guid === incident.guid)).toMatchObject([
      { outcome: "left", action: "none", folder: "PCI", message: expect.stringContaining("DLP") },
    ]);
    const touched = result.outcomes.filter(({ guid }) => guid === honest.guid || guid === unrelated.guid);
    for (const { outcome } of touched) expect(outcome).toBe("left");
    expect(result.deliveries.map(({ recipient, guid }) => [recipient, guid]).sort()).toEqual(
      [
        ["ann@example.com", reported.guid],
        ["bob@example.com", delivered.guid],
        ["cem@example.com", delivered.guid],
      ].sort(),
    );
    expect(result.notes.join("\n")).toContain("PPS cannot take mail back from mailboxes");
    expect((await send(lab, { subject: "See you tomorrow" })).folder).toBe("Blocked");
    expect(result.campaign).toMatchObject({ strong: 6, held: 4, delivered: 2, senders: 2 });
    expect(lab.reported).toEqual([]);
  });

  test("a guid leads to the same campaign, of a held message by what it says and of a delivered one by its trace", async () => {
    const lab = await open(options);
    const { reported, held } = await load(lab);
    const plan = await lab.pps.respond.phishing({ guid: held[0]?.guid ?? "" }, { dryRun: true });
    expect(plan.indicators).toMatchObject([
      { envelopeSender: phisher, hosts: expect.arrayContaining(["pay.parcels.test"]) },
    ]);
    expect(guidsOf(plan.outcomes.filter(({ action }) => action === "delete"))).toEqual(guidsOf(held));
    const traced = await lab.pps.respond.phishing({ guid: reported.guid }, { dryRun: true });
    expect(traced.indicators).toMatchObject([
      { envelopeSender: phisher, subject: "Your parcel 4711 waits for payment" },
    ]);
    const found = guidsOf(traced.outcomes.filter(({ action }) => action === "delete"));
    expect(guidsOf(held)).toEqual(expect.arrayContaining(found));
    expect(found).toEqual(expect.arrayContaining(guidsOf(held.slice(0, 2))));
  });

  const breaks: [string, Fault][] = [
    ["a lost answer", { kind: "lose-answer", count: 1 }],
    ["a dropped connection", { kind: "reset", count: 1 }],
  ];
  test.each(breaks)("after %s to a deletion the outcome is what the quarantine says", async (_fault, fault) => {
    const lab = await open(options);
    const { reported, held } = await load(lab);
    const start = lastOf(lab);
    lab.simulator.faults.add({ ...fault, route: "POST /quarantine", action: "delete" });
    const { outcomes } = await lab.pps.respond.phishing({ message: reported.raw, block: "none" });
    const deletions = outcomes.filter(({ action }) => action === "delete");
    expect(deletions.map(({ outcome }) => outcome)).toEqual(held.map(() => expect.stringMatching(handled)));
    expect(guidsOf(await effects(lab, start))).toEqual(guidsOf(held));
  });
});

test("a report that carries the phish as an attachment leads to the same campaign", async () => {
  const lab = await open(pod);
  const { reported, held } = await load(lab);
  const start = lastOf(lab);
  const { indicators } = await lab.pps.respond.phishing({ message: asReport(reported.raw), block: "none" });
  expect(indicators).toMatchObject([{ subject: "Your parcel 4711 waits for payment", hosts: ["pay.parcels.test"] }]);
  const done = await effects(lab, start);
  expect(done.map(({ effect }) => effect)).toEqual(["deleted", "deleted", "deleted"]);
  expect(guidsOf(done)).toEqual(guidsOf(held));
});

test("what is put away stands in the folder that was named", async () => {
  const lab = await open(pod);
  const { reported, held } = await load(lab);
  await lab.pps.respond.phishing({ message: reported.raw, deletedFolder: "Deleted", block: "none" });
  await effects(lab, 0);
  const { messages } = await lab.pps.quarantine.list({ sender: "*", folder: ["Deleted"], since: "7 days" });
  expect(guidsOf(messages)).toEqual(guidsOf(held));
});

test("the message a guid names is deleted though nothing it shows can be searched for", async () => {
  const lab = await open(pod);
  const bounce = await send(lab, { from: "", subject: "Hello", more: "{{GTUBE}}" });
  lab.simulator.clock.advance(20 * 60_000);
  const start = lastOf(lab);
  const { outcomes, campaign } = await lab.pps.respond.phishing({ guid: bounce.guid, block: "none" });
  expect(campaign).toMatchObject({ messages: 1, strong: 1 });
  expect(outcomes).toMatchObject([{ guid: bounce.guid, folder: bounce.folder, score: 100 }]);
  expect(guidsOf(await effects(lab, start))).toEqual([bounce.guid]);
});

test("what matches only weakly is left unless it was asked for", async () => {
  const lab = await open(pod);
  const { reported, held } = await load(lab);
  const subject = "Your parcel 4717 waits for payment";
  const alike = await send(lab, { from: "fee@depot.example", subject, more: "{{GTUBE}}" });
  lab.simulator.clock.advance(20 * 60_000);
  const order = { message: reported.raw, block: "none" } as const;
  const start = lastOf(lab);
  const careful = await lab.pps.respond.phishing(order);
  expect(careful.notes.join("\n")).toMatch(/match(es)? only weakly/);
  expect(guidsOf(await effects(lab, start))).toEqual(guidsOf(held));
  const then = lastOf(lab);
  await lab.pps.respond.phishing({ ...order, weak: true });
  expect(guidsOf(await effects(lab, then))).toEqual([alike.guid]);
});

test("beyond the limit the rest is left and the answer says that it is not whole", async () => {
  const lab = await open(pod);
  const { reported } = await load(lab);
  const result = await lab.pps.respond.phishing({ message: reported.raw, block: "none", limit: 1 });
  expect(kinds(result.outcomes, "delete")).toHaveLength(1);
  expect(result.truncated).toBe(true);
  expect(result.notes).toContainEqual(
    expect.stringContaining("2 more held messages are left because of the limit of 1"),
  );
});

test("a deletion of which nothing can be learnt is called unknown, and the others are told apart", async () => {
  const lab = await open(pod);
  const { reported } = await load(lab);
  const agree = () => {
    // From here on nothing answers any more, neither to the deletion nor to the look after it.
    lab.simulator.faults.add({ kind: "lose-answer", route: "POST /quarantine" });
    lab.simulator.faults.add({ kind: "status", status: 500, route: "GET /quarantine" });
    return "agreed" as const;
  };
  const { outcomes } = await lab.pps.respond.phishing({ message: reported.raw, block: "none" }, { agree });
  const deletions = outcomes.filter(({ action }) => action === "delete");
  expect(deletions).toHaveLength(3);
  expect(deletions[0]).toMatchObject({ outcome: "unknown", subject: expect.stringContaining("Your parcel") });
});

const empty = Buffer.from("From: <>\r\nSubject: \r\nMessage-ID: <>\r\nReceived: x\r\n\r\nhi\r\n");

test.each([
  ["a file that is no mail", { message: Buffer.from("%PDF-1.7 nothing of a mail") }, "bad_input", "message"],
  ["nothing at all", {}, "bad_input", undefined],
  ["a subject that says nothing to search for", { subject: "*" }, "bad_input", undefined],
  ["a message of which nothing can be searched for", { message: empty }, "bad_input", undefined],
  ["a guid nobody knows", { guid: "nobody-knows-it" }, "not_found", undefined],
])("%s is refused in one sentence", async (_what, input, code, field) => {
  const lab = await open(pod);
  const error = await lab.pps.respond.phishing(input).catch((refusal: unknown) => refusal);
  expect(error).toMatchObject({ name: "PpsError", code });
  if (field !== undefined) expect(error).toMatchObject({ field });
});
