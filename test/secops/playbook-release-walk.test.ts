import { unzipSync } from "fflate";
import { beforeAll, expect, test } from "vitest";
import { eicar, gtube } from "../xsoar/response-room.ts";
import type { Tree } from "../xsoar/rules/rule.ts";
import { ann, openRoom, type Room, sender } from "./package-room.ts";
import { walkPlaybook } from "./playbook-platform.ts";
import { buildOnce } from "./rules/pack.ts";
import { playbookZip } from "./rules/playbook-forms.ts";

let playbook: Tree;

beforeAll(async () => {
  const { "PPS False Positive Release.json": content } = unzipSync(playbookZip(await buildOnce()));
  playbook = JSON.parse(Buffer.from(content ?? []).toString());
});

const event = { event_network_email_from: sender, event_network_email_subject: "Parcel*" };
const trusting = { "Ask What To Do": "Release and trust the sender" };
const alone = { "Ask What To Do": "Release only" };
const card = "4111 1111 1111 1111";

let sent = 0;

/** Sends one letter, waits until the trace has it, and gives the guid of what became of it. */
async function send({ simulator }: Room, text = gtube): Promise<string> {
  sent++;
  const head = [`From: ${sender}`, `To: ${ann}`, `Subject: Parcel ${sent}`, `Message-ID: <${sent}@parcels.example>`];
  const raw = Buffer.from([...head, "", text, ""].join("\r\n"));
  const { guid } = await simulator.send({ envelope: { from: sender, to: [ann] }, raw });
  simulator.clock.advance(20 * 60_000);
  await simulator.settle();
  return guid;
}

/** How often a message was released, once all that was accepted has happened. */
async function released({ simulator }: Room, guid: string): Promise<number> {
  simulator.clock.advance(20 * 60_000);
  await simulator.settle();
  return simulator.journal().filter((entry) => entry.guid === guid && entry.effect === "released").length;
}

/** Whether the recipient trusts the sender. */
async function isTrusted(room: Room): Promise<boolean> {
  const { json } = await room.run("Remove Sender from Safelist", { Sender: sender, User: ann });
  return JSON.stringify(json).includes('"status":"removed"');
}

test("a message that was checked waits for an answer, and without one it is not released", async () => {
  await using room = await openRoom();
  const guid = await send(room);
  const { steps, stoppedAt } = await walkPlaybook(room, playbook, event);
  expect(steps).toContain("Check The Message");
  expect(stoppedAt).toBe("Ask What To Do");
  expect(await released(room, guid)).toBe(0);
});

test.each([
  [
    trusting,
    1,
    true,
    /^Release of .*: all done: True; .*not done 0, not known 0\. Asked for: release,trust; what came of each: \w+,\w+\./,
  ],
  [
    alone,
    1,
    false,
    /^Release of .*: all done: True; .*Asked for: release; what came of each: (done|accepted)\. The sender was not put/,
  ],
  [{ "Ask What To Do": "Leave it held" }, 0, false, /was left where it is held\.$/],
])("answered %o, that is what comes of the message, and a comment tells", async (answer, times, trusts, told) => {
  await using room = await openRoom({ folders: "Quarantine, Deleted" });
  const guid = await send(room);
  const { comments, stoppedAt } = await walkPlaybook(room, playbook, event, answer);
  expect(stoppedAt).toBeUndefined();
  expect(comments).toEqual([expect.stringMatching(told)]);
  expect(await released(room, guid)).toBe(times);
  expect(await isTrusted(room)).toBe(trusts);
});

test.each([
  ["malware", eicar, "Virus", /It is held for malware/],
  ["what DLP rules hold", card, "PCI", /DLP rules hold it/],
])("%s is refused without a question, and the comment says why", async (_, text, folders, reason) => {
  await using room = await openRoom({ folders });
  const guid = await send(room, text);
  const { steps, comments, stoppedAt } = await walkPlaybook(room, playbook, event, trusting);
  expect(stoppedAt).toBeUndefined();
  expect(steps.slice(-2)).toEqual(["Is A Release Planned", "Tell Not Planned"]);
  expect(comments).toEqual([expect.stringMatching(reason)]);
  expect(await released(room, guid)).toBe(0);
});

test("a second run delivers nothing again, and its comment says that the message was released", async () => {
  await using room = await openRoom({ folders: "Quarantine, Deleted" });
  const guid = await send(room);
  await walkPlaybook(room, playbook, event, alone);
  expect(await released(room, guid)).toBe(1);
  const { steps, comments } = await walkPlaybook(room, playbook, event, alone);
  expect(steps.at(-1)).toBe("Tell Not Planned");
  expect(comments).toEqual([expect.stringMatching(/released already|released or deleted already/)]);
  expect(await released(room, guid)).toBe(1);
});

test("a message that was released and left in its folder is not released again", async () => {
  await using room = await openRoom();
  const guid = await send(room);
  await room.run("Release Quarantined Message", { "Message GUIDs": guid, "Folder Name": "Quarantine" });
  expect(await released(room, guid)).toBe(1);
  const { steps } = await walkPlaybook(room, playbook, event, trusting);
  expect(steps.at(-1)).toBe("Tell Not Planned");
  expect(await released(room, guid)).toBe(1);
  expect(await isTrusted(room)).toBe(false);
});

test("a message that was released while the question was open is not released again, and the comment says so", async () => {
  await using room = await openRoom();
  const guid = await send(room);
  const answered = {
    ...alone,
    "Release Without Trust": () =>
      room.run("Respond to False Positive", { "Message GUID": guid, "Deleted Folder Name": "Deleted" }),
  };
  const { comments } = await walkPlaybook(room, playbook, event, answered);
  expect(comments).toEqual([expect.stringContaining("Asked for: release; what came of each: unchanged.")]);
  expect(await released(room, guid)).toBe(1);
});

test("a message that nobody knows any more when it is checked is not released, and a comment says so", async () => {
  await using room = await openRoom();
  const guid = await send(room);
  const { steps, comments } = await walkPlaybook(room, playbook, event, {
    ...trusting,
    "Check The Message": () =>
      room.run("Delete Quarantined Message", { "Message GUIDs": guid, "Folder Name": "Quarantine" }),
  });
  expect(steps.at(-1)).toBe("Tell Not Planned");
  expect(comments).toEqual([expect.stringContaining("Nothing was released")]);
  expect(await released(room, guid)).toBe(0);
});

test.each([
  ["Find Held Message", "Find Held Message"],
  ["Check The Message", undefined],
  ["Release And Trust", "Release And Trust"],
])(
  "where PPS is out of reach from the step %s on, nothing is released and nothing is told as released",
  async (from, stop) => {
    await using room = await openRoom();
    const guid = await send(room);
    const { comments, stoppedAt } = await walkPlaybook(room, playbook, event, {
      ...trusting,
      [from]: async () => room.simulator.faults.add({ kind: "refused" }),
    });
    expect(stoppedAt).toBe(stop);
    expect(comments.join()).toMatch(stop === undefined ? /the check itself failed: its step says why/ : /^$/);
    expect(await released(room, guid)).toBe(0);
  },
);

test("of several messages found none is checked or released, and the comment names them", async () => {
  await using room = await openRoom();
  const guids = [await send(room), await send(room)];
  const { steps, comments } = await walkPlaybook(room, playbook, event, trusting);
  expect(steps).not.toContain("Check The Message");
  for (const guid of guids) {
    expect(comments[0]).toContain(guid);
    expect(await released(room, guid)).toBe(0);
  }
});
