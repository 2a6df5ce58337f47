import { expect, test } from "vitest";
import {
  blocked,
  effects,
  guidsOf,
  kinds,
  lastOf,
  load,
  open,
  page,
  phisher,
  pod,
  send,
  write,
} from "./campaign-lab.ts";

// Whom a response blocks, and whom it must not, by what stands on the organisation's list afterwards (pps-api.md 7).

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
  const { outcomes } = await lab.pps.respond.phishing({
    message: reported.raw,
    sender: "ann@example.com",
    block: "sender",
  });
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
