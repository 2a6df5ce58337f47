import { expect, test } from "vitest";
import type { CampaignMessage } from "../../similarity/campaign.ts";
import { listDeliveries } from "./deliveries.ts";

function delivered(guid: string, recipients: string[], given: Partial<CampaignMessage> = {}): CampaignMessage {
  const told = { messageId: "1@parcels.test", sender: "billing@parcels.test", subject: "Your parcel", score: 90 };
  const receivedAt = "2026-03-04T11:00:00Z";
  return {
    ...told,
    guid,
    recipients,
    receivedAt,
    state: "delivered",
    isDelivered: true,
    copies: [],
    strength: "strong",
    ...given,
  } as CampaignMessage;
}

test("every recipient of every delivered message is listed, and it is said that PPS cannot take it back", () => {
  const messages = [
    delivered("g1", ["ann@example.com", "bob@example.com"]),
    delivered("g2", ["ann@example.com"]),
    delivered("g3", ["cem@example.com"], { state: "held", isDelivered: false }),
  ];
  const { deliveries, isCut, notes } = listDeliveries(messages, false);
  expect(deliveries.map(({ guid, recipient }) => [guid, recipient])).toEqual([
    ["g1", "ann@example.com"],
    ["g1", "bob@example.com"],
    ["g2", "ann@example.com"],
  ]);
  expect(deliveries[0]).toEqual({
    recipient: "ann@example.com",
    guid: "g1",
    messageId: "1@parcels.test",
    sender: "billing@parcels.test",
    subject: "Your parcel",
    receivedAt: "2026-03-04T11:00:00Z",
    score: 90,
  });
  expect(isCut).toBe(false);
  expect(notes).toEqual([
    "2 messages were delivered to 3 mailboxes. PPS cannot take mail back from mailboxes: the list of deliveries is for the tool that can.",
  ]);
});

test("who got a message of which a copy is held too is listed", () => {
  const { deliveries } = listDeliveries([delivered("g1", ["ann@example.com"], { state: "held" })], false);
  expect(deliveries).toMatchObject([{ guid: "g1", recipient: "ann@example.com" }]);
});

test("of what was released from quarantine it is said that it was", () => {
  const copy = { folder: "Phish", localGuid: "1", receivedAt: null };
  const messages = [
    delivered("g1", ["ann@example.com"], { state: "held", copies: [copy, { ...copy, releaseNote: "Released" }] }),
    delivered("g2", ["bob@example.com"], { state: "held", copies: [copy] }),
  ];
  const { notes } = listDeliveries(messages, false);
  expect(notes[1]).toBe("1 of them was released from quarantine, by what PPS notes of it.");
  expect(listDeliveries(messages.slice(1), false).notes).toHaveLength(1);
});

test("what matches only weakly is not handed to a tool that deletes, unless that was asked for", () => {
  const messages = [delivered("g1", ["ann@example.com"], { strength: "weak" })];
  expect(listDeliveries(messages, false)).toEqual({
    deliveries: [],
    isCut: false,
    notes: ["1 delivered message matches only weakly and is not in the list of deliveries."],
  });
  expect(listDeliveries(messages, true).deliveries).toHaveLength(1);
});

test("the list is bounded and says that it was cut", () => {
  const recipients = Array.from({ length: 60_000 }, (_, index) => `r${index}@example.com`);
  const { deliveries, isCut, notes } = listDeliveries(
    [delivered("g1", recipients), delivered("g2", recipients)],
    false,
  );
  expect(deliveries).toHaveLength(100_000);
  expect(isCut).toBe(true);
  expect(notes).toContain("The list of deliveries is cut after 100000.");
});

test("where nothing was delivered nothing is said of it", () => {
  expect(
    listDeliveries([delivered("g1", ["ann@example.com"], { state: "stopped", isDelivered: false })], true).notes,
  ).toEqual([]);
});
