import { describe, expect, test } from "vitest";
import { asReport, blocked, effects, guidsOf, lastOf, open, pod } from "./campaign-lab.ts";
import { adviser, attacker, compose, deletedBy, genuine, imitation, type Post, post } from "./forged-mail.ts";

// Message-ID and subject are copied from an honest mail that PPS has recorded; the phish that has them is not in the trace.
// What the servers wrote into the file tells that it is another message.

const received = (time: string) =>
  `Received: from mail.evil.test (mail.evil.test [203.0.113.9])\r\n\tby mx.example.com with ESMTPS id 1; ${time}`;
const checked = "Received-SPF: pass (mx.example.com: x) client-ip=203.0.113.9; envelope-from=attacker@evil.test;";
const copy: Post = { ...imitation, id: genuine.id };
const soon = "Wed, 4 Mar 2026 12:00:09 +0000";
const unheld = { body: "Our guide is ready." };

describe("a phish that copies Message-ID and subject of a newsletter", () => {
  test.each<[string, Partial<Post>, string[]]>([
    ["of another envelope sender by its Return-Path alone", {}, [`Return-Path: <${attacker}>`]],
    ["of no envelope sender", {}, ["Return-Path: <>", received(soon)]],
    [
      "of another envelope sender by Received-SPF, under a forged Return-Path",
      {},
      [checked, received(soon), `Return-Path: <${adviser}>`],
    ],
    ["received hours after the newsletter was delivered", unheld, [received("Wed, 4 Mar 2026 16:00:00 +0200")]],
  ])("and is %s leaves the newsletter and its sender alone, and says why", async (_what, more, headers) => {
    const lab = await open(pod);
    await post(lab, { ...genuine, ...more });
    lab.simulator.clock.advance(5 * 3_600_000);
    const order = { message: asReport(compose({ ...copy, ...more, headers })) };
    expect(await deletedBy(lab, () => lab.pps.respond.phishing(order))).toEqual([]);
    expect(blocked(lab)).toEqual([]);
    const { notes, indicators } = await lab.pps.respond.phishing(order, { dryRun: true });
    expect(notes.join("\n")).not.toContain("ask for weak ones");
    expect(Object.keys(indicators[0] ?? {})).not.toContain("isClaimed");
    expect(notes.join("\n")).toMatch(
      /only what the file claims: .* PPS has recorded one of news@tax-adviser\.example, but /,
    );
  });
});

test.each<[string, string[]]>([
  ["names the same sender", [`Return-Path: <${attacker}>`, received(soon)]],
  ["has no Return-Path any more", [received(soon)]],
  ["was forwarded under an own address", ["Return-Path: <ann+srs=xx=evil.test@example.com>", received(soon)]],
  ["was held, and received later after a release", [received("Thu, 5 Mar 2026 12:00:00 +0000")]],
])("a phish on record whose file %s is cleared up", async (_what, headers) => {
  const lab = await open(pod);
  const phish = await post(lab, { ...imitation, id: "x1@evil.test" });
  const message = asReport(compose({ ...imitation, id: "x1@evil.test", headers }));
  expect(await deletedBy(lab, () => lab.pps.respond.phishing({ message }))).toEqual([phish.guid]);
  expect(blocked(lab)).toEqual([attacker]);
});

test.each([
  ["behind a gateway's warning", (subject: string) => `PHISHING SUSPECTED - ${subject}`],
  ["before a gateway's mark", (subject: string) => `${subject} [EXTERNAL]`],
])("a phish on record whose file has its subject %s is cleared up", async (_where, mark) => {
  const lab = await open(pod);
  const phish = await post(lab, { ...imitation, id: "x1@evil.test" });
  const message = asReport(compose({ ...imitation, id: "x1@evil.test", subject: mark("Your tax guide is ready") }));
  expect(await deletedBy(lab, () => lab.pps.respond.phishing({ message }))).toEqual([phish.guid]);
  expect(blocked(lab)).toEqual([attacker]);
});

describe("a phish that PPS has recorded under several envelope senders", () => {
  const phish = {
    from: "Payroll <payroll@evil.test>",
    subject: "Salary adjustment form for March",
    id: "v1@evil.test",
  };
  const delivered = (sender: string) => [`Return-Path: <${sender}>`, received(soon)];

  test("one for each recipient is cleared up", async () => {
    const lab = await open(pod);
    const senders = ["ann", "bob"].map((name) => `b+${name}=example.com@evil.test`);
    const sent = [];
    for (const envelope of senders) sent.push(await post(lab, { ...phish, envelope }));
    const message = asReport(compose({ ...phish, envelope: "", headers: delivered(String(senders[0])) }));
    expect(await deletedBy(lab, () => lab.pps.respond.phishing({ message }))).toEqual(guidsOf(sent));
    expect(blocked(lab).sort()).toEqual(senders);
  });

  test.each([
    ["an own relay that forwarded it", "ann+srs=xx=evil.test=attacker@example.com", []],
    ["a list that handed it on", "team-bounces@lists.partner.example", delivered(attacker)],
  ])("its own and that of %s leads to its sender alone", async (_whose, other, headers) => {
    const lab = await open(pod);
    const sent = await post(lab, { ...phish, envelope: attacker });
    await post(lab, { ...phish, envelope: other, to: "ann@private.example" });
    const message = asReport(compose({ ...phish, envelope: attacker, headers }));
    expect(await deletedBy(lab, () => lab.pps.respond.phishing({ message }))).toContain(sent.guid);
    expect(blocked(lab)).toEqual([attacker]);
  });

  test("of which the file forges one leads to neither", async () => {
    const lab = await open(pod);
    await post(lab, genuine);
    await post(lab, copy);
    const message = compose({ ...copy, headers: [received(soon), `Return-Path: <${adviser}>`] });
    expect(await deletedBy(lab, () => lab.pps.respond.phishing({ message }))).toEqual([]);
    expect(blocked(lab)).toEqual([]);
  });
});

describe("a held phish that the trace does not have yet", () => {
  test("is cleared up by the record of quarantine", async () => {
    const lab = await open(pod);
    const phish = await post(lab, { ...imitation, id: "x1@evil.test" });
    const start = lastOf(lab);
    await lab.pps.respond.phishing({ message: asReport(phish.raw) });
    const deleted = (await effects(lab, start)).filter(({ effect }) => effect === "deleted");
    expect(guidsOf(deleted)).toEqual([phish.guid]);
    expect(blocked(lab)).toEqual([attacker]);
  });

  test("does not lead to the newsletter whose Message-ID it copies, which the trace has", async () => {
    const lab = await open(pod);
    await post(lab, genuine);
    lab.simulator.clock.advance(20 * 60_000);
    const phish = await post(lab, copy);
    const start = lastOf(lab);
    const { notes } = await lab.pps.respond.phishing({ message: asReport(phish.raw) });
    expect(notes.join("\n")).toContain("under several senders");
    expect((await effects(lab, start)).filter(({ effect }) => effect === "deleted")).toEqual([]);
    expect(blocked(lab)).toEqual([]);
  });
});
