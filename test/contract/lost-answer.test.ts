import { describe, expect, test } from "vitest";
import type { Message, Outcome } from "../../src/commands/index.ts";
import type { Fault } from "../../src/simulator/index.ts";
import { effectsOn } from "../simulator/effects.ts";
import { delivered, foldersOf, habits, hold, holdOne, type Lab, openLab } from "./lab.ts";

// pps-api.md 9 rows 12 and 13, 10 row 5, 11 faults: an answer may be lost before the effect or after it. Whatever the client
// reports must be true of the journal, and what delivers mail happens once at most.

interface Deed {
  effect: "released" | "forwarded" | "resubmitted" | "moved" | "deleted";
  isRepeatable: boolean;
  /** Where the message is afterwards, where looking can tell. */
  leavesFor?: "Deleted" | "Audit" | "nowhere";
  act(lab: Lab, target: { localGuids: string[]; folder?: string }): Promise<{ outcomes: Outcome[] }>;
}

const deeds: [string, Deed][] = [
  ["a release", { effect: "released", isRepeatable: false, act: ({ pps }, target) => pps.quarantine.release(target) }],
  [
    "a release into a folder",
    {
      effect: "released",
      isRepeatable: false,
      leavesFor: "Deleted",
      act: ({ pps }, target) => pps.quarantine.release({ ...target, deletedFolder: "Deleted" }),
    },
  ],
  [
    "a forward",
    {
      effect: "forwarded",
      isRepeatable: false,
      act: ({ pps }, target) => pps.quarantine.forward({ ...target, to: ["soc@example.com"] }),
    },
  ],
  [
    "a forward into a folder",
    {
      effect: "forwarded",
      isRepeatable: false,
      leavesFor: "Deleted",
      act: ({ pps }, target) =>
        pps.quarantine.forward({ ...target, to: ["soc@example.com"], deletedFolder: "Deleted" }),
    },
  ],
  [
    "a resubmission",
    {
      effect: "resubmitted",
      isRepeatable: false,
      leavesFor: "nowhere",
      act: ({ pps }, target) => pps.quarantine.resubmit(target),
    },
  ],
  [
    "a move",
    {
      effect: "moved",
      isRepeatable: true,
      leavesFor: "Audit",
      act: ({ pps }, target) => pps.quarantine.move({ ...target, targetFolder: "Audit" }),
    },
  ],
  [
    "a deletion",
    {
      effect: "deleted",
      isRepeatable: true,
      leavesFor: "nowhere",
      act: ({ pps }, target) => pps.quarantine.delete(target),
    },
  ],
  [
    "a deletion into a folder",
    {
      effect: "deleted",
      isRepeatable: true,
      leavesFor: "Deleted",
      act: ({ pps }, target) => pps.quarantine.delete({ ...target, deletedFolder: "Deleted" }),
    },
  ],
];

const faults: [string, Omit<Fault, "route">][] = [
  ["an answer lost after the effect", { kind: "lose-answer", count: 1 }],
  ["a connection dropped before the effect", { kind: "reset", count: 1 }],
  ["a body cut short", { kind: "cut-body", count: 1 }],
  ["a proxy's 502", { kind: "status", status: 502, count: 1 }],
  ["a proxy's 504", { kind: "status", status: 504, count: 1 }],
  ["a server fault", { kind: "status", status: 500, count: 1 }],
  ["every answer lost", { kind: "lose-answer" }],
  ["every connection dropped", { kind: "reset" }],
];

/** A message as `pps quarantine list --jsonl` prints it: what is known of it makes looking for it possible. */
function lineOf(message: Message): { localGuids: string[] } {
  return { localGuids: [JSON.stringify(message)] };
}

function idOf({ localGuid, folder }: Message): { localGuids: string[]; folder: string } {
  return { localGuids: [localGuid], folder };
}

/** What was reported must be what happened. */
function judge(outcome: Outcome | undefined, effects: string[], deed: Deed): void {
  const happened = effects.filter((effect) => effect === deed.effect).length;
  if (!deed.isRepeatable) expect(happened).toBeLessThanOrEqual(1);
  switch (outcome?.outcome) {
    case "done":
    case "accepted":
      expect(happened).toBeGreaterThanOrEqual(1);
      break;
    case "unknown":
      expect(outcome.hint).toContain("is not known");
      break;
    default:
      expect([outcome?.outcome, happened]).toEqual([outcome?.outcome, 0]);
  }
}

describe.each(habits)("with the habits of %s", (_habit, options) => {
  test.each(deeds)("%s is reported truly and delivered at most once, whatever is lost", async (_deed, deed) => {
    const lab = await openLab(options);
    for (const [what, fault] of faults) {
      for (const toTarget of [lineOf, idOf]) {
        const message = await holdOne(lab);
        lab.simulator.faults.add({ ...fault, route: "POST /quarantine" });
        const { outcomes } = await deed.act(lab, toTarget(message));
        lab.simulator.faults.clear();
        expect([what, outcomes.length]).toEqual([what, 1]);
        judge(outcomes[0], await effectsOn(lab, message.guid), deed);
        for (const address of message.recipients) expect(delivered(lab, address).length).toBeLessThanOrEqual(1);
      }
    }
    expect(lab.reported).toEqual([]);
  });
});

describe("on premises, where effects take place at once", () => {
  test.each(deeds.filter(([, deed]) => deed.leavesFor))(
    "%s whose answer was lost is found out by looking",
    async (_deed, deed) => {
      const lab = await openLab();
      const message = await holdOne(lab);
      lab.simulator.faults.add({ kind: "lose-answer", count: 1, route: "POST /quarantine" });
      const { outcomes } = await deed.act(lab, lineOf(message));
      expect(outcomes).toMatchObject([
        { outcome: "done", message: expect.stringContaining("The answer was lost, but") },
      ]);
      expect(await effectsOn(lab, message.guid)).toContain(deed.effect);
      expect(foldersOf(lab, message.guid)).toEqual(deed.leavesFor === "nowhere" ? [] : [deed.leavesFor]);
    },
  );

  test.each(deeds.filter(([, deed]) => deed.isRepeatable))(
    "%s that never arrived is tried again, and done",
    async (_deed, deed) => {
      const lab = await openLab();
      const message = await holdOne(lab);
      lab.simulator.faults.add({ kind: "reset", count: 1, route: "POST /quarantine" });
      expect((await deed.act(lab, lineOf(message))).outcomes).toMatchObject([{ outcome: "done" }]);
      expect(await effectsOn(lab, message.guid)).toEqual([deed.effect]);
    },
  );

  test.each(deeds.filter(([, deed]) => !deed.leavesFor))(
    "%s that stays where it is cannot be told by looking, and is unknown",
    async (_deed, deed) => {
      const lab = await openLab();
      for (const kind of ["lose-answer", "reset"] as const) {
        const message = await holdOne(lab);
        lab.simulator.faults.add({ kind, count: 1, route: "POST /quarantine" });
        expect((await deed.act(lab, lineOf(message))).outcomes).toMatchObject([
          { outcome: "unknown", message: expect.stringContaining("as it would be in either case") },
        ]);
        expect(await effectsOn(lab, message.guid)).toHaveLength(kind === "reset" ? 0 : 1);
      }
    },
  );

  test("a release that timed out is not repeated, and resolved by looking when a folder tells", async () => {
    const lab = await openLab({}, { timeoutMs: 500 });
    const [open, put] = [await holdOne(lab), await holdOne(lab)];
    lab.simulator.faults.add({ kind: "latency", milliseconds: 60_000, count: 2, route: "POST /quarantine" });
    const unknown = await lab.pps.quarantine.release(lineOf(open));
    expect(unknown.outcomes).toMatchObject([{ outcome: "unknown", code: "unreachable" }]);
    const known = await lab.pps.quarantine.release({ ...lineOf(put), deletedFolder: "Deleted" });
    expect(known.outcomes).toMatchObject([{ outcome: "done" }]);
    for (const message of [open, put]) expect(await effectsOn(lab, message.guid)).toEqual(["released"]);
  });

  test.each(deeds)("%s whose answer comes too late is not sent again", async (_deed, deed) => {
    const lab = await openLab({}, { timeoutMs: 500 });
    const message = await holdOne(lab);
    lab.simulator.faults.add({ kind: "latency", milliseconds: 60_000, count: 1, route: "POST /quarantine" });
    const { outcomes } = await deed.act(lab, lineOf(message));
    const effects = await effectsOn(lab, message.guid);
    judge(outcomes[0], effects, deed);
    expect(effects.filter((effect) => effect === deed.effect)).toHaveLength(1);
  });

  test("an answer lost among many is resolved for its message alone", async () => {
    const lab = await openLab();
    hold(
      lab,
      Array.from({ length: 12 }, (_, index) => ({ ago: 60 + index })),
    );
    const { messages } = await lab.pps.quarantine.list({ sender: "*" });
    lab.simulator.faults.add({ kind: "lose-answer", probability: 0.4, seed: "some", route: "POST /quarantine" });
    const { counts } = await lab.pps.quarantine.release({
      localGuids: messages.map((message) => JSON.stringify(message)),
      deletedFolder: "Deleted",
    });
    expect(counts).toEqual({ done: 12 });
    for (const { guid } of messages) expect(await effectsOn(lab, guid)).toEqual(["released"]);
  });
});

test("on demand a lost release is looked for again while PPS may still be at work (pps-api.md 10 row 2)", async () => {
  const lab = await openLab({ profile: "pod" });
  const message = await holdOne(lab);
  lab.simulator.faults.add({ kind: "lose-answer", count: 1, route: "POST /quarantine" });
  const { outcomes } = await lab.pps.quarantine.release({ ...lineOf(message), deletedFolder: "Deleted" });
  expect(outcomes).toMatchObject([{ outcome: "done" }]);
  expect(lab.waits).toEqual([1000, 3000]);
  expect(await effectsOn(lab, message.guid)).toEqual(["released"]);
});

test("on demand a deletion whose first answer was lost is done, also when the second comes too late (pps-api.md 10 row 5)", async () => {
  const lab = await openLab({ profile: "pod" });
  const message = await holdOne(lab);
  lab.simulator.faults.add({ kind: "lose-answer", count: 1, route: "POST /quarantine" });
  const { outcomes } = await lab.pps.quarantine.delete(lineOf(message));
  expect(outcomes).toMatchObject([{ outcome: expect.stringMatching(/^(done|accepted)$/) }]);
  expect(await effectsOn(lab, message.guid)).toEqual(["deleted"]);
});
