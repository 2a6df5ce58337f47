import { describe, expect, test } from "vitest";
import { elsewhere, isAction, isRaw, mail, respond, time, traced } from "../../../../test/model/held-by-mistake.ts";
import { createMailSystem, type Fate } from "../../../../test/model/mail-system.ts";
import type { Ask } from "../../../core/steps.ts";

describe("finding the message", () => {
  test("with its trace it takes one search in its folder and one among deleted mail, and no more", () => {
    const system = createMailSystem({ held: [{ ...mail }], traced: [traced()] });
    const { requests } = respond(system);
    const folders = system.asked.map(({ query = [] }) => Object.fromEntries(query).folder).filter((name) => name);
    expect(folders.slice(0, 2)).toEqual(["Bulk", "Deleted"]);
    expect(requests).toBe(system.asked.length);
  });

  test("what the DLP rules matched is never asked for", () => {
    const system = createMailSystem({ held: [{ ...mail }], traced: [traced()] });
    respond(system, { others: true });
    const asked = system.asked.map(({ query = [] }) => Object.fromEntries(query).dlpviolation);
    expect(asked).toContain("t");
    expect(asked).not.toContain("details");
  });

  test("a search that failed is an error, not a message that is not held", () => {
    const fails = ({ query = [] }: Ask): Fate =>
      query.some(([name]) => name === "folder") ? { status: 500 } : undefined;
    const system = createMailSystem({ held: [{ ...mail }], traced: [traced()], fate: fails });
    expect(() => respond(system)).toThrow(expect.objectContaining({ code: "unexpected" }) as Error);
  });

  test("nor is one whose folder alone could not be searched", () => {
    const fate = ({ query = [] }: Ask): Fate =>
      query.some(([name, value]) => name === "folder" && value === "Bulk") ? { status: 500 } : undefined;
    const system = createMailSystem({ held: [{ ...mail }], traced: [traced()], fate });
    expect(() => respond(system)).toThrow(
      expect.objectContaining({ code: "unexpected", hint: expect.stringContaining("Bulk") }) as Error,
    );
  });

  test("a message that is held where nobody looked is not found, and it is said how to find it", () => {
    const system = createMailSystem({ held: [{ ...mail, folder: "TestQ" }], traced: [traced()] });
    expect(respond(system).outcomes).toMatchObject([
      { outcome: "not_found", message: "It is held, but in none of the folders and the time searched." },
    ]);
  });

  test.each([
    [
      { Final_Action: "accept" },
      "delivered",
      /^It is not held: by the trace of \S+ it was delivered to its recipients/,
    ],
    [{ Final_Action: "discard", current_folder: "" }, "stopped", /^It is not held: .* stopped, or is held no more/],
    [{ Final_Action: "" }, "unclear", /does not tell where it went/],
  ])("of a message traced as %j and not held it is told that it is %s", (record, state, message) => {
    const system = createMailSystem({ traced: [traced(record)] });
    expect(respond(system).outcomes).toMatchObject([
      { outcome: "not_found", state, message: expect.stringMatching(message) },
    ]);
  });

  test("by its local id a folder is read no further than to the message", () => {
    const many = Array.from({ length: 30 }, (_, index) => ({
      ...mail,
      guid: `g${index}`,
      localguid: `${index}`,
      time: time - index * 1000,
    }));
    const system = createMailSystem({ held: many, cap: 10 });
    expect(respond(system, { localGuid: "4", folder: "bulk" }).outcomes[0]).toMatchObject({
      guid: "g4",
      outcome: "done",
    });
    expect(system.asked.findIndex(isRaw)).toBe(2);
  });

  test("a local id that is nowhere is not found", () => {
    expect(() => respond(createMailSystem(), { localGuid: "9:9:9", folder: "Bulk" })).toThrow(
      expect.objectContaining({
        code: "not_found",
        message: expect.stringContaining("Bulk holds no message 9:9:9"),
      }) as Error,
    );
  });

  test("a host without a mail parser fetches no raw mail, and says what was not looked at", () => {
    const system = createMailSystem({ held: [{ ...mail }], traced: [traced()] });
    const { checks, outcomes } = respond(system, {}, { hasMailParser: false });
    expect(system.asked.filter(isRaw)).toEqual([]);
    expect(checks).toContainEqual(expect.objectContaining({ name: "contents", state: "warn" }));
    expect(outcomes).toMatchObject([{ outcome: "done" }]);
  });
});

describe("the release", () => {
  test("sends one request, with the folder for deleted mail of the same module type", () => {
    const system = createMailSystem({ held: [{ ...mail }], traced: [traced()] });
    expect(respond(system, { scan: true }).counts).toEqual({ done: 1 });
    expect(system.effects).toEqual([
      { action: "release", folder: "Bulk", localguid: "4:12:88", deletedfolder: "Deleted", scan: "t" },
    ]);
  });

  test("where the settings name no such folder the message stays, and it is said what that means", () => {
    const system = createMailSystem({ held: [{ ...mail }], traced: [traced()] });
    const { notes } = respond(system, {}, { folders: [{ name: "Bulk", moduleType: "mail" }] });
    expect(system.effects).toEqual([{ action: "release", folder: "Bulk", localguid: "4:12:88" }]);
    expect(notes).toContainEqual(expect.stringContaining("a second release would deliver it again"));
  });

  test("of a message in two folders one copy is released, and the other told of", () => {
    const copy = { ...mail, folder: "Quarantine", localguid: "2:1:1" };
    const system = createMailSystem({ held: [{ ...mail }, copy], traced: [traced({ current_folder: "Quarantine" })] });
    const { notes } = respond(system);
    expect(system.effects).toHaveLength(1);
    expect(notes).toContainEqual(expect.stringMatching(/^It is held in \w+ too; only the one in \w+ is released\.$/));
  });

  test.each([
    ["Released", "unchanged"],
    ["New", "refused"],
    [undefined, "refused"],
  ])("a copy among deleted mail with status %s stops the other, for it may have been released", (status, outcome) => {
    const messagestatus = status === undefined ? [] : [{ statusdesc: status }];
    const copy = { ...mail, folder: "Deleted", localguid: "2:1:1", record: { messagestatus } };
    const system = createMailSystem({ held: [{ ...mail }, copy], traced: [traced()] });
    expect(respond(system).outcomes).toMatchObject([
      { outcome, folder: "Bulk", hint: expect.stringContaining("quarantine release") },
    ]);
    expect(system.effects).toEqual([]);
  });

  test("what PPS took and does not do stays accepted, after it was looked for", () => {
    const taken = (request: Ask): Fate => (isAction(request) ? { status: 202, text: "Request sent." } : undefined);
    const system = createMailSystem({ held: [{ ...mail }], traced: [traced()], fate: taken });
    expect(respond(system).outcomes).toMatchObject([
      { outcome: "accepted", message: "Request sent. It has not come to Deleted yet." },
    ]);
    expect(system.pauses).toEqual([1000, 3000]);
  });

  test("what PPS took and did meanwhile is done", () => {
    const taken = (request: Ask): Fate => (isAction(request) ? { status: 202, text: "Request sent." } : undefined);
    const system = createMailSystem({ held: [{ ...mail }], traced: [traced()], fate: taken });
    system.onPause = () => {
      system.held = [{ ...mail, folder: "Deleted", localguid: "9:9:9" }];
    };
    expect(respond(system).outcomes).toMatchObject([{ outcome: "done", message: "Released; it lies in Deleted now." }]);
  });

  test("what cannot be looked for afterwards is not called done", () => {
    let isSent = false;
    const fate = (request: Ask): Fate => {
      if (isAction(request)) isSent = true;
      return isSent && !isAction(request) ? { status: 500 } : undefined;
    };
    const system = createMailSystem({ held: [{ ...mail }], traced: [traced()], fate });
    expect(respond(system).outcomes).toMatchObject([
      { outcome: "accepted", message: "release done. Whether it has come to Deleted could not be seen." },
    ]);
  });

  test("what PPS answers as done stays done where there is no folder to look in", () => {
    const system = createMailSystem({ held: [{ ...mail }], traced: [traced()] });
    const { outcomes } = respond(system, {}, { folders: [{ name: "Bulk", moduleType: "mail" }] });
    expect(outcomes).toMatchObject([{ outcome: "done", message: "release done" }]);
    expect(system.pauses).toEqual([]);
  });

  test("after a refusal nothing else is done", () => {
    const refuses = (request: Ask): Fate => (isAction(request) ? { status: 400, text: "no" } : undefined);
    const system = createMailSystem({
      held: [{ ...mail }, { ...mail, guid: "other", localguid: "5" }],
      traced: [traced()],
      fate: refuses,
    });
    const { outcomes, notes } = respond(system, { safelist: "user", others: true });
    expect(outcomes).toMatchObject([{ outcome: "refused", hint: expect.stringContaining("no folder Deleted") }]);
    expect(notes).toContain("Its sender was not put on a safelist, as it was not released now.");
  });

  test.each([
    [{ deletedFolder: "bulk" }, "The message was put into Bulk; name another folder for what was released."],
    [
      { folder: "Bulk", deletedFolder: "bulk" },
      "folder and deletedFolder are the same; name another folder for what was released.",
    ],
    [{ localGuid: "4" }, "localGuid names a message in its folder only; name folder too."],
  ])("%j is refused before anything is sent", (raw, message) => {
    const system = createMailSystem({ held: [{ ...mail }], traced: [traced()] });
    expect(() => respond(system, raw)).toThrow(expect.objectContaining({ code: "bad_input", message }) as Error);
    expect(system.effects).toEqual([]);
  });
});

test("a dry run changes nothing, whatever is asked for", () => {
  const system = createMailSystem({
    held: [{ ...mail, record: { rcpts: ["ann@example.com"] } }],
    traced: [traced()],
    fate: elsewhere(),
  });
  const { counts } = respond(system, { safelist: "user", others: true }, { dryRun: true });
  expect(counts).toEqual({ planned: 2 });
  expect(system.asked.every(({ method }) => method === "GET")).toBe(true);
});
