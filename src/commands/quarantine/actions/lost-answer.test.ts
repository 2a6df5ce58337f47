import { expect, test } from "vitest";
import { act, actionsOf, base, firstActions, held, isAction, line } from "../../../../test/model/acting.ts";
import { createMailSystem, type Fate } from "../../../../test/model/mail-system.ts";
import {
  quarantineDelete,
  quarantineForward,
  quarantineMove,
  quarantineRelease,
  quarantineResubmit,
} from "./actions.ts";

test("a bare id that is not seen after a lost answer is not taken for deleted, as it may be older", () => {
  const system = createMailSystem({ held: [held("1")], fate: firstActions(1, "after") });
  const { outcomes } = act(quarantineDelete, system, base);
  expect(outcomes[0]).toMatchObject({
    outcome: "unknown",
    message: expect.stringContaining("not seen among the mail"),
  });
  expect(actionsOf(system)).toHaveLength(1);
});

test.each<[string, unknown, Record<string, unknown>, Fate, string, number]>([
  ["a release, done, into a folder", quarantineRelease, { deletedFolder: "Deleted" }, "after", "done", 1],
  ["a release, not done, into a folder", quarantineRelease, { deletedFolder: "Deleted" }, "before", "unknown", 0],
  ["a release, done, that stays", quarantineRelease, {}, "after", "unknown", 1],
  ["a release, not done, that stays", quarantineRelease, {}, "before", "unknown", 0],
  [
    "a forward, done, into a folder",
    quarantineForward,
    { to: "a@example.com", deletedFolder: "Deleted" },
    "after",
    "done",
    1,
  ],
  [
    "a forward, not done, into a folder",
    quarantineForward,
    { to: "a@example.com", deletedFolder: "Deleted" },
    "before",
    "unknown",
    0,
  ],
  ["a forward, done, that stays", quarantineForward, { to: "a@example.com" }, "after", "unknown", 1],
  ["a forward, not done, that stays", quarantineForward, { to: "a@example.com" }, "before", "unknown", 0],
  ["a resubmission, done", quarantineResubmit, {}, "after", "done", 1],
  ["a resubmission, not done", quarantineResubmit, {}, "before", "unknown", 0],
  ["a move, done", quarantineMove, { targetFolder: "Audit" }, "after", "done", 1],
  ["a move, not done, is tried again", quarantineMove, { targetFolder: "Audit" }, "before", "done", 1],
  ["a deletion, done", quarantineDelete, {}, "after", "done", 1],
  ["a deletion, not done, is tried again", quarantineDelete, {}, "before", "done", 1],
  ["a deletion into a folder, done", quarantineDelete, { deletedFolder: "Deleted" }, "after", "done", 1],
  [
    "a deletion into a folder, not done, is tried again",
    quarantineDelete,
    { deletedFolder: "Deleted" },
    "before",
    "done",
    1,
  ],
])("a lost answer to %s is resolved by looking", (_what, command, extra, fate, outcome, effects) => {
  const system = createMailSystem({ held: [held("1"), held("2")], fate: firstActions(1, fate) });
  const { outcomes } = act(command, system, { localGuids: [line("1")], ...extra });
  expect(outcomes.map((one) => one.outcome)).toEqual([outcome]);
  expect(system.effects).toHaveLength(effects);
  const repeats = actionsOf(system).length - 1;
  expect(repeats).toBe(command === quarantineMove || command === quarantineDelete ? (fate === "before" ? 1 : 0) : 0);
});

test.each([quarantineRelease, quarantineForward, quarantineResubmit])(
  "a lost $name is never sent twice, whatever is seen",
  (command) => {
    for (const answer of ["before", "after"] as const) {
      for (const sight of [undefined, "before", { status: 500 }, { text: "<html>" }] satisfies Fate[]) {
        for (const item of [line("1"), '{"localGuid":"1","folder":"Quarantine"}']) {
          for (const deletedFolder of command === quarantineResubmit ? [undefined] : [undefined, "Deleted"]) {
            const system = createMailSystem({
              held: [held("1")],
              fate: (request) => (isAction(request) ? answer : sight),
            });
            const to = command === quarantineForward ? { to: "a@example.com" } : {};
            act(command, system, { localGuids: [item], ...to, ...(deletedFolder ? { deletedFolder } : {}) });
            expect(actionsOf(system)).toHaveLength(1);
          }
        }
      }
    }
  },
);

test("a lost change that PPS is still at work on is looked for again before it is called unknown", () => {
  const system = createMailSystem({ held: [held("1")], fate: firstActions(1, "before") });
  system.onPause = () => {
    system.held = [{ ...held("1"), localguid: "moved", folder: "Deleted" }];
  };
  const { outcomes } = act(quarantineRelease, system, { localGuids: [line("1")], deletedFolder: "Deleted" });
  expect(outcomes[0]).toMatchObject({ outcome: "done", message: expect.stringContaining("now in Deleted") });
  expect(system.pauses).toEqual([1000]);
});

test("a message that has left but is not where it should be stays unknown", () => {
  const system = createMailSystem({ held: [held("1")], fate: firstActions(1, "after") });
  const elsewhere = system.ask;
  system.ask = (request) => {
    const reply = () => elsewhere(request);
    if (!isAction(request)) system.held = [{ ...held("1"), folder: "Audit" }];
    return reply();
  };
  const { outcomes } = act(quarantineDelete, system, { localGuids: [line("1")], deletedFolder: "Deleted" });
  expect(outcomes[0]).toMatchObject({
    outcome: "unknown",
    message: expect.stringContaining("has left Quarantine but was not seen in Deleted"),
    hint: "Whether the delete took effect is not known. Look at the message before you try again.",
  });
});

test("an id without its time is never called gone, for it may be older than the look went back", () => {
  const system = createMailSystem({ fate: firstActions(1, "before") });
  expect(act(quarantineDelete, system, base).outcomes[0]?.outcome).toBe("unknown");
});

test("a second try that is lost as well stays unknown", () => {
  const system = createMailSystem({ held: [held("1")], fate: firstActions(2, "before") });
  const { outcomes } = act(quarantineDelete, system, { localGuids: [line("1")] });
  expect(outcomes[0]).toMatchObject({
    outcome: "unknown",
    message: expect.stringContaining("second try was lost too"),
  });
  expect(actionsOf(system)).toHaveLength(2);
});

test.each<[string, unknown, Record<string, unknown>, string]>([
  ["a deletion", quarantineDelete, {}, "gone"],
  ["a move", quarantineMove, { targetFolder: "Audit" }, "Audit"],
])(
  "%s that took effect between the look and the second try is done, not missing (pps-api.md 10 row 5)",
  (_what, command, extra, place) => {
    const system = createMailSystem({ held: [held("1")] });
    let sent = 0;
    system.fate = (request) => {
      if (!isAction(request)) return undefined;
      if (++sent === 1) return "before";
      system.held = place === "gone" ? [] : [{ ...held("1"), localguid: "moved", folder: place }];
      return undefined;
    };
    const { outcomes } = act(command, system, { localGuids: [line("1")], ...extra });
    expect(outcomes[0]?.outcome).toBe("done");
  },
);

test("a server fault in answer to a change is looked into like a lost answer", () => {
  const system = createMailSystem({ held: [held("1")], fate: firstActions(1, { status: 500, text: "oops" }) });
  expect(act(quarantineRelease, system, { localGuids: [line("1")] }).outcomes[0]).toMatchObject({
    outcome: "unknown",
    status: 500,
    message: expect.stringContaining("oops"),
  });
});

test("a login page with status 200 is no release, and what became of the message is looked up", () => {
  const system = createMailSystem({
    held: [held("1")],
    fate: (request) => (isAction(request) ? { status: 200, text: "<!doctype html><title>Sign in</title>" } : undefined),
  });
  const { outcomes } = act(quarantineRelease, system, { localGuids: [line("1")], deletedFolder: "Deleted" });
  expect(outcomes[0]).toMatchObject({
    outcome: "unknown",
    code: "unexpected",
    message: expect.stringContaining("Sign in"),
  });
});
