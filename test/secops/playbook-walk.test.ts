import { unzipSync } from "fflate";
import { beforeAll, expect, test } from "vitest";
import type { Tree } from "../xsoar/rules/rule.ts";
import { ann, openRoom, type Room, sender } from "./package-room.ts";
import { walkPlaybook } from "./playbook-platform.ts";
import { buildOnce } from "./rules/pack.ts";
import { playbookZip } from "./rules/playbook-forms.ts";

let playbooks: Record<string, Tree>;

beforeAll(async () => {
  const entries = Object.entries(unzipSync(playbookZip(await buildOnce())));
  playbooks = Object.fromEntries(
    entries.map(([path, content]) => [path.replace(".json", ""), JSON.parse(Buffer.from(content).toString())]),
  );
});

const event = { event_network_email_from: sender };
const exact = { ...event, event_network_email_subject: "Parcel*", event_principal_hostname: "localhost" };

async function heldIn(room: Room, folder = "Quarantine"): Promise<number> {
  const { json } = await room.run("Find Quarantined Messages", { Sender: sender, "Folder Name": folder });
  return (json as unknown[]).length;
}

/** Whether the sender stood on a list; it does not afterwards. */
async function stoodOn(room: Room, list: "Blocklist" | "Safelist", user = ""): Promise<boolean> {
  const { json } = await room.run(`Remove Sender from ${list}`, { Sender: sender, User: user });
  return JSON.stringify(json).includes('"status":"removed"');
}

/** Has two messages held, and puts as many of them as are wanted into the folder Phish. */
async function holdIn(room: Room, inPhish: number): Promise<void> {
  const held = await room.hold(2);
  for (const { localguid } of held.slice(0, inPhish)) {
    const given = { "Message GUIDs": localguid, "Folder Name": "Quarantine", "Target Folder Name": "Phish" };
    await room.run("Move Quarantined Message", given);
  }
}

const places = [
  ["In Quarantine", 0],
  ["In Both", 1],
  ["In Phish", 2],
] as const;

test.each(places)(
  "a phishing alert with mail %s waits for an answer, and without one nothing is deleted",
  async (where, inPhish) => {
    await using room = await openRoom();
    await holdIn(room, inPhish);
    const { stoppedAt } = await walkPlaybook(room, playbooks["PPS Phishing Response"], event);
    expect(stoppedAt).toBe(`Ask What To Do ${where}`);
    expect(await heldIn(room)).toBe(2 - inPhish);
    expect(await heldIn(room, "Phish")).toBe(inPhish);
  },
);

test.each(
  places.flatMap(([where, inPhish]) =>
    (
      [
        ["Delete and block", true, true],
        ["Delete only", true, false],
        ["Leave everything as it is", false, false],
      ] as const
    ).map(([answer, deletes, blocks]) => [answer, where, inPhish, deletes, blocks] as const),
  ),
)(
  "after the answer %s with mail %s, that is what comes of a phishing alert",
  async (answer, where, inPhish, deletes, blocks) => {
    await using room = await openRoom();
    await holdIn(room, inPhish);
    const { comments, stoppedAt } = await walkPlaybook(room, playbooks["PPS Phishing Response"], event, {
      [`Ask What To Do ${where}`]: answer,
    });
    expect(stoppedAt).toBeUndefined();
    expect(comments).toHaveLength(1);
    const [told = ""] = comments;
    for (const [folder, count] of [
      ["Quarantine", 2 - inPhish],
      ["Phish", inPhish],
    ] as const) {
      const line = `deleted from ${folder}, all done: True; done ${count}, not done 0, not known 0`;
      if (deletes && count > 0) expect(told).toContain(line);
      else expect(told).not.toContain(`deleted from ${folder}`);
      expect(await heldIn(room, folder)).toBe(deletes ? 0 : count);
    }
    expect(told.includes("Blocked, all done: True; done 1")).toBe(blocks);
    expect(told).toMatch(/Of mail like it, 2 message\(s\) are known to be held and 0 to be delivered/);
    expect(await stoodOn(room, "Blocklist")).toBe(blocks);
  },
);

test("a message that comes in after the question is asked is not deleted", async () => {
  await using room = await openRoom();
  await holdIn(room, 1);
  await walkPlaybook(room, playbooks["PPS Phishing Response"], event, {
    "Ask What To Do In Both": "Delete only",
    "Delete Quarantine Only In Both": () => room.hold(1),
  });
  expect(await heldIn(room)).toBe(1);
  expect(await heldIn(room, "Phish")).toBe(0);
});

test.each([
  [2, "Ask What To Do In Quarantine", "Quarantine 2 (all searched: True), Phish 0 (all searched: False)"],
  [0, undefined, "Quarantine 0 (all searched: True), Phish 0 (all searched: False)"],
])(
  "with %i messages in Quarantine and a folder Phish that is not answered for, nobody is told that it is empty",
  async (count, asks, told) => {
    await using room = await openRoom();
    await room.hold(count);
    const { simulator } = room;
    const broken: Room = {
      ...room,
      async run(action, given, on) {
        if (given["Folder Name"] === "Phish") simulator.faults.add({ kind: "refused" });
        const reply = await room.run(action, given, on);
        simulator.faults.clear();
        return reply;
      },
    };
    const answers: Record<string, string> = asks === undefined ? {} : { [asks]: "Leave everything as it is" };
    const { comments } = await walkPlaybook(broken, playbooks["PPS Phishing Response"], event, answers);
    expect(comments).toEqual([expect.stringContaining(told)]);
  },
);

test.each(["PPS Phishing Response", "PPS False Positive Release", "PPS Automated Blocking"])(
  "%s searches and changes nothing for an event without a sender, empty or missing",
  async (name) => {
    await using room = await openRoom();
    await room.hold(1);
    const events: Record<string, string>[] = [{}, { event_network_email_from: "" }];
    for (const given of events) {
      const { comments, steps } = await walkPlaybook(room, playbooks[name], given);
      expect(comments).toEqual([expect.stringMatching(/names no sender's address/)]);
      expect(steps.slice(-2)).toEqual(["Is The Sender An Address", "Tell No Sender"]);
    }
    expect(await heldIn(room)).toBe(1);
  },
);

test.each([
  ["PPS Phishing Response", "Tell Nothing Held"],
  ["PPS False Positive Release", "Tell Not Held"],
  ["PPS Threat Hunt", "Tell Nothing Traced"],
])("%s ends with a comment where nothing is found", async (name, last) => {
  await using room = await openRoom();
  const { steps, stoppedAt } = await walkPlaybook(room, playbooks[name], exact);
  expect(stoppedAt).toBeUndefined();
  expect(steps.at(-1)).toBe(last);
});

test.each([
  ["Yes", "Tell What Is Held", "The quarantine holds 2 message(s)"],
  ["No", "Tell Not Searched", "The quarantine was not searched."],
])("a hunt tells what was traced, and searches the quarantine after the answer %s", async (answer, last, told) => {
  await using room = await openRoom();
  await room.hold(2);
  const { steps, comments } = await walkPlaybook(room, playbooks["PPS Threat Hunt"], exact, {
    "Ask About Quarantine": answer,
  });
  expect(steps.at(-1)).toBe(last);
  expect(comments).toEqual([
    expect.stringContaining(`shows 2 message(s) from ${sender}, to ${ann},${ann}`),
    expect.stringContaining(told),
  ]);
});

test("blocking waits for a person, and then blocks for the whole organization", async () => {
  await using room = await openRoom();
  await room.hold(1);
  const waiting = await walkPlaybook(room, playbooks["PPS Automated Blocking"], event);
  expect(waiting.stoppedAt).toBe("Block After Approval");
  expect(await stoodOn(room, "Blocklist")).toBe(false);
  const { comments } = await walkPlaybook(room, playbooks["PPS Automated Blocking"], event, {
    "Block After Approval": async () => undefined,
  });
  expect(comments).toEqual([expect.stringMatching(/all done: True; done 1, not done 0.*1 message\(s\)/)]);
  expect(await stoodOn(room, "Blocklist")).toBe(true);
});
