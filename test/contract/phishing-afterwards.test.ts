import { expect, test } from "vitest";
import { effects, guidsOf, kinds, lastOf, load, open, pod } from "./campaign-lab.ts";

// What somebody did with mail before a phish was reported decides what is left to do (pps-api.md 2.4, 4.1 and 8).

test("who got a message that was released meanwhile is listed, and its copy among deleted mail is left", async () => {
  const lab = await open(pod);
  const { reported, held } = await load(lab);
  const [released] = held;
  await lab.pps.respond.falsePositive({ guid: String(released?.guid) });
  await effects(lab, 0);
  const start = lastOf(lab);
  const { outcomes, deliveries, notes, campaign } = await lab.pps.respond.phishing({
    message: reported.raw,
    block: "none",
  });
  expect(outcomes.filter(({ guid }) => guid === released?.guid)).toMatchObject([
    {
      outcome: "left",
      action: "none",
      folder: "Deleted",
      message: expect.stringContaining("released from quarantine"),
    },
  ]);
  expect(deliveries).toContainEqual(expect.objectContaining({ guid: released?.guid, recipient: "dee@example.com" }));
  expect(notes.join("\n")).toContain("1 of them was released from quarantine");
  expect(campaign).toMatchObject({ delivered: 3 });
  expect(guidsOf(await effects(lab, start))).toEqual(guidsOf(held.slice(1)));
});

test("what was released and stays where it was held is deleted, and who got it is listed", async () => {
  const lab = await open(pod);
  const { reported, held } = await load(lab);
  const [released] = held;
  const { messages } = await lab.pps.quarantine.list({
    guid: String(released?.guid),
    folder: ["Phish"],
    since: "1 day",
  });
  await lab.pps.quarantine.release({ localGuids: [String(messages[0]?.localGuid)], folder: "Phish" });
  await effects(lab, 0);
  const start = lastOf(lab);
  const { deliveries } = await lab.pps.respond.phishing({ guid: reported.guid, message: reported.raw, block: "none" });
  expect(deliveries).toContainEqual(expect.objectContaining({ guid: released?.guid, recipient: "dee@example.com" }));
  expect(guidsOf(await effects(lab, start))).toEqual(guidsOf(held));
});

test("the message a guid names was delivered where its record notes a release", async () => {
  const lab = await open(pod);
  const { held } = await load(lab);
  const guid = String(held[0]?.guid);
  await lab.pps.respond.falsePositive({ guid });
  await effects(lab, 0);
  const { outcomes, deliveries } = await lab.pps.respond.phishing({ guid, block: "none" }, { dryRun: true });
  expect(outcomes.filter((item) => item.guid === guid)).toMatchObject([{ outcome: "left", folder: "Deleted" }]);
  expect(deliveries).toContainEqual(expect.objectContaining({ guid, recipient: "dee@example.com" }));
});

test("what an earlier run put among deleted mail is left, unless that folder is named", async () => {
  const lab = await open(pod);
  const { reported, held } = await load(lab);
  const order = { message: reported.raw, block: "none" } as const;
  await lab.pps.respond.phishing({ ...order, deletedFolder: "Deleted" });
  await effects(lab, 0);
  const start = lastOf(lab);
  const again = await lab.pps.respond.phishing(order);
  expect(kinds(again.outcomes, "delete")).toEqual([]);
  const left = again.outcomes.filter(({ folder }) => folder === "Deleted");
  expect(guidsOf(left)).toEqual(guidsOf(held));
  for (const { outcome, message } of left) {
    expect({ outcome, message }).toEqual({ outcome: "left", message: expect.stringContaining("deleted already") });
  }
  expect(await effects(lab, start)).toEqual([]);
  await lab.pps.respond.phishing({ ...order, folder: ["Deleted"] });
  expect(guidsOf(await effects(lab, start))).toEqual(guidsOf(held));
});
