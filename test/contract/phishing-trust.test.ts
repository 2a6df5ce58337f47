import { describe, expect, test } from "vitest";
import { asReport, blocked, guidsOf, open, pod } from "./campaign-lab.ts";
import { adviser, attacker, compose, deletedBy, genuine, imitation, type Post, post } from "./forged-mail.ts";

// Whoever writes the mail that is reported must not get an innocent sender blocked, or his mail deleted: what a file says of
// itself is a claim, and PPS's records are what counts, by the journal of what was done.

describe.each<[string, string[]]>([
  ["as it came", []],
  ["with a forged Return-Path", [`Return-Path: <${adviser}>`]],
])("a mail that imitates an honest newsletter, %s,", (_how, headers) => {
  test.each<[string, (raw: Buffer) => Buffer]>([
    ["by itself", (raw) => raw],
    ["forwarded as an attachment", asReport],
  ])("reported %s, leads to its sender and copies, and not to the newsletter", async (_way, wrap) => {
    const lab = await open(pod);
    const honest = await post(lab, genuine);
    const first = await post(lab, { ...imitation, id: "x1@evil.test", headers });
    const second = await post(lab, { ...imitation, id: "x2@evil.test", to: "bob@example.com", headers });
    expect([honest, first, second].map(({ isHeld }) => isHeld)).toEqual([true, true, true]);
    const deleted = await deletedBy(lab, () => lab.pps.respond.phishing({ message: wrap(first.raw) }));
    expect(deleted).toEqual(guidsOf([first, second]));
    expect(blocked(lab)).toEqual([attacker]);
  });
});

test("an imitation named by its guid, with the links of the newsletter, does not lead to the newsletter", async () => {
  const lab = await open(pod);
  const body = "The guide: https://www.tax-adviser.example/guide {{GTUBE}}";
  const honest = await post(lab, { ...genuine, body });
  const phish = await post(lab, { ...imitation, id: "x1@evil.test", body });
  expect([honest.isHeld, phish.isHeld]).toEqual([true, true]);
  const deleted = await deletedBy(lab, () => lab.pps.respond.phishing({ guid: phish.guid }));
  expect(deleted).toEqual([phish.guid]);
  expect(blocked(lab)).toEqual([attacker]);
});

describe("a stranger's mail under a forged own address that carries an innocent one", () => {
  async function load() {
    const lab = await open(pod);
    const innocent = await post(lab, { ...genuine, subject: "Minutes of the review board" });
    const carrier = await post(lab, {
      envelope: attacker,
      from: "IT <it@example.com>",
      subject: "Password expires, see attached",
      id: "c1@evil.test",
      body: "Open the attached message.",
      attached: innocent.raw,
    });
    expect(innocent.isHeld).toBe(true);
    return { lab, innocent, carrier };
  }

  test.each<[string, (raw: Buffer) => Buffer]>([
    ["handed in as it is", (raw) => raw],
    ["forwarded as an attachment", asReport],
  ])("%s, leads to nobody, and it says how to tell which one is meant", async (_way, wrap) => {
    const { lab, carrier } = await load();
    lab.simulator.clock.advance(20 * 60_000);
    await expect(lab.pps.respond.phishing({ message: wrap(carrier.raw) }, { dryRun: true })).rejects.toMatchObject({
      code: "bad_input",
      message: expect.stringMatching(
        /^The message of it@example\.com and 1 message .* recorded it as coming from outside/,
      ),
      hint: expect.stringContaining(
        `as .eml; where the one that carries it is meant, name that by its guid, ${carrier.guid}.`,
      ),
    });
    expect(blocked(lab)).toEqual([]);
  });

  test("is cleared up by its guid, and the innocent one is left", async () => {
    const { lab, innocent, carrier } = await load();
    const deleted = await deletedBy(lab, () => lab.pps.respond.phishing({ guid: carrier.guid }));
    expect(deleted).not.toContain(innocent.guid);
    expect(blocked(lab)).toEqual([attacker]);
  });

  test("is not looked into where the trace cannot tell whose it is", async () => {
    const { lab, carrier } = await load();
    lab.simulator.faults.add({ kind: "status", status: 403, route: "GET /pss/filter" });
    await expect(lab.pps.respond.phishing({ message: asReport(carrier.raw) })).rejects.toMatchObject({
      code: "bad_input",
      message: expect.stringContaining("PPS's record of it cannot be read"),
    });
    expect(blocked(lab)).toEqual([]);
  });
});

describe("a phish that honest people report", () => {
  const phish: Post = { ...imitation, id: "x1@evil.test" };

  test("through a partner is cleared up without the partner", async () => {
    const lab = await open(pod);
    const sent = await post(lab, phish);
    const partner = { envelope: "ann@partner.example", to: "soc@example.com", id: "r1@partner.example" };
    const report = await post(lab, {
      ...partner,
      subject: "Is this phish?",
      body: "Please look. {{GTUBE}}",
      attached: sent.raw,
    });
    expect(report.isHeld).toBe(true);
    const order = { message: report.raw };
    lab.simulator.clock.advance(20 * 60_000);
    await expect(lab.pps.respond.phishing(order)).rejects.toMatchObject({ code: "bad_input" });
    expect(await deletedBy(lab, () => lab.pps.respond.phishing({ message: sent.raw }))).toEqual([sent.guid]);
    expect(blocked(lab)).toEqual([attacker]);
  });

  test("under an own address without an envelope sender is cleared up, and they are not", async () => {
    const lab = await open(pod);
    const sent = await post(lab, phish);
    const own = { envelope: "", from: "Ann <ann@example.com>", to: "soc@example.com", id: "r1@example.com" };
    const report = await post(lab, {
      ...own,
      subject: "Is this phish?",
      body: "Please look. {{GTUBE}}",
      attached: sent.raw,
    });
    expect(report.isHeld).toBe(true);
    expect(await deletedBy(lab, () => lab.pps.respond.phishing({ message: report.raw }))).toEqual([sent.guid]);
    expect(blocked(lab)).toEqual([attacker]);
  });
});

describe("a copied Message-ID", () => {
  test("of a mail that the organisation received leads to neither sender, and it says so", async () => {
    const lab = await open(pod);
    const honest = await post(lab, genuine);
    const phish = await post(lab, { ...imitation, id: "n8@tax-adviser.example" });
    lab.simulator.clock.advance(20 * 60_000);
    const order = { message: phish.raw };
    const { notes } = await lab.pps.respond.phishing(order, { dryRun: true });
    expect(notes.join("\n")).toContain("under several senders");
    expect(await deletedBy(lab, () => lab.pps.respond.phishing(order))).toEqual([]);
    expect([honest.isHeld, phish.isHeld, blocked(lab)]).toEqual([true, true, []]);
  });

  test("of a mail about something else does not confirm that one's sender", async () => {
    const lab = await open(pod);
    await post(lab, { ...genuine, subject: "Minutes of the review board" });
    // The phish itself is not in the trace: it came by another way, or only just now.
    const message = compose({ ...imitation, id: "n8@tax-adviser.example" });
    expect(await deletedBy(lab, () => lab.pps.respond.phishing({ message }))).toEqual([]);
    expect(blocked(lab)).toEqual([]);
  });
});

test("a bounce-like phish without an envelope sender is found again as itself", async () => {
  const lab = await open(pod);
  const from = "Mail System <postmaster@mx9.test>";
  const phish = await post(lab, { envelope: "", from, subject: "Undelivered: open the report", id: "b1@mx9.test" });
  expect(phish.isHeld).toBe(true);
  const deleted = await deletedBy(lab, () => lab.pps.respond.phishing({ message: phish.raw }));
  expect(deleted).toEqual([phish.guid]);
  expect(blocked(lab)).toEqual([]);
});

test("while the trace fails nothing is deleted or blocked on what a file claims, and it says why", async () => {
  const lab = await open(pod);
  await post(lab, genuine);
  const headers = [`Return-Path: <${adviser}>`];
  const phish = await post(lab, { ...imitation, id: "x1@evil.test", headers });
  lab.simulator.faults.add({ kind: "status", status: 500, route: "GET /pss/filter" });
  const order = { message: phish.raw };
  const { outcomes, notes } = await lab.pps.respond.phishing(order, { dryRun: true });
  expect(outcomes.filter(({ outcome }) => outcome === "planned")).toEqual([]);
  expect(notes.join("\n")).toMatch(/only what the file claims.*trace/);
  expect(await deletedBy(lab, () => lab.pps.respond.phishing(order))).toEqual([]);
  expect(blocked(lab)).toEqual([]);
});

test("a newsletter that comes through a mass mailer is not drawn in by a copy of its header and subject", async () => {
  const lab = await open(pod);
  const from = "Firm News <news@firm.example>";
  const subject = "Quarterly market outlook with seven charts and forecasts";
  const body = "Read on: https://www.firm.example/outlook {{GTUBE}}";
  const headers = ["Reply-To: news@firm.example"];
  const common = { from, subject, body, headers };
  const honest = await post(lab, { ...common, envelope: "bounce@mailer.example", id: "m1@mailer.example" });
  const phish = await post(lab, { ...common, envelope: attacker, id: "x1@evil.test" });
  expect([honest.isHeld, phish.isHeld]).toEqual([true, true]);
  for (const order of [{ message: phish.raw }, { guid: phish.guid }]) {
    lab.simulator.clock.advance(20 * 60_000);
    const { outcomes } = await lab.pps.respond.phishing(order, { dryRun: true });
    const planned = outcomes.filter(({ action, outcome }) => action === "delete" && outcome === "planned");
    expect(guidsOf(planned)).toEqual([phish.guid]);
  }
  const deleted = await deletedBy(lab, () => lab.pps.respond.phishing({ guid: phish.guid }));
  expect(deleted).toEqual([phish.guid]);
  expect(blocked(lab)).toEqual([attacker]);
});
