import { beforeAll, expect, test } from "vitest";
import type { Files } from "../../src/hosts/xsoar/build/build.ts";
import { walkPlaybook } from "./playbook-server.ts";
import { buildOnce, packFolder, treeOf } from "./rules/built.ts";
import type { Tree } from "./rules/rule.ts";
import { ann, contextOf, hold, openWarRoom, sender, type WarRoom } from "./war-room.ts";

let files: Files;

beforeAll(async () => {
  files = await buildOnce();
});

function playbook(name: string): Tree {
  return treeOf(files, `${packFolder}/Playbooks/playbook-${name}-Proofpoint_Protection_Server.yml`);
}

async function heldIn(room: WarRoom, folder = "Quarantine"): Promise<number> {
  const entries = await room.run(`!proofpoint-pps-list-quarantined-messages from=${sender} folder_name=${folder}`);
  return (Object.values(contextOf(entries[0]))[0] as unknown[] | undefined)?.length ?? 0;
}

/** Whether the sender stood on a list; it does not afterwards. */
async function stoodOn(room: WarRoom, list: "blocked" | "safe"): Promise<boolean> {
  const entries = await room.run(`!proofpoint-remove-from-${list}-senders-list email=${sender}`);
  return entries.every(({ Type }) => Type !== 4);
}

const asks = { Sender: sender, BlockSender: "True" };

test.each(["True", "", "false", "no", "FALSE"])(
  "with RequireApproval set to %o the phishing playbook waits, and nothing is deleted",
  async (word) => {
    await using room = await openWarRoom();
    await hold(room, 2);
    const { stoppedAt } = await walkPlaybook(room, playbook("Phishing_Response"), { ...asks, RequireApproval: word });
    expect(stoppedAt).toBe("Should the messages found in quarantine be deleted?");
    expect(await heldIn(room)).toBe(2);
  },
);

test.each([
  ["yes to both", "yes", "yes", 0, true],
  ["yes to the deletion alone", "yes", "no", 0, false],
  ["yes to the blocking alone", "no", "yes", 2, true],
  ["no to both", "no", "no", 2, false],
] as const)("answered %s, the phishing playbook does that and no more", async (_, deletes, blocks, held, isBlocked) => {
  await using room = await openWarRoom();
  await hold(room, 2);
  const { notes, stoppedAt } = await walkPlaybook(room, playbook("Phishing_Response"), asks, {
    "Should the messages found in quarantine be deleted?": deletes,
    "Should the sender be blocked?": blocks,
  });
  expect(stoppedAt).toBeUndefined();
  expect(notes).toHaveLength(1);
  expect(notes[0]).toMatch(held === 0 ? /^- Deleted: 1:1:\d,1:1:\d$/m : /^- Deleted: $/m);
  expect(notes[0]).toMatch(isBlocked ? new RegExp(`^- Blocked: ${sender}$`, "m") : /^- Blocked: $/m);
  expect(await heldIn(room)).toBe(held);
  expect(await stoodOn(room, "blocked")).toBe(isBlocked);
});

test("with the approval waived the phishing playbook asks nobody, and blocks only where it was told to", async () => {
  await using room = await openWarRoom();
  await hold(room, 2);
  const { stoppedAt } = await walkPlaybook(room, playbook("Phishing_Response"), {
    Sender: sender,
    RequireApproval: "False",
  });
  expect(stoppedAt).toBeUndefined();
  expect(await heldIn(room)).toBe(0);
  expect(await stoodOn(room, "blocked")).toBe(false);
});

/** Has two messages held, the first of them in the folder Phish. */
async function holdInBoth(room: WarRoom): Promise<void> {
  const [first] = await hold(room, 2);
  await room.run(
    `!proofpoint-pps-move-message folder_name=Quarantine local_guid=${first?.localguid} target_folder=Phish`,
  );
}

const inQuarantine = "Should the messages found in quarantine be deleted?";
const inPhish = "Should the messages found in the folder for phish be deleted?";

test.each([
  ["yes", "yes", 0, 0],
  ["yes", "no", 0, 1],
  ["no", "yes", 1, 0],
  ["no", "no", 1, 1],
] as const)(
  "asked about each folder by itself and answered %s and %s, the phishing playbook deletes that and no more",
  async (first, second, left, leftInPhish) => {
    await using room = await openWarRoom();
    await holdInBoth(room);
    const answers = { [inQuarantine]: first, [inPhish]: second };
    const { notes, stoppedAt } = await walkPlaybook(room, playbook("Phishing_Response"), { Sender: sender }, answers);
    expect(stoppedAt).toBeUndefined();
    expect(notes).toHaveLength(1);
    expect(notes[0]).toMatch(
      /^- Held of its like before that, by folder: ((Quarantine,Phish)|(Phish,Quarantine)), by GUID: /m,
    );
    expect(await heldIn(room)).toBe(left);
    expect(await heldIn(room, "Phish")).toBe(leftInPhish);
  },
);

test("without a folder for phish, that folder is left, and the summary tells what it holds all the same", async () => {
  await using room = await openWarRoom();
  await holdInBoth(room);
  const given = { Sender: sender, PhishFolderName: "", RequireApproval: "False" };
  const { notes } = await walkPlaybook(room, playbook("Phishing_Response"), given);
  expect(notes[0]).toMatch(/by folder: .*Phish/);
  expect(await heldIn(room)).toBe(0);
  expect(await heldIn(room, "Phish")).toBe(1);
});

test("a folder for phish that PPS does not have does not end the run, and is not told as empty", async () => {
  await using room = await openWarRoom();
  await hold(room, 1);
  const given = { Sender: sender, PhishFolderName: "Nowhere", RequireApproval: "False" };
  const { notes, stoppedAt } = await walkPlaybook(room, playbook("Phishing_Response"), given);
  expect(stoppedAt).toBeUndefined();
  expect(notes[0]).toContain("Folder: Nowhere; the error of the search says why. What it holds is not known.");
  expect(await heldIn(room)).toBe(0);
});

test("who got mail like it is told, and a second run in the same incident does not tell of the first's", async () => {
  await using room = await openWarRoom();
  const raw = Buffer.from(
    `From: ${sender}\r\nTo: ${ann}\r\nSubject: Parcel\r\nMessage-ID: <d@parcels.example>\r\n\r\nHello\r\n`,
  );
  await room.simulator.send({ envelope: { from: sender, to: [ann] }, raw });
  room.simulator.clock.advance(20 * 60_000);
  const context = { modules: [{ brand: "ProofpointProtectionServer", state: "active" }] };
  const first = await walkPlaybook(room, playbook("Phishing_Response"), { Sender: sender }, {}, context);
  expect(first.notes[0]).toContain(`- Delivered to: ${ann};`);
  const other = { Sender: "nobody@quiet.example" };
  const second = await walkPlaybook(room, playbook("Phishing_Response"), other, {}, context);
  expect(second.notes[0]).toContain("- Delivered to: ;");
});

test("the phishing playbook does not act on what another search left in context", async () => {
  await using room = await openWarRoom();
  const [held] = await hold(room, 1);
  const stale = { ...held, folder: "Quarantine", localguid: held?.localguid };
  const context = {
    modules: [{ brand: "ProofpointProtectionServer", state: "active" }],
    Proofpoint: { QuarantinedMessage: [stale] },
  };
  const { tasks } = await walkPlaybook(
    room,
    playbook("Phishing_Response"),
    { Sender: "nobody@parcels.example", RequireApproval: "False" },
    {},
    context,
  );
  expect(tasks.join()).not.toContain("Delete the messages");
  expect(await heldIn(room)).toBe(1);
});

test.each(["Phishing_Response", "False_Positive_Release", "Threat_Hunt", "Automated_Blocking"])(
  "%s ends at once where no instance of ours is active",
  async (name) => {
    await using room = await openWarRoom();
    const context = { modules: [{ brand: "Proofpoint Protection Server v2", state: "active" }] };
    const { tasks } = await walkPlaybook(room, playbook(name), { Sender: sender, Senders: sender }, {}, context);
    expect(tasks.slice(1)).toEqual(["Is Proofpoint Protection Server enabled?", "Done"]);
  },
);

test("a hunt lists what is held of what it traced, and does nothing where nothing was given", async () => {
  await using room = await openWarRoom();
  await hold(room, 2);
  const { tasks } = await walkPlaybook(room, playbook("Threat_Hunt"), { Sender: sender });
  expect(tasks.at(-2)).toBe("List what is quarantined");
  const byHost = await walkPlaybook(room, playbook("Threat_Hunt"), { Host: "localhost" });
  expect(byHost.tasks.slice(-2)).toEqual(["Can the quarantine be searched?", "Done"]);
  const nothing = await walkPlaybook(room, playbook("Threat_Hunt"), {});
  expect(nothing.tasks).not.toContain("Trace the messages");
});

const agreed = { "Should the senders be blocked?": "yes" } as const;

test("senders are blocked once an analyst agrees", async () => {
  await using room = await openWarRoom();
  const given = { Senders: `${sender},evil.test` };
  const { stoppedAt } = await walkPlaybook(room, playbook("Automated_Blocking"), given);
  expect(stoppedAt).toBe("Should the senders be blocked?");
  expect(await stoodOn(room, "blocked")).toBe(false);
  const { tasks, notes } = await walkPlaybook(room, playbook("Automated_Blocking"), given, agreed);
  expect(tasks).not.toContain("Collect what failed");
  expect(notes).toEqual([`### Automated blocking\n- Blocked: ${sender},@evil.test`]);
  expect(await stoodOn(room, "blocked")).toBe(true);
});

test("whose blocklist could not be changed is collected beside those that were", async () => {
  await using room = await openWarRoom();
  await room.run(`!proofpoint-pps-create-user email=${ann}`);
  const given = { Senders: sender, User: `${ann},nobody@example.com` };
  const { notes, stoppedAt } = await walkPlaybook(room, playbook("Automated_Blocking"), given, agreed);
  expect(stoppedAt).toBeUndefined();
  expect(notes[0]).toMatch(new RegExp(`^- Senders: ${sender}$`, "m"));
  expect(notes[0]).toMatch(/^- Reasons: .*nobody@example\.com/m);
  expect(notes[1]).toContain(`- Blocked: ${sender}`);
});

test("a list with a sender that the guard rails refuse blocks nobody, and the playbook says that something failed", async () => {
  await using room = await openWarRoom();
  const given = { Senders: `${sender},boss@example.com` };
  const { tasks, notes } = await walkPlaybook(room, playbook("Automated_Blocking"), given, agreed);
  expect(tasks).toContain("Collect what failed");
  expect(notes[0]).toContain("the command itself failed: its error says why");
  expect(await stoodOn(room, "blocked")).toBe(false);
});
