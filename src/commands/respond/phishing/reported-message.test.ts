import { expect, test } from "vitest";
import type { CampaignMessage } from "../../similarity/campaign.ts";
import { includeReported } from "./reported-message.ts";

const copy = { folder: "Quarantine", localGuid: "1:1:1", receivedAt: null };
const mail = (guid: string, more: Partial<CampaignMessage> = {}) =>
  ({
    guid,
    score: 70,
    strength: "strong",
    state: "held",
    copies: [copy],
    reasons: ["same subject"],
    ...more,
  }) as CampaignMessage;
const reported = mail("r", { score: 100, reasons: ["it is the message that was reported"] });

test("a reported message of which the search finds nothing comes first", () => {
  expect(includeReported([mail("a")], reported).map(({ guid }) => guid)).toEqual(["r", "a"]);
});

test("a reported message that looks little like itself is sure all the same, and stands once", () => {
  const found = mail("r", { score: 40, strength: "weak", state: "unclear", copies: [] });
  expect(includeReported([mail("a"), found], reported)).toEqual([
    { ...reported, reasons: ["it is the message that was reported", "same subject"] },
    mail("a"),
  ]);
});

test("without a reported guid the campaign stays as it was found", () => {
  expect(includeReported([mail("a")], undefined)).toEqual([mail("a")]);
});
