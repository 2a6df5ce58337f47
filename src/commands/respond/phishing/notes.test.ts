import { expect, test } from "vitest";
import type { MailIndicators } from "../../indicators/mail-indicators.ts";
import type { CampaignMessage } from "../../similarity/campaign.ts";
import { noteBelow, notePlan, noteReported, noteSenders } from "./notes.ts";

const nothing = { envelopeSender: "", headerSenders: [], subject: "", messageId: "", hosts: [], attachments: [] };
const reported = (given: Partial<MailIndicators>) => noteReported([{ ...nothing, ...given } as MailIndicators]);

test("what was reported is told in one line that no mail can break or turn into a link", () => {
  expect(
    reported({
      envelopeSender: "billing@evil.test",
      subject: "Pay\r\n\u202enow",
      hosts: ["pay.evil.test"],
      attachments: [{ name: "bill\u0000.pdf", sha256: "" }],
    }),
  ).toEqual(['Reported: from billing@evil.test, "Pay now", linking to pay[.]evil[.]test, with bill .pdf.']);
});

test("of a message without an envelope the header tells who it claims to be from, else its Message-ID", () => {
  expect(reported({ headerSenders: ["ceo@partner.example"] })).toEqual(["Reported: from ceo@partner.example."]);
  expect(reported({ messageId: "1@evil.test" })).toEqual(["Reported: Message-ID 1@evil.test."]);
});

test("what scores too little to be listed is counted, with the best of it, but for the reported message itself", () => {
  const below = [12, 28, 21].map((score, index) => ({ guid: `g${index}`, score }));
  expect(noteBelow([], 60, undefined)).toEqual([]);
  expect(noteBelow(below, 60, undefined)).toEqual([
    "3 messages found by these terms score below 35 (the best: 28); a lower threshold lists them.",
  ]);
  const itself = { guid: "g1" } as CampaignMessage;
  expect(noteBelow(below.slice(0, 2), 20, itself)).toEqual([
    "1 message found by these terms scores below 19 (the best: 12); a lower threshold lists it.",
  ]);
  expect(noteBelow(below.slice(1, 2), 20, itself)).toEqual([]);
});

test("what is left although it belongs to the campaign, or might, is counted", () => {
  const plan = { deletions: [], left: [] };
  expect(notePlan({ ...plan, beyondLimit: 0, weakLeft: 0 }, 5, false)).toEqual([]);
  expect(notePlan({ ...plan, beyondLimit: 1, weakLeft: 2 }, 5, false)).toEqual([
    "2 held messages match only weakly and are left; ask for weak ones to delete them too.",
    "1 more held message is left because of the limit of 5; run it again for the rest.",
  ]);
});

test("where only a file says who sent it, nobody is told to delete what is only a little like it", () => {
  expect(notePlan({ deletions: [], left: [], beyondLimit: 0, weakLeft: 1 }, 5, true)).toEqual([
    expect.stringMatching(
      /^1 held message matches only weakly and is left; .* Name the guid of what was reported or its sender/,
    ),
  ]);
});

test("whoever is blocked and was not found is named", () => {
  expect(noteSenders({ senders: ["a@one.test"], more: 0, unseen: [], claimed: [], untied: [] })).toEqual([]);
  expect(noteSenders({ senders: ["a@one.test"], more: 1, unseen: ["a@one.test"], claimed: [], untied: [] })).toEqual([
    "That a@one.test sent it is known from what was given alone; no such message was found.",
    "1 less frequent sender is not blocked; block their domains instead.",
  ]);
  expect(noteSenders({ senders: [], more: 0, unseen: [], claimed: [], untied: [] })).toEqual([
    expect.stringMatching(/^Nobody is blocked/),
  ]);
  expect(noteSenders({ senders: [], more: 0, unseen: [], claimed: ["a@one.test"], untied: [] })).toEqual([]);
  expect(noteSenders({ senders: [], more: 0, unseen: [], claimed: [], untied: ["a@one.test"] })).toEqual([]);
});
