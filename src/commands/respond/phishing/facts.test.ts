import { expect, test } from "vitest";
import type { CampaignMessage } from "../../similarity/campaign.ts";
import { describeCampaign } from "./facts.ts";

const message = (given: Partial<CampaignMessage>) =>
  ({
    sender: "a@evil.test",
    recipients: [],
    receivedAt: null,
    state: "held",
    isDelivered: false,
    strength: "strong",
    ...given,
  }) as CampaignMessage;

test("a campaign is counted by what surely belongs to it", () => {
  const messages = [
    message({ recipients: ["Ann@example.com", "bob@example.com"], receivedAt: "2026-03-04T11:00:00Z" }),
    message({
      sender: "A@evil.test",
      recipients: ["ann@example.com"],
      state: "delivered",
      isDelivered: true,
      receivedAt: "2026-03-04T10:00:00Z",
    }),
    message({ sender: "__proto__", recipients: ["constructor"], state: "stopped" }),
    message({ state: "unclear", receivedAt: "2026-03-04T12:00:00Z" }),
    message({
      sender: "x@other.test",
      strength: "weak",
      recipients: ["cem@example.com"],
      receivedAt: "2026-03-01T00:00:00Z",
    }),
  ];
  expect(describeCampaign(messages)).toEqual({
    messages: 5,
    strong: 4,
    weak: 1,
    held: 1,
    delivered: 1,
    stopped: 1,
    senders: 2,
    recipients: 3,
    first: "2026-03-04T10:00:00Z",
    last: "2026-03-04T12:00:00Z",
  });
});

test("of nothing there is no first and no last", () => {
  expect(describeCampaign([])).toMatchObject({ messages: 0, first: null, last: null });
});

test("what was delivered although a copy is held counts as both", () => {
  expect(describeCampaign([message({ isDelivered: true })])).toMatchObject({ strong: 1, held: 1, delivered: 1 });
});
