import { expect, test } from "vitest";
import { act, actionsOf, base, firstActions, held, isAction, line, now } from "../../../../test/model/acting.ts";
import { bareContext } from "../../../../test/model/execute.ts";
import { createMailSystem, type Fate } from "../../../../test/model/mail-system.ts";
import { run } from "../../../core/run.ts";
import {
  quarantineDelete,
  quarantineForward,
  quarantineMove,
  quarantineRelease,
  quarantineResubmit,
} from "./actions.ts";
import type { MessageOutcome } from "./message-outcome.ts";

const common = { folder: "Quarantine", localguid: "1" };

test.each<[string, unknown, Record<string, unknown>, Record<string, unknown>]>([
  ["a release", quarantineRelease, {}, { action: "release", ...common }],
  [
    "a release with all there is",
    quarantineRelease,
    { deletedFolder: "Deleted", scan: "true", brandTemplate: "Blue", securityPolicy: "Strict" },
    {
      action: "release",
      ...common,
      deletedfolder: "Deleted",
      scan: "t",
      brandtemplate: "Blue",
      securitypolicy: "Strict",
    },
  ],
  ["a release without a scan", quarantineRelease, { scan: false }, { action: "release", ...common }],
  ["a resubmission", quarantineResubmit, {}, { action: "resubmit", ...common }],
  [
    "a forward",
    quarantineForward,
    { to: ["a@example.com", "b@example.com"] },
    { action: "forward", ...common, to: "a@example.com,b@example.com" },
  ],
  [
    "a forward with all there is",
    quarantineForward,
    {
      to: "a@example.com",
      subject: "Look:",
      appendOldSubject: true,
      from: "x@example.com",
      headerFrom: "y@example.com",
      comment: "one\ntwo",
      deletedFolder: "Deleted",
    },
    {
      action: "forward",
      ...common,
      deletedfolder: "Deleted",
      to: "a@example.com",
      subject: "Look:",
      appendoldsubject: "t",
      from: "x@example.com",
      headerfrom: "y@example.com",
      comment: "one\ntwo",
    },
  ],
  ["a move", quarantineMove, { targetFolder: "Audit" }, { action: "move", ...common, targetfolder: "Audit" }],
  ["a deletion", quarantineDelete, {}, { action: "delete", ...common }],
  [
    "a deletion into a folder",
    quarantineDelete,
    { deletedFolder: "Deleted" },
    { action: "delete", ...common, deletedfolder: "Deleted" },
  ],
])("%s sends the fields of pps-api.md 4.2 and no others", (_what, command, extra, body) => {
  const system = createMailSystem({ held: [held("1")] });
  const { outcomes, counts } = act(command, system, { ...base, ...extra });
  expect(actionsOf(system)).toEqual([body]);
  expect(outcomes).toMatchObject([{ localGuid: "1", folder: "Quarantine", outcome: "done", status: 200 }]);
  expect(counts).toEqual({ done: 1 });
});

test.each([quarantineRelease, quarantineResubmit, quarantineDelete])(
  "a dry run of $name says what would be sent and sends nothing",
  (command) => {
    const system = createMailSystem({ held: [held("1"), held("2")] });
    const { outcomes, counts } = act(command, system, { ...base, localGuids: "1,2" }, true);
    expect(system.asked).toEqual([]);
    expect(counts).toEqual({ planned: 2 });
    expect(outcomes[0]).toMatchObject({
      outcome: "planned",
      request: { method: "POST", path: "/quarantine", body: { localguid: "1", folder: "Quarantine" } },
    });
  },
);

test.each<[string, Fate, Partial<MessageOutcome>]>([
  [
    "202 with words",
    { status: 202, text: "Message 1 will be handled shortly" },
    { outcome: "accepted", message: "Message 1 will be handled shortly", status: 202 },
  ],
  [
    "202 without words",
    { status: 202 },
    { outcome: "accepted", message: "Request sent. Message 1 will be released momentarily" },
  ],
  ["204", { status: 204 }, { outcome: "done", message: "Request sent. Message 1 will be released momentarily" }],
  ["200 with a status", { text: '{"status":"Released"}' }, { outcome: "done", message: "Released" }],
  [
    "200 with text that only looks like JSON",
    { text: "{status: Released" },
    { outcome: "done", message: "{status: Released" },
  ],
  ["a request id", { status: 202, requestId: "r-1" }, { outcome: "accepted", requestId: "r-1" }],
  [
    "400",
    { status: 400, text: "Invalid argument: targetfolder" },
    { outcome: "refused", code: "refused", status: 400 },
  ],
  ["404", { status: 404, text: "gone" }, { outcome: "not_found", code: "not_found", status: 404 }],
  ["401", { status: 401 }, { outcome: "failed", code: "denied", status: 401 }],
  ["403", { status: 403 }, { outcome: "failed", code: "denied", status: 403 }],
  ["503", { status: 503 }, { outcome: "failed", code: "busy", status: 503 }],
  ["a request that was never sent", "not-sent", { outcome: "failed", code: "unreachable" }],
])("%s is the outcome of its message (pps-api.md 4.3)", (_answer, fate, outcome) => {
  const system = createMailSystem({ held: [held("1")], fate: firstActions(1, fate) });
  const { outcomes } = act(quarantineRelease, system, base);
  expect(outcomes).toHaveLength(1);
  expect(outcomes[0]).toMatchObject(outcome);
  expect(actionsOf(system)).toHaveLength(1);
});

test("a refusal is one sentence with PPS's own words", () => {
  const fate = firstActions(3, { status: 400, text: "Invalid argument: targetfolder" });
  const { outcomes } = act(quarantineMove, createMailSystem({ fate }), { ...base, targetFolder: "Nowhere" });
  expect(outcomes[0]?.message).toBe(
    "PPS refused the request to move message 1 in folder Quarantine (400): Invalid argument: targetfolder",
  );
});

test("each of many messages has its own outcome, in the order given", () => {
  const system = createMailSystem({ held: [held("1"), held("3")] });
  const { outcomes, counts } = act(quarantineDelete, system, { ...base, localGuids: "1,2,3" });
  expect(outcomes.map(({ localGuid, outcome }) => [localGuid, outcome])).toEqual([
    ["1", "done"],
    ["2", "not_found"],
    ["3", "done"],
  ]);
  expect(counts).toEqual({ done: 2, not_found: 1 });
});

test("a message named twice is acted on once", () => {
  const system = createMailSystem({ held: [held("1")] });
  act(quarantineRelease, system, { localGuids: ["1", line("1"), "1"], folder: "Quarantine" });
  expect(actionsOf(system)).toHaveLength(1);
});

test("the first message goes alone, then more and more together, at most a hundred", () => {
  const system = createMailSystem({ held: Array.from({ length: 500 }, (_, index) => held(`${index}`)) });
  const localGuids = system.held.map((one) => one.localguid);
  const steps = quarantineDelete.run({ localGuids, folder: "Quarantine" }, { now, ...bareContext });
  const sizes: number[] = [];
  for (let turn = steps.next(); !turn.done; ) {
    const step = turn.value;
    if (step.kind === "together") sizes.push(step.jobs.length);
    turn = steps.next(step.kind === "together" ? step.jobs.map((job) => run(job, system)) : undefined);
  }
  expect(sizes).toEqual([1, 4, 16, 64, 100, 100, 100, 100, 15]);
});

test("each outcome is handed on before the next request is sent", () => {
  const system = createMailSystem({ held: [held("1"), held("2"), held("3")] });
  const known: number[] = [];
  system.fate = (request) => {
    if (isAction(request)) known.push(system.items.length);
    return undefined;
  };
  act(quarantineDelete, system, { ...base, localGuids: "1,2,3" });
  expect(known).toEqual([0, 1, 2]);
});

test.each<[string, Fate, string]>([
  ["a wrong password", { status: 401 }, "denied"],
  ["a missing right", { status: 403 }, "denied"],
  ["a busy server", { status: 503 }, "busy"],
  ["a dead port", "not-sent", "unreachable"],
])("after %s nothing more is sent, and the rest is reported as not sent", (_what, fate, code) => {
  const ids = Array.from({ length: 300 }, (_, index) => `${index}`);
  const system = createMailSystem({
    held: ids.map((id) => held(id)),
    fate: (request) => (isAction(request) ? fate : undefined),
  });
  const { outcomes, counts } = act(quarantineDelete, system, { ...base, localGuids: ids });
  expect(actionsOf(system)).toHaveLength(1);
  expect(counts).toEqual({ failed: 300 });
  expect(outcomes[299]).toMatchObject({
    code,
    outcome: "failed",
    message: expect.stringMatching(/^Not sent, because/),
  });
});

test("a refusal of one message does not stop the others", () => {
  const system = createMailSystem({ held: [held("1"), held("2")], fate: firstActions(1, { status: 400, text: "no" }) });
  expect(act(quarantineDelete, system, { ...base, localGuids: "1,2" }).counts).toEqual({ refused: 1, done: 1 });
});

test("one lost answer after another ends the sending", () => {
  const ids = Array.from({ length: 300 }, (_, index) => `${index}`);
  const system = createMailSystem({
    held: ids.map((id) => held(id)),
    fate: () => "before",
  });
  const { counts } = act(quarantineRelease, system, { ...base, localGuids: ids });
  expect(actionsOf(system).length).toBeLessThanOrEqual(5);
  expect((counts.unknown ?? 0) + (counts.failed ?? 0)).toBe(300);
});

// A lost answer: pps-api.md 9 row 12 and 10 row 5. "after" lost the answer of an action that took effect, "before" the request.

test.each<[unknown, Record<string, unknown>, string]>([
  [quarantineRelease, { deletedFolder: "quarantine" }, "deletedFolder"],
  [quarantineForward, { deletedFolder: "Quarantine", to: "a@example.com" }, "deletedFolder"],
  [quarantineDelete, { deletedFolder: "QUARANTINE" }, "deletedFolder"],
  [quarantineMove, { targetFolder: "Quarantine" }, "targetFolder"],
])("the folder a message is in is refused as its destination before anything is sent", (command, extra, field) => {
  const system = createMailSystem({ held: [held("1")] });
  expect(() => act(command, system, { ...base, ...extra })).toThrow(
    expect.objectContaining({ code: "bad_input", field }) as Error,
  );
  expect(system.asked).toEqual([]);
});

test("a folder of another module type is warned of and left to PPS (pps-api.md 10 row 14)", () => {
  const system = createMailSystem({ held: [held("1"), held("2")] });
  const { notes } = act(quarantineMove, system, { ...base, localGuids: "1,2", targetFolder: "PCI" });
  expect(notes).toEqual([
    "Folder PCI is of module type dlp and Quarantine of mail; PPS moves only within one module type.",
  ]);
  expect(actionsOf(system)).toHaveLength(2);
});

test("a folder nobody knows is neither warned of nor refused here", () => {
  const system = createMailSystem({ held: [held("1")] });
  expect(act(quarantineMove, system, { ...base, targetFolder: "Legal, Paris" })).toMatchObject({
    notes: [],
    counts: { done: 1 },
  });
});
