import { beforeAll, expect, test } from "vitest";
import { walkPlaybook } from "./playbook-server.ts";
import { eicar, gtube } from "./response-room.ts";
import { buildOnce, packFolder, treeOf } from "./rules/built.ts";
import type { Tree } from "./rules/rule.ts";
import { ann, contextOf, openWarRoom, sender, type WarRoom } from "./war-room.ts";

let playbook: Tree;

beforeAll(async () => {
  const path = `${packFolder}/Playbooks/playbook-False_Positive_Release-Proofpoint_Protection_Server.yml`;
  playbook = treeOf(await buildOnce(), path);
});

const named = "Should the message be released as planned?";
const searched = "Should the message found be released as planned?";
const yes = { [named]: "yes", [searched]: "yes" } as const;
const no = { [named]: "no", [searched]: "no" } as const;
const card = "4111 1111 1111 1111";

const openRoom = () => openWarRoom({ quirks: { "trace-lag": "none" } });

let sent = 0;

/** Sends one letter, and gives the guid of what became of it. */
async function send({ simulator }: WarRoom, text: string, subject = "Parcel"): Promise<string> {
  sent++;
  const head = [`From: ${sender}`, `To: ${ann}`, `Subject: ${subject}`, `Message-ID: <${sent}@parcels.example>`];
  const raw = Buffer.from([...head, "", text, ""].join("\r\n"));
  const { guid } = await simulator.send({ envelope: { from: sender, to: [ann] }, raw });
  await simulator.settle();
  return guid;
}

/** How often each message was released, once all that was accepted has happened. */
async function released({ simulator }: WarRoom, guid: string): Promise<number> {
  simulator.clock.advance(20 * 60_000);
  await simulator.settle();
  return simulator.journal().filter((entry) => entry.guid === guid && entry.effect === "released").length;
}

/** What stands behind a label of a note. */
function line(note: string | undefined, label: string): string | undefined {
  return note
    ?.split("\n")
    .find((one) => one.startsWith(`- ${label}: `))
    ?.slice(label.length + 4);
}

test("a message that is named is checked and shown, and waits; granted, it is released once and put away", async () => {
  await using room = await openRoom();
  const guid = await send(room, gtube);
  const waiting = await walkPlaybook(room, playbook, { GUID: guid });
  expect(waiting.stoppedAt).toBe(named);
  expect(waiting.notes).toHaveLength(1);
  expect(line(waiting.notes[0], "Message")).toBe(`${guid}, in folder: Quarantine`);
  expect(line(waiting.notes[0], "Speaks against it")).toBe("");
  expect(line(waiting.notes[0], "In order")).toMatch(/^held,virus,dlp,phish,released/);
  expect(line(waiting.notes[0], "Would be done")).toBe("release");
  expect(await released(room, guid)).toBe(0);
  const { notes, stoppedAt } = await walkPlaybook(room, playbook, { GUID: guid }, yes);
  expect(stoppedAt).toBeUndefined();
  expect(line(notes[1], "Released, or the release accepted")).toBe(guid);
  expect(line(notes[1], "Planned, and not known to be done")).toBe("");
  expect(line(notes[1], "Sender trusted")).toBe("");
  expect(await released(room, guid)).toBe(1);
});

test.each(["True", "", "false", "no", "FALSE"])(
  "with RequireApproval set to %o a message that is named waits, and is not released",
  async (word) => {
    await using room = await openRoom();
    const guid = await send(room, gtube);
    const { stoppedAt } = await walkPlaybook(room, playbook, { GUID: guid, RequireApproval: word });
    expect(stoppedAt).toBe(named);
    expect(await released(room, guid)).toBe(0);
  },
);

test("with the approval waived a message that is named is checked and released, and malware is refused all the same", async () => {
  await using room = await openRoom();
  const [honest, virus] = [await send(room, gtube), await send(room, eicar)];
  for (const GUID of [honest, virus]) {
    const { stoppedAt } = await walkPlaybook(room, playbook, { GUID, RequireApproval: "False" });
    expect(stoppedAt).toBeUndefined();
  }
  expect(await released(room, honest)).toBe(1);
  expect(await released(room, virus)).toBe(0);
});

test("denied, nothing is released, and the summary does not take the plan for done", async () => {
  await using room = await openRoom();
  const guid = await send(room, gtube);
  const { notes } = await walkPlaybook(room, playbook, { GUID: guid, SafelistSender: "user" }, no);
  expect(line(notes[0], "Would be done")).toBe("release,trust");
  expect(line(notes[1], "Released, or the release accepted")).toBe("");
  expect(line(notes[1], "Planned, and not known to be done")).toBe("release,trust");
  expect(await released(room, guid)).toBe(0);
});

test("the sender is trusted with the release where that is asked for, and the plan says so", async () => {
  await using room = await openRoom();
  await room.run(`!proofpoint-pps-create-user email=${ann}`);
  const guid = await send(room, gtube);
  const { notes } = await walkPlaybook(room, playbook, { GUID: guid, SafelistSender: "user" }, yes);
  expect(line(notes[1], "Sender trusted")).toBe(sender);
  const entries = await room.run(`!proofpoint-remove-from-safe-senders-list email=${sender} user=${ann}`);
  expect(entries.filter(({ Type }) => Type === 4)).toEqual([]);
});

test.each([
  ["malware", eicar, /^It is held for malware/],
  ["what DLP rules hold", card, /^DLP rules hold it/],
])("%s is refused without a question, and the summary says why", async (_, text, reason) => {
  await using room = await openRoom();
  const guid = await send(room, text);
  const { tasks, notes, stoppedAt } = await walkPlaybook(room, playbook, { GUID: guid }, yes);
  expect(stoppedAt).toBeUndefined();
  expect(tasks).not.toContain("Release the message named");
  expect(line(notes[0], "Speaks against it")).toMatch(reason);
  expect(line(notes[1], "Refused, failed or not known")).toMatch(reason);
  expect(await released(room, guid)).toBe(0);
});

test("what DLP rules hold is released only where the input says so, and a person agrees", async () => {
  await using room = await openRoom();
  const guid = await send(room, card);
  const given = { GUID: guid, ReleaseDLP: "true", Scan: "false", DeletedFolder: "Deleted Incidents" };
  const { notes, stoppedAt } = await walkPlaybook(room, playbook, given);
  expect(stoppedAt).toBe(named);
  expect(line(notes[0], "To be known")).toMatch(/DLP rules hold it .*; it was allowed to go all the same/);
  await walkPlaybook(room, playbook, given, yes);
  expect(await released(room, guid)).toBe(1);
});

test("a second run in the same incident sees nothing of the first, and delivers nothing twice", async () => {
  await using room = await openRoom();
  const guid = await send(room, gtube);
  const context = { modules: [{ brand: "ProofpointProtectionServer", state: "active" }] };
  await walkPlaybook(room, playbook, { GUID: guid, SafelistSender: "organisation" }, yes, context);
  expect(await released(room, guid)).toBe(1);
  const again = await walkPlaybook(room, playbook, { GUID: guid }, yes, context);
  expect(again.tasks).not.toContain("Release the message named");
  expect(line(again.notes[1], "Released, or the release accepted")).toBe("");
  expect(line(again.notes[1], "Sender trusted")).toBe("");
  expect(line(again.notes[1], "Not released again")).toMatch(/^It lies in Deleted: released or deleted already/);
  expect(await released(room, guid)).toBe(1);
});

test("a message that was released and left in its folder is not released again", async () => {
  await using room = await openRoom();
  const guid = await send(room, gtube);
  const [entry] = await room.run(`!proofpoint-pps-list-quarantined-messages from=${sender}`);
  const [[held] = []] = Object.values(contextOf(entry)) as { localguid: string }[][];
  await room.run(`!proofpoint-pps-release-message folder_name=Quarantine local_guid=${held?.localguid}`);
  expect(await released(room, guid)).toBe(1);
  const { tasks, notes } = await walkPlaybook(room, playbook, { GUID: guid }, yes);
  expect(tasks).not.toContain("Release the message named");
  expect(line(notes[1], "Not released again")).toMatch(/^PPS notes that it was released already/);
  expect(await released(room, guid)).toBe(1);
});

test("a message that was released while the question was open is not released again", async () => {
  await using room = await openRoom();
  const guid = await send(room, gtube);
  const call = room.call;
  let checks = 0;
  const meanwhile: WarRoom = {
    ...room,
    async call(command, args) {
      const ran = await call(command, args);
      checks++;
      if (checks === 1) await call(command, { guid });
      return ran;
    },
  };
  const { notes } = await walkPlaybook(meanwhile, playbook, { GUID: guid }, yes);
  expect(line(notes[1], "Released, or the release accepted")).toBe("");
  expect(line(notes[1], "Not released again")).toMatch(/^It lies in Deleted/);
  expect(await released(room, guid)).toBe(1);
});

test("a GUID that nobody knows ends in the summary, as does a PPS out of reach, and neither looks like a check", async () => {
  await using room = await openRoom();
  const guid = await send(room, gtube);
  for (const GUID of ["no-such-message", guid]) {
    if (GUID === guid) room.simulator.faults.add({ kind: "refused" });
    const { tasks, notes, stoppedAt } = await walkPlaybook(room, playbook, { GUID }, yes);
    expect(stoppedAt).toBeUndefined();
    expect(tasks).not.toContain("Release the message named");
    expect(line(notes[0], "In order")).toBe("");
    expect(notes[0]).toContain("Where no check is named here, the check itself failed: its error says why.");
    expect(line(notes[1], "Released, or the release accepted")).toBe("");
  }
});

test("where PPS is out of reach after the approval, the summary leaves what was planned as not known to be done", async () => {
  await using room = await openRoom();
  const guid = await send(room, gtube);
  const call = room.call;
  const broken: WarRoom = {
    ...room,
    async call(command, args) {
      const ran = await call(command, args);
      if (args.dry_run === "true") room.simulator.faults.add({ kind: "refused" });
      return ran;
    },
  };
  const { notes, stoppedAt } = await walkPlaybook(broken, playbook, { GUID: guid }, yes);
  expect(stoppedAt).toBeUndefined();
  expect(line(notes[1], "Released, or the release accepted")).toBe("");
  expect(line(notes[1], "Planned, and not known to be done")).toBe("release");
});

test("a message that was searched for is checked, and waits for an analyst although the approval is waived", async () => {
  await using room = await openRoom();
  const guid = await send(room, gtube, "Parcel 1");
  await send(room, gtube, "Parcel 2");
  const given = { Subject: "Parcel 1", RequireApproval: "False" };
  const { stoppedAt } = await walkPlaybook(room, playbook, given);
  expect(stoppedAt).toBe(searched);
  const { notes } = await walkPlaybook(room, playbook, given, yes);
  expect(line(notes[1], "Released, or the release accepted")).toBe(guid);
  expect(await released(room, guid)).toBe(1);
});

test("of several messages found none is released, and the summary names them", async () => {
  await using room = await openRoom();
  const guids = [await send(room, gtube), await send(room, gtube)];
  const { tasks, notes } = await walkPlaybook(room, playbook, { Recipient: ann }, yes);
  expect(tasks).not.toContain("Check the message found");
  for (const guid of guids) {
    expect(line(notes[0], "Found by a search")).toContain(guid);
    expect(await released(room, guid)).toBe(0);
  }
});

test.each([
  ["a virus in the folder that is searched", eicar, "Virus", "Release the message found"],
  ["nothing in the folder that is searched", gtube, "Phish", "Check the message found"],
])("%s leads to no release", async (_, text, FolderName, unreached) => {
  await using room = await openRoom();
  const guid = await send(room, text);
  const { tasks, stoppedAt } = await walkPlaybook(room, playbook, { Sender: sender, FolderName }, yes);
  expect(stoppedAt).toBeUndefined();
  expect(tasks).not.toContain(unreached);
  expect(await released(room, guid)).toBe(0);
});

test.each([
  ["ReleaseDLP", "perhaps"],
  ["SafelistSender", "True"],
])("%s with a word it does not take releases nothing", async (input, word) => {
  await using room = await openRoom();
  const guid = await send(room, gtube);
  const { tasks } = await walkPlaybook(room, playbook, { GUID: guid, [input]: word }, yes);
  expect(tasks).not.toContain("Release the message named");
  expect(await released(room, guid)).toBe(0);
});
