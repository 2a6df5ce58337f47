import { expect, test } from "vitest";
import { actionsOf, firstActions, held, now } from "../../../../test/model/acting.ts";
import { bareContext } from "../../../../test/model/execute.ts";
import { createMailSystem, type Fate } from "../../../../test/model/mail-system.ts";
import { run } from "../../../core/run.ts";
import { countFound } from "../../outcome.ts";
import { deleteAction } from "../../quarantine/actions/delete-action.ts";
import type { CampaignMessage } from "../../similarity/campaign.ts";
import { defaultFolders } from "../../site-folders.ts";
import { deleteMessages } from "./deletion.ts";
import { planMessages } from "./plan.ts";

/** Deletes two messages of a campaign, of which the trace tells a time that is a minute off. */
function deleteBoth(fate: Fate) {
  const system = createMailSystem({ held: [held("1"), held("2")], fate: firstActions(1, fate) });
  const messages = ["1", "2"].map((localGuid): CampaignMessage => {
    const time = system.held[0]?.time ?? 0;
    const receivedAt = new Date(time - 60_000).toISOString();
    const known = {
      sender: "billing@shop.example",
      recipients: ["ann@example.com"],
      subject: "Your parcel",
      receivedAt,
    };
    const copies = [{ folder: "Quarantine", localGuid, receivedAt: new Date(time).toISOString() }];
    const found = { state: "held", isDelivered: false, score: 90, strength: "strong" } as const;
    return {
      guid: `g${localGuid}`,
      messageId: "",
      senderIp: "",
      sizeBytes: 1,
      finalRule: "",
      ...known,
      copies,
      ...found,
      reasons: ["same subject"],
      isTied: true,
    };
  });
  const deletion = deleteAction(undefined);
  const { deletions } = planMessages(messages, { deletion, weak: false, limit: 10, folders: defaultFolders });
  const { counts } = run(countFound(deleteMessages(deletions, deletion, { ...bareContext, now })), system);
  return { system, counts };
}

test("an outcome is handed on with all that is known of its message, and no longer says what would be sent", () => {
  const { system, counts } = deleteBoth({ status: 202, text: "Will do" });
  expect(counts).toEqual({ accepted: 1, done: 1 });
  expect(system.items[0]).toEqual({
    action: "delete",
    outcome: "accepted",
    message: "Will do",
    status: 202,
    guid: "g1",
    localGuid: "1",
    folder: "Quarantine",
    state: "held",
    receivedAt: expect.any(String),
    sender: "billing@shop.example",
    recipients: ["ann@example.com"],
    subject: "Your parcel",
    score: 90,
    reasons: ["same subject"],
  });
  expect(system.items).toHaveLength(2);
});

test("a deletion that was lost on its way is found out although trace and quarantine differ in time, and sent again", () => {
  const { system, counts } = deleteBoth("before");
  expect(actionsOf(system)).toHaveLength(3);
  expect(system.held).toEqual([]);
  expect(counts).toEqual({ done: 2 });
});

test("a refusal is told of its own message", () => {
  const { system, counts } = deleteBoth({ status: 400, text: "no" });
  expect(counts).toEqual({ refused: 1, done: 1 });
  expect(system.items).toMatchObject([
    { guid: "g1", outcome: "refused", subject: "Your parcel" },
    { guid: "g2", outcome: "done" },
  ]);
});
