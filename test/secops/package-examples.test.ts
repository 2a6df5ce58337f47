import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import type { Json } from "../../src/core/steps.ts";
import type { ActionExample } from "../../src/hosts/secops/build/examples.ts";
import { secopsActions } from "../../src/hosts/secops/catalogue/actions.ts";
import type { GivenValue, TargetEntity } from "../../src/hosts/secops/handler/envelope.ts";
import { toYaml } from "../../src/hosts/xsoar/build/yaml-text.ts";
import { ann, openRoom, type Room, sender } from "./package-room.ts";

// `vitest run test/secops/package-examples.test.ts --update` records the examples anew, after a look at what changed.
const recorded = fileURLToPath(new URL("../../src/hosts/secops/build/examples.yaml", import.meta.url));

type Taken = Record<string, ActionExample[]>;

/** Runs every action once or twice, in an order in which each finds what it needs. */
async function takeAll(room: Room): Promise<Taken> {
  const taken: Taken = {};
  async function take(action: string, given: Record<string, GivenValue> = {}, on?: TargetEntity[]): Promise<void> {
    const { state, result, message, json, tables, entities, files } = await room.run(action, given, on);
    taken[action] = [
      ...(taken[action] ?? []),
      {
        given,
        ...(on === undefined ? {} : { on }),
        state,
        result,
        message,
        ...(tables === undefined || tables.length === 0 ? {} : { tables }),
        ...(files === undefined || files.length === 0 ? {} : { files: files.map(({ name }) => name) }),
        ...(entities === undefined || entities.length === 0 ? {} : { enriched: entities }),
        ...(json === undefined ? {} : { json }),
      },
    ];
  }
  await take("Ping");
  await room.hold(2);
  await take("Find Quarantined Messages", { Sender: sender });
  await take("Find Quarantined Messages", { Sender: "nobody@parcels.example" });
  await take("Get Message Trace", { Sender: sender, "Max Results To Return": "1" });
  const held = await room.hold(8);
  const at = (...indexes: number[]) => ({
    "Message GUIDs": indexes.map((index) => held[index]?.localguid).join(","),
    "Folder Name": "Quarantine",
  });
  const guid = held[2]?.guid ?? "";
  await take("Get Message Details", { "Message GUID": guid });
  await take("Enrich Entities", { "Max Records Per Entity": "1" }, [
    { identifier: sender, type: "USERUNIQNAME" },
    { identifier: "shop.example", type: "DOMAIN" },
  ]);
  await take("Release Quarantined Message", { ...at(0), "Deleted Folder Name": "Deleted" });
  await take("Release Quarantined Message", { "Message GUIDs": "99:9:9", "Folder Name": "Quarantine" });
  await take("Delete Quarantined Message", { ...at(1), "Deleted Folder Name": "Deleted" });
  await take("Move Quarantined Message", { ...at(3, 4), "Target Folder Name": "Audit" });
  await take("Resubmit Quarantined Message", at(5));
  await take("Forward Quarantined Message", { ...at(2), "To Address": "soc@example.com" });
  await take("Download Quarantined Message", { "Message GUIDs": guid, "Save To Case Wall": "true" });
  await take("Add Sender to Blocklist", { Sender: "billing@evil.test", Comment: "Case 4711" });
  await take("Add Sender to Blocklist", { Sender: "ceo@example.com" });
  await take("Add Sender to Safelist", { Sender: "shop.example" });
  await take("Add Sender to Safelist", { Sender: "news@shop.example", User: ann });
  await take("Remove Sender from Blocklist", { Sender: "billing@evil.test" });
  await take("Remove Sender from Safelist", { Sender: "shop.example" });
  await take("Remove Sender from Safelist", { Sender: "news@shop.example", User: ann });
  const invoice = (number: number) => `Invoice ${number} is overdue`;
  await room.send({ from: "pay@crook.test", subject: invoice(1), isSpam: true });
  await room.send({ from: "pay@crook.test", subject: invoice(2), isSpam: true });
  await room.send({ from: "pay@crook.test", subject: invoice(3), isSpam: false });
  const phish = { Sender: "pay@crook.test", Subject: invoice(1), "Message ID": "1@crook.test" };
  await take("Respond to Phishing", { ...phish, Threshold: "50" });
  await take("Respond to Phishing", {
    ...{ ...phish, Threshold: "50", "Deleted Folder Name": "Deleted", "Dry Run": "false" },
  });
  await room.send({ from: "news@shop.test", subject: "Offers of week 9", isSpam: true });
  await room.send({ from: "news@shop.test", subject: "Offers of week 10", isSpam: true });
  const { json: news } = await room.run("Find Quarantined Messages", { Sender: "news@shop.test" });
  await take("Respond to False Positive", { "Message GUID": (news as { guid: string }[])[1]?.guid ?? "" });
  await take("Hunt Threats", { Indicators: "crook[.]test, d41d8cd98f00b204e9800998ecf8427e" });
  const feed = { "Feed Text": "billing@evil.test,90\ncrook.test,80\nceo@example.com,95" };
  await take("Update Blocklist From Feed", feed);
  await take("Update Blocklist From Feed", { ...feed, "Dry Run": "false" });
  await take("Create User", {
    Email: "bob@example.com",
    "First Name": "Bob",
    "Last Name": "Smith",
    Groups: "staff",
    Attributes: '{"language": "en"}',
  });
  await take("Update User", { User: "bob@example.com", "Last Name": "Jones" });
  await take("Get User", { User: "bob@example.com" });
  await take("Get User", { User: "nobody@example.com" });
  await take("Delete User", { User: "bob@example.com" });
  return taken;
}

/** The same keys, and values of the same kinds; of a list the first member stands for all. */
function shapeOf(value: Json | undefined): unknown {
  if (Array.isArray(value)) return value.length === 0 ? [] : [shapeOf(value[0])];
  if (typeof value !== "object" || value === null) return value === null ? null : typeof value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, shapeOf(inner)]));
}

/** Names the places of an example that no reply has, or that it has otherwise. */
function strangers(example: unknown, reply: unknown, place = ""): string[] {
  if (Array.isArray(example)) {
    if (!Array.isArray(reply)) return [place];
    return example.length === 0 || reply.length === 0 ? [] : strangers(example[0], reply[0], `${place}[]`);
  }
  if (typeof example !== "object" || example === null)
    return example === reply || reply === null || example === null ? [] : [place];
  if (typeof reply !== "object" || reply === null) return [place];
  return Object.entries(example).flatMap(([key, inner]) =>
    key in reply ? strangers(inner, (reply as Record<string, unknown>)[key], `${place}.${key}`) : [`${place}.${key}`],
  );
}

test("the examples in the documents are what the handler replies, one of every action at least", async () => {
  await using room = await openRoom();
  const taken = await takeAll(room);
  expect(Object.keys(taken).sort()).toEqual(secopsActions.map(({ name }) => name).sort());
  for (const { name, example } of secopsActions) {
    const reply = taken[name]?.[0];
    expect(reply, name).toMatchObject({ state: "completed", result: true });
    expect(strangers(shapeOf(example), shapeOf(reply?.json)), name).toEqual([]);
  }
  await expect(toYaml(taken)).toMatchFileSnapshot(recorded);
});

test("an example that no reply is like is found", () => {
  const reply = shapeOf([{ guid: "1", size: 1, rcpts: ["ann@example.com"] }]);
  expect(strangers(shapeOf([{ guid: "2", size: 2, rcpts: [] }]), reply)).toEqual([]);
  expect(strangers(shapeOf([{ id: "2" }]), reply)).toEqual(["[].id"]);
  expect(strangers(shapeOf([{ size: "2" }]), reply)).toEqual(["[].size"]);
  expect(strangers(shapeOf({ guid: "2" }), reply)).toEqual([".guid"]);
});
