import { expect, test } from "vitest";
import { deleteAction } from "../../quarantine/actions/delete-action.ts";
import type { CampaignMessage } from "../../similarity/campaign.ts";
import type { HeldCopy } from "../../similarity/held-copy.ts";
import { defaultFolders } from "../../site-folders.ts";
import { planMessages } from "./plan.ts";

function message(given: Partial<CampaignMessage>): CampaignMessage {
  return {
    guid: "g1",
    messageId: "1@parcels.test",
    sender: "billing@parcels.test",
    recipients: ["ann@example.com"],
    subject: "Your parcel",
    receivedAt: "2026-03-04T11:00:00Z",
    senderIp: "192.0.2.7",
    sizeBytes: 2048,
    state: "held",
    isDelivered: false,
    copies: [{ folder: "Phish", localGuid: "1", receivedAt: "2026-03-04T11:01:00Z" }],
    finalRule: "phish.link",
    score: 90,
    strength: "strong",
    reasons: ["same subject"],
    isTied: true,
    ...given,
  };
}

const order = { weak: false, limit: 1000, deletion: deleteAction(undefined), folders: defaultFolders };

test("each held copy of what surely belongs to it is deleted by a request of its own", () => {
  const copies = [
    { folder: "Phish", localGuid: "1", receivedAt: "2026-03-04T11:01:00Z" },
    { folder: "Quarantine", localGuid: "2", receivedAt: "2026-03-04T11:01:00Z" },
  ];
  const { deletions, left } = planMessages([message({ copies })], order);
  expect(left).toEqual([]);
  expect(deletions.map(({ target }) => target)).toEqual([
    {
      localGuid: "1",
      folder: "Phish",
      guid: "g1",
      sender: "billing@parcels.test",
      receivedAt: Date.UTC(2026, 2, 4, 11, 1),
    },
    expect.objectContaining({ localGuid: "2", folder: "Quarantine" }),
  ]);
  expect(deletions[0]?.item).toEqual({
    action: "delete",
    outcome: "planned",
    message: "Would delete it for good; nothing was sent.",
    request: { method: "POST", path: "/quarantine", body: { action: "delete", folder: "Phish", localguid: "1" } },
    guid: "g1",
    localGuid: "1",
    folder: "Phish",
    state: "held",
    receivedAt: "2026-03-04T11:00:00Z",
    sender: "billing@parcels.test",
    recipients: ["ann@example.com"],
    subject: "Your parcel",
    score: 90,
    reasons: ["same subject"],
  });
});

test("what matches only weakly is left, and deleted when that was asked for", () => {
  const messages = [message({ strength: "weak", score: 40 })];
  expect(planMessages(messages, order)).toMatchObject({
    deletions: [],
    left: [{ action: "none", outcome: "left", message: "It matches only weakly and is left." }],
    weakLeft: 1,
  });
  expect(planMessages(messages, { ...order, weak: true })).toMatchObject({
    deletions: [{ item: { action: "delete" } }],
    left: [],
    weakLeft: 0,
  });
});

test.each<[CampaignMessage["state"], string]>([
  ["delivered", "It was delivered to ann@example.com; PPS cannot take it back from mailboxes."],
  ["stopped", "It was stopped at the gateway, or is held no more."],
  ["unclear", "What became of it is not known."],
  ["held", "It was held, but where it lies now was not found."],
])("a message without a copy whose state is %s is told of and left", (state, text) => {
  const { deletions, left } = planMessages([message({ state, copies: [] })], order);
  expect(deletions).toEqual([]);
  expect(left).toMatchObject([{ action: "none", outcome: "left", message: text, state, guid: "g1" }]);
});

test("what is found beyond the limit is left, the least alike first to be so", () => {
  const messages = ["1", "2", "3"].map((localGuid) =>
    message({ copies: [{ folder: "Phish", localGuid, receivedAt: "2026-03-04T11:01:00Z" }] }),
  );
  const { deletions, left, beyondLimit } = planMessages(messages, { ...order, limit: 2 });
  expect(deletions.map(({ item }) => item.localGuid)).toEqual(["1", "2"]);
  expect(left).toMatchObject([{ localGuid: "3", message: "It is left because of the limit of 2 messages." }]);
  expect(beyondLimit).toBe(1);
});

test.each<[string, string | undefined, string]>([
  ["PCI", undefined, "Folder PCI belongs to DLP: what is held there may be evidence of a leak, and is left."],
  ["pci", "Deleted Incidents", "Folder pci belongs to DLP: what is held there may be evidence of a leak, and is left."],
  ["deleted", "Deleted", "It lies in deleted already."],
  [
    "Phish",
    "Deleted Incidents",
    "Folder Deleted Incidents is of module type dlp and Phish of mail; PPS moves only within one module type.",
  ],
])("a copy in folder %s is left when what is deleted goes to %s", (folder, deletedFolder, reason) => {
  const messages = [message({ copies: [{ folder, localGuid: "1", receivedAt: "2026-03-04T11:01:00Z" }] })];
  const { deletions, left } = planMessages(messages, { ...order, weak: true, deletion: deleteAction(deletedFolder) });
  expect(deletions).toEqual([]);
  expect(left).toMatchObject([{ action: "none", outcome: "left", message: reason, folder }]);
});

const releaseNote = "Released, 2026-03-04T11:30:00Z";
const released = `It was released from quarantine (${releaseNote}) and lies in Deleted; PPS cannot take it back from mailboxes.`;

test.each<[string, Partial<HeldCopy>, string | undefined, string]>([
  ["was deleted", {}, undefined, "It lies in Deleted: deleted already, and PPS notes no release of it."],
  ["was deleted elsewhere", {}, "Trash", "It lies in Deleted: deleted already, and PPS notes no release of it."],
  ["was released", { releaseNote }, undefined, released],
  ["was released to where deleted mail goes", { releaseNote }, "Deleted", released],
])("what %s before is not deleted for good, unless its folder is named", (_what, given, deletedFolder, reason) => {
  const copies = [{ folder: "Deleted", localGuid: "1", receivedAt: "2026-03-04T11:01:00Z", ...given }];
  const again = { ...order, deletion: deleteAction(deletedFolder) };
  const { deletions, left, weakLeft } = planMessages([message({ copies, strength: "weak" })], again);
  expect(deletions).toEqual([]);
  expect(left).toMatchObject([{ action: "none", outcome: "left", message: reason, folder: "Deleted" }]);
  expect(weakLeft).toBe(0);
  const named = { ...again, deletion: deleteAction(undefined), folder: ["deleted"] };
  expect(planMessages([message({ copies })], named).deletions).toHaveLength(1);
});

test("a local id that would name two messages at once is left alone (pps-api.md 2.4)", () => {
  const messages = [message({ copies: [{ folder: "Phish", localGuid: "1,2", receivedAt: "2026-03-04T11:01:00Z" }] })];
  expect(planMessages(messages, order)).toMatchObject({ deletions: [], left: [{ outcome: "left" }] });
});

test("a folder nobody configured is no reason to leave a message", () => {
  const messages = [
    message({ copies: [{ folder: "Legal, Paris", localGuid: "1", receivedAt: "2026-03-04T11:01:00Z" }] }),
  ];
  expect(planMessages(messages, { ...order, deletion: deleteAction("Deleted") }).deletions).toHaveLength(1);
});

test("recipients of hostile spelling cannot break the sentence they stand in", () => {
  const recipients = ["ann\u202e@example.com\r\nDone"];
  const { left } = planMessages([message({ state: "delivered", copies: [], recipients })], order);
  expect(left[0]?.message).toBe("It was delivered to ann @example.com Done; PPS cannot take it back from mailboxes.");
});
