import { createTransport } from "nodemailer";
import { describe, expect, test } from "vitest";
import { findCommand, type ResponseItem } from "../../src/commands/index.ts";
import type { Agree } from "../../src/core/steps.ts";
import type { Fault, SimulatorOptions } from "../../src/simulator/index.ts";
import { expandPlaceholders } from "../../src/simulator/load/placeholders.ts";
import { habits, type Lab, openLab } from "./lab.ts";

// What a response to a phish says it found and did is so, by the gateway's journal: what belongs to the campaign is deleted
// and nothing else, and whoever sent it is held the next time (pps-api.md 2, 4, 5 and 7).

const withCloud = habits.map(
  ([name, options]) => [name, { ...options, quirks: { ...options.quirks, "cloud-lists": "present" } }] as const,
);

const phisher = "billing@parcels.test";
const handled = /^(done|accepted)$/;

/** A site that has named its folders, so that a search is not over thirty of which nothing comes. */
function open(options: SimulatorOptions): Promise<Lab> {
  const folders = ["Quarantine", "Phish", "Blocked", "Deleted", "PCI", "Attachment Defense"];
  return openLab(options, { folders });
}

interface Letter {
  from?: string;
  to?: string[];
  subject: string;
  link?: string;
  /** What makes the filter hold it, or not. */
  more?: string;
}

/** What was sent, and where the gateway put it. */
interface Sent {
  guid: string;
  folder: string | undefined;
  raw: Buffer;
}

function write({ from = phisher, to = ["ann@example.com"], subject, link = "", more = "" }: Letter): Buffer {
  const lines = [
    `From: Parcel Desk <${from}>`,
    `To: ${to.join(", ")}`,
    `Subject: ${subject}`,
    `Message-ID: <${subject.replace(/\W/g, "")}.${to.length}@${from.split("@")[1]}>`,
    "Date: Wed, 4 Mar 2026 12:00:00 +0000",
    "Content-Type: text/plain; charset=utf-8",
    "",
    "Dear customer,",
    "your parcel waits until the fee of 2.90 is paid.",
    link,
    more,
    "",
  ];
  return expandPlaceholders(Buffer.from(lines.join("\r\n")));
}

/** Sends letters by SMTP, and learns from the journal what became of each. */
async function sendAll({ simulator }: Lab, letters: readonly Letter[]): Promise<Sent[]> {
  const [host, port] = simulator.smtp.split(":");
  const tls = { ca: simulator.ca, servername: "localhost" };
  const transport = createTransport({ host: String(host), port: Number(port), pool: true, maxConnections: 1, tls });
  const sent: Sent[] = [];
  for (const letter of letters) {
    const { from = phisher, to = ["ann@example.com"] } = letter;
    const raw = write(letter);
    const [{ sequence } = { sequence: 0 }] = simulator.journal().slice(-1);
    await transport.sendMail({ envelope: { from, to }, raw });
    const entry = simulator.journal(sequence).find(({ effect }) => effect === "held" || effect === "delivered");
    sent.push({ guid: String(entry?.guid), folder: entry?.folder, raw });
  }
  transport.close();
  return sent;
}

async function send(lab: Lab, letter: Letter): Promise<Sent> {
  const [sent] = await sendAll(lab, [letter]);
  if (sent === undefined) throw new Error("nothing was sent");
  return sent;
}

const page = "https://pay.parcels.test/fee";
const listed = "http://login.credential-harvest.test/fee";

/** A campaign of which some is held in three folders and some delivered, beside mail that only looks like it. */
async function load(lab: Lab) {
  const subject = (number: number) => `Your parcel ${number} waits for payment`;
  const [reported, delivered, phish, spam, other, incident, honest, unrelated] = (await sendAll(lab, [
    { subject: subject(4711), link: page },
    { subject: subject(4712), link: page, to: ["bob@example.com", "cem@example.com"] },
    { subject: subject(4713), link: `${page} ${listed}`, to: ["dee@example.com"] },
    { subject: subject(4714), link: page, more: "{{GTUBE}}", to: ["eva@example.com"] },
    { from: "desk@parcels-fee.test", subject: subject(4715), link: `${page} ${listed}`, to: ["fay@example.com"] },
    { subject: subject(4716), link: page, more: "Card 4111 1111 1111 1111" },
    {
      from: "service@carrier.example",
      subject: "Your parcel 20443 is on its way",
      link: "https://www.carrier.example/track",
      more: "{{GTUBE}}",
    },
    {
      from: "news@shop.example",
      subject: "Spring offers",
      link: "https://www.shop.example/",
      more: "{{GTUBE}}",
    },
  ])) as [Sent, Sent, Sent, Sent, Sent, Sent, Sent, Sent];
  // The trace may lag, and users read it later.
  lab.simulator.clock.advance(20 * 60_000);
  const held = [phish, spam, other];
  expect([reported, delivered, ...held, incident, honest, unrelated].map(({ folder }) => folder)).toEqual([
    ...[undefined, undefined, "Phish", "Quarantine", "Phish", "PCI", "Quarantine", "Quarantine"],
  ]);
  return { reported, delivered, held, incident, honest, unrelated };
}

/** The report as a colleague hands it on: the phish whole, as an attachment. */
function asReport(phish: Buffer): Buffer {
  const lines = [
    "From: Ann <ann@example.com>",
    "To: soc@example.com",
    "Subject: Fwd: is this real?",
    "Message-ID: <report@example.com>",
    "MIME-Version: 1.0",
    'Content-Type: multipart/mixed; boundary="b"',
    "",
    "--b",
    "Content-Type: text/plain",
    "",
    "Please look.",
    "--b",
    "Content-Type: message/rfc822",
    "Content-Disposition: attachment",
    "",
    phish.toString("latin1"),
    "--b--",
    "",
  ];
  return Buffer.from(lines.join("\r\n"), "latin1");
}

/** Everything that was done to mail or lists since, as the gateway wrote it down. */
async function effects({ simulator }: Lab, after: number) {
  simulator.clock.advance(20 * 60_000);
  await simulator.settle();
  return simulator.journal(after);
}

const lastOf = ({ simulator }: Lab) => simulator.journal().at(-1)?.sequence ?? 0;
const guidsOf = (entries: readonly { guid?: string }[]) => entries.map(({ guid }) => guid).sort();
const blocked = ({ simulator }: Lab) => simulator.organisationLists.entries("block").map(({ value }) => value);
const kinds = (items: readonly ResponseItem[], action: ResponseItem["action"]) =>
  items.filter((item) => item.action === action).map(({ entry, folder, outcome }) => [entry ?? folder, outcome]);

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

const pod: SimulatorOptions = { profile: "pod" };

/** Runs the command with somebody who answers. */
async function runAsked(lab: Lab, input: Record<string, unknown>, answer: "agreed" | "declined") {
  const plans: Agree[] = [];
  const items: ResponseItem[] = [];
  const command = findCommand("respond.phishing");
  if (command === undefined) throw new Error("there is no such command");
  const summary = await lab.pps.execute(command, input, {
    agree: (plan) => {
      plans.push(plan);
      return answer;
    },
    found: (more) => void items.push(...(more as ResponseItem[])),
  });
  return { plans, items, summary };
}

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

test("a dry run changes nothing and says what it would send", async () => {
  const lab = await open(pod);
  const { reported, held } = await load(lab);
  const start = lastOf(lab);
  const order = { message: reported.raw, sender: phisher, deletedFolder: "deleted" };
  const { outcomes } = await lab.pps.respond.phishing(order, { dryRun: true });
  expect(await effects(lab, start)).toEqual([]);
  const planned = outcomes.filter(({ outcome }) => outcome === "planned");
  expect(guidsOf(planned.filter(({ action }) => action === "delete"))).toEqual(guidsOf(held));
  expect(planned.find(({ action }) => action === "delete")).toMatchObject({
    message: "Would move it to Deleted; nothing was sent.",
    request: { body: { action: "delete", deletedfolder: "Deleted" } },
  });
  expect(kinds(planned, "block")).toContainEqual([phisher, "planned"]);
});

test("what is put away stands in the folder that was named", async () => {
  const lab = await open(pod);
  const { reported, held } = await load(lab);
  await lab.pps.respond.phishing({ message: reported.raw, deletedFolder: "Deleted", block: "none" });
  await effects(lab, 0);
  const { messages } = await lab.pps.quarantine.list({ sender: "*", folder: ["Deleted"], since: "7 days" });
  expect(guidsOf(messages)).toEqual(guidsOf(held));
});

test("whoever is asked sees the whole plan; no to it changes nothing", async () => {
  const lab = await open(pod);
  const { reported, held } = await load(lab);
  const start = lastOf(lab);
  const { plans, items, summary } = await runAsked(lab, { message: reported.raw, sender: phisher }, "declined");
  expect(plans).toHaveLength(1);
  const planned = (plans[0]?.items ?? []) as ResponseItem[];
  expect(guidsOf(planned.filter(({ action }) => action === "delete"))).toEqual(guidsOf(held));
  expect(kinds(planned, "block")).toContainEqual([phisher, "planned"]);
  expect(plans[0]?.notes.join("\n")).toContain("3 mailboxes");
  expect(items).toEqual([]);
  expect(summary).toMatchObject({ counts: {}, notes: [] });
  expect(await effects(lab, start)).toEqual([]);
});

test("what comes in between plan and agreement is not part of it", async () => {
  const lab = await open(pod);
  const { reported, held } = await load(lab);
  const start = lastOf(lab);
  const command = findCommand("respond.phishing");
  if (command === undefined) throw new Error("there is no such command");
  let late: Sent | undefined;
  await lab.pps.execute(
    command,
    { message: reported.raw, block: "none" },
    {
      async agree(): Promise<"agreed"> {
        late = await send(lab, { subject: "Your parcel 4799 waits for payment", link: `${page} ${listed}` });
        return "agreed";
      },
    },
  );
  expect(late?.folder).toBe("Phish");
  const deleted = (await effects(lab, start)).filter(({ effect }) => effect === "deleted");
  expect(guidsOf(deleted)).toEqual(guidsOf(held));
});

test("where nothing is held and nobody can be blocked, nobody is asked", async () => {
  const lab = await open(pod);
  const { plans, items, summary } = await runAsked(lab, { subject: "Nothing like it", block: "none" }, "declined");
  expect(plans).toEqual([]);
  expect(items).toEqual([]);
  expect(summary).toMatchObject({ counts: {}, campaign: { messages: 0, first: null, last: null }, deliveries: [] });
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
  const order = { message: reported.raw, block: "none", threshold: 100 } as const;
  const start = lastOf(lab);
  const careful = await lab.pps.respond.phishing(order);
  expect(careful.outcomes.filter(({ action }) => action === "delete").length).toBeLessThan(held.length);
  expect(careful.notes.join("\n")).toMatch(/match(es)? only weakly/);
  expect((await effects(lab, start)).length).toBeLessThan(held.length);
  await lab.pps.respond.phishing({ ...order, weak: true });
  expect(guidsOf(await effects(lab, start))).toEqual(expect.arrayContaining(guidsOf(held)));
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
  const command = findCommand("respond.phishing");
  if (command === undefined) throw new Error("there is no such command");
  const items: ResponseItem[] = [];
  await lab.pps.execute(
    command,
    { message: reported.raw, block: "none" },
    {
      agree() {
        // From here on nothing answers any more, neither to the deletion nor to the look after it.
        lab.simulator.faults.add({ kind: "lose-answer", route: "POST /quarantine" });
        lab.simulator.faults.add({ kind: "status", status: 500, route: "GET /quarantine" });
        return "agreed";
      },
      found: (more) => void items.push(...(more as ResponseItem[])),
    },
  );
  const deletions = items.filter(({ action }) => action === "delete");
  expect(deletions).toHaveLength(3);
  expect(deletions[0]).toMatchObject({ outcome: "unknown", subject: expect.stringContaining("Your parcel") });
});

test("a sender whose addition was lost is told of by what the list says", async () => {
  const lab = await open(pod);
  const { reported } = await load(lab);
  lab.simulator.faults.add({ kind: "lose-answer", route: "POST /api/v1/emailProtection/*", count: 1 });
  const { outcomes } = await lab.pps.respond.phishing({ message: reported.raw, sender: phisher });
  expect(kinds(outcomes, "block")).toContainEqual([phisher, "accepted"]);
  expect(blocked(lab)).toContain(phisher);
});

test("the guard rails refuse a sender of the site's own, which stops nothing else and is not blocked", async () => {
  const lab = await open(pod);
  const { reported, held } = await load(lab);
  const start = lastOf(lab);
  const { outcomes } = await lab.pps.respond.phishing({ message: reported.raw, sender: "ann@example.com" });
  expect(kinds(outcomes, "block")).toContainEqual(["ann@example.com", "refused"]);
  expect(blocked(lab)).not.toContain("ann@example.com");
  expect(blocked(lab)).toContain(phisher);
  const deleted = (await effects(lab, start)).filter(({ effect }) => effect === "deleted");
  expect(guidsOf(deleted)).toEqual(guidsOf(held));
});

test("a hostile subject stands in the entry's comment as one clean line, without the marks of those who handed it on", async () => {
  const lab = await open(pod);
  const encoded = Buffer.from("Re: [EXTERNAL] Pay\u202e now\r\nor never").toString("base64");
  const message = write({ subject: `=?UTF-8?B?${encoded}?=`, link: page });
  const { notes } = await lab.pps.respond.phishing({ message, sender: phisher });
  const [entry] = lab.simulator.organisationLists.entries("block");
  expect(entry).toMatchObject({ value: phisher, comment: "Phishing response: Pay now or never [pps 2026-03-04]" });
  expect(notes.join("")).not.toMatch(/[\u202e\r\n]/);
});

test("without a key of the cloud API the held mail is deleted and the senders are left; asked for, it is refused at once", async () => {
  const lab = await open({ profile: "onprem" });
  const { reported, held } = await load(lab);
  const start = lastOf(lab);
  const refusal = lab.pps.respond.phishing({ message: reported.raw, block: "sender" });
  await expect(refusal).rejects.toMatchObject({ code: "bad_input", message: expect.stringContaining("cloudClientId") });
  expect(lastOf(lab)).toBe(start);
  const { outcomes } = await lab.pps.respond.phishing({ message: reported.raw, sender: phisher });
  expect(outcomes.filter(({ action }) => action === "block")).toMatchObject([
    { outcome: "left", message: expect.stringMatching(/^Not blocked: .*cloudClientId/) },
  ]);
  expect(guidsOf(await effects(lab, start))).toEqual(guidsOf(held));
});

test("a second run finds the senders blocked already", async () => {
  const lab = await open(pod);
  const { reported } = await load(lab);
  await lab.pps.respond.phishing({ message: reported.raw, sender: phisher });
  lab.simulator.clock.advance(20 * 60_000);
  const { outcomes } = await lab.pps.respond.phishing({ message: reported.raw, sender: phisher });
  expect(kinds(outcomes, "block")).toContainEqual([phisher, "unchanged"]);
  expect(kinds(outcomes, "delete")).toEqual([]);
});

test("a forged Return-Path does not have an honest sender blocked", async () => {
  const lab = await open(pod);
  const partner = "orders@partner.example";
  const honest = await send(lab, { from: partner, subject: "Minutes of Tuesday", more: "{{GTUBE}}" });
  const start = lastOf(lab);
  const forged = write({ from: partner, subject: "Your parcel waits at the depot" });
  const message = Buffer.concat([Buffer.from(`Return-Path: <${partner}>\r\n`), forged]);
  const { outcomes } = await lab.pps.respond.phishing({ message });
  expect(honest.folder).toBeDefined();
  expect(outcomes.filter(({ action }) => action === "block")).toMatchObject([
    { entry: partner, outcome: "left", message: expect.stringContaining("can be forged") },
  ]);
  expect(await effects(lab, start)).toEqual([]);
  expect(lab.simulator.organisationLists.entries("block")).toEqual([]);
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
