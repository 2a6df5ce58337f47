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

async function heldIn(room: Room): Promise<number> {
  const { json } = await room.run("Find Quarantined Messages", { Sender: sender, "Folder Name": "Quarantine" });
  return (json as unknown[]).length;
}

/** Whether the sender stood on a list; it does not afterwards. */
async function stoodOn(room: Room, list: "Blocklist" | "Safelist", user = ""): Promise<boolean> {
  const { json } = await room.run(`Remove Sender from ${list}`, { Sender: sender, User: user });
  return JSON.stringify(json).includes('"status":"removed"');
}

test("a phishing alert waits for an answer, and without one nothing is deleted", async () => {
  await using room = await openRoom();
  await room.hold(2);
  const { stoppedAt } = await walkPlaybook(room, playbooks["PPS Phishing Response"], event);
  expect(stoppedAt).toBe("Ask What To Do");
  expect(await heldIn(room)).toBe(2);
});

test.each([
  ["Delete and block", 0, true, /deleted, all done: True; done 2, not done 0.*Blocked, all done: True; done 1/],
  ["Delete only", 0, false, /deleted, all done: True; done 2, not done 0, not known 0\. The sender was not blocked/],
  ["Leave everything as it is", 2, false, /^2 message\(s\) from .* were left/],
])("after the answer %s, that is what comes of a phishing alert", async (answer, held, isBlocked, told) => {
  await using room = await openRoom();
  await room.hold(2);
  const { comments, stoppedAt } = await walkPlaybook(room, playbooks["PPS Phishing Response"], event, {
    "Ask What To Do": answer,
  });
  expect(stoppedAt).toBeUndefined();
  expect(comments).toEqual([expect.stringMatching(told)]);
  expect(await heldIn(room)).toBe(held);
  expect(await stoodOn(room, "Blocklist")).toBe(isBlocked);
});

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
