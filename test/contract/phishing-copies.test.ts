import { expect, test } from "vitest";
import { asReport, blocked, guidsOf, kinds, open, pod } from "./campaign-lab.ts";
import { adviser, attacker, compose, deletedBy, genuine, type Post, post } from "./forged-mail.ts";
import type { Lab } from "./lab.ts";

// What a phish has in common with an honest mail by copying it does not have that one deleted, and never its sender blocked.

const subject = "Quarterly market outlook with seven charts and forecasts";
const phish: Post = { envelope: attacker, id: "x1@evil.test", subject };

/** Sends an honest mail and a phish with the same subject, and both with something more in common. */
async function sendBoth(lab: Lab, honest: Partial<Post>, copy: Partial<Post>) {
  const sent = {
    honest: await post(lab, { ...genuine, subject, ...honest }),
    phish: await post(lab, { ...phish, ...copy }),
  };
  expect([sent.honest.isHeld, sent.phish.isHeld]).toEqual([true, true]);
  return sent;
}

const withFile = (content: string): Partial<Post> => ({
  headers: ['Content-Disposition: attachment; filename="Market_Outlook_Spring.pdf"'],
  body: `${content} {{GTUBE}}`,
});
const answers = { headers: ["Reply-To: desk@firm-helpdesk.example"] };

test.each<[string, Partial<Post>, Partial<Post>]>([
  [
    "the host of a link",
    { body: "https://www.harbour-fair.example/register/a {{GTUBE}}" },
    { body: "https://www.harbour-fair.example/register/b {{GTUBE}}" },
  ],
  ["an address for answers", answers, answers],
  ["a file's name", withFile("Ours."), withFile("Theirs.")],
])(
  "beside the subject, %s in common leaves the honest mail and its sender alone, at any threshold",
  async (_what, honest, copy) => {
    const lab = await open(pod);
    const sent = await sendBoth(lab, honest, copy);
    for (const threshold of [50, 60]) {
      lab.simulator.clock.advance(20 * 60_000);
      const order = { message: asReport(sent.phish.raw), threshold };
      const { outcomes } = await lab.pps.respond.phishing(order, { dryRun: true });
      expect(kinds(outcomes, "block")).toEqual([[attacker, "planned"]]);
      expect(guidsOf(outcomes.filter(({ action }) => action === "delete"))).toEqual([sent.phish.guid]);
    }
  },
);

test("a held mail with the very same page is deleted, and its sender is left with what to do where he is the phisher's", async () => {
  const lab = await open(pod);
  const page = { body: "Register: https://www.harbour-fair.example/register/visitors {{GTUBE}}" };
  const sent = await sendBoth(lab, page, page);
  const order = { message: asReport(sent.phish.raw) };
  lab.simulator.clock.advance(20 * 60_000);
  const { outcomes } = await lab.pps.respond.phishing(order, { dryRun: true });
  expect(outcomes.filter(({ entry }) => entry === adviser)).toMatchObject([
    {
      action: "block",
      outcome: "left",
      message: expect.stringContaining("may be copied"),
      hint: expect.stringContaining("name the sender"),
    },
  ]);
  const deleted = await deletedBy(lab, () => lab.pps.respond.phishing(order));
  expect(deleted).toEqual(guidsOf([sent.honest, sent.phish]));
  expect(blocked(lab)).toEqual([attacker]);
});

test("a low threshold does not make what only a file claims a fact", async () => {
  const lab = await open(pod);
  const honest = await post(lab, genuine);
  expect(honest.isHeld).toBe(true);
  const from = `Tax Adviser <${adviser}>`;
  const message = compose({ envelope: attacker, from, id: "zz@evil.test", headers: [`Return-Path: <${adviser}>`] });
  for (const threshold of [20, 50]) {
    expect(await deletedBy(lab, () => lab.pps.respond.phishing({ message, threshold }))).toEqual([]);
  }
  expect(blocked(lab)).toEqual([]);
});

test("of a sender who was taken over, mail from the same host about something else is left", async () => {
  const lab = await open(pod);
  const [from, peer] = ["j.weber@supplier.example", { ip: "198.51.100.9" }];
  const send = async (id: string, about: string) => {
    const raw = compose({ envelope: from, id, subject: about });
    const { guid } = await lab.simulator.send({ envelope: { from, to: ["ann@example.com"] }, raw, peer });
    return { guid, raw };
  };
  const phish = await send("1@supplier.example", "Salary adjustment form for March");
  const honest = await send("2@supplier.example", "Minutes of our call");
  const deleted = await deletedBy(lab, () => lab.pps.respond.phishing({ message: asReport(phish.raw) }));
  expect(deleted).toEqual([phish.guid]);
  expect(deleted).not.toContain(honest.guid);
});
