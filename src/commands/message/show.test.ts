import { describe, expect, test } from "vitest";
import { execute } from "../../../test/model/execute.ts";
import { createMailSystem, emptyContents, type Held, type MailSystem } from "../../../test/model/mail-system.ts";
import { PpsError } from "../../core/errors.ts";
import type { Ask } from "../../core/steps.ts";
import { defaultFolders } from "../site-folders.ts";
import { messageShow } from "./show.ts";

const now = Date.UTC(2026, 2, 4, 12);
const guid = "Qm4rT7_yJ2wLx0Zc9VbN-pEa5sKdHu3f";
const time = now - 86_400_000;
const mail: Held = { guid, localguid: "4:12:88", folder: "Phish", time, from: "billing@shop.example" };
const trace = {
  time,
  record: { GUID: guid, Sender: "billing@shop.example", Quarantine_Folder: "Phish", current_folder: "Phish" },
};

function show(system: MailSystem, raw: Record<string, unknown> = {}) {
  return execute(messageShow, { guid, ...raw }, system, { now, folders: defaultFolders });
}

function searched(system: MailSystem): (string | undefined)[] {
  return [...new Set(searches(system).map((query) => query.folder))];
}

function searches(system: MailSystem): Record<string, string>[] {
  return system.asked
    .map((request) => Object.fromEntries(request.query ?? []))
    .filter((query) => query.startdate !== undefined);
}

function isTrace(request: Ask): boolean {
  return request.path === "/pss/filter";
}

function isRaw(request: Ask): boolean {
  return (request.query ?? []).some(([name]) => name === "guid") && !isTrace(request);
}

test("a held message is shown with its quarantine record, its trace and its content", () => {
  const contents = { ...emptyContents, subject: "Invoice" };
  const system = createMailSystem({ held: [mail], traced: [trace], inspect: () => contents });
  expect(show(system)).toMatchObject({
    guid,
    quarantine: [{ guid, folder: "Phish", localGuid: "4:12:88" }],
    trace: [{ guid, quarantineFolder: "Phish" }],
    content: { subject: "Invoice" },
    sizeBytes: 25,
    notes: [],
  });
});

test("the quarantine is searched only where the trace says, around its time and by its sender", () => {
  const system = createMailSystem({ held: [mail], traced: [trace] });
  show(system);
  expect(searches(system)[0]).toMatchObject({ folder: "Phish", from: "billing@shop.example" });
  expect(searched(system)).toEqual(["Phish"]);
});

test("a sender with a star inside is not sent as a pattern (pps-api.md 2.2)", () => {
  const odd = { ...trace, record: { ...trace.record, Sender: '"a*b"@shop.example' } };
  const system = createMailSystem({ held: [mail], traced: [odd] });
  show(system);
  expect(searches(system)[0]).toMatchObject({ folder: "Phish", from: "*" });
});

test("named folders are searched instead, and in a message of two folders both records are shown", () => {
  const copy = { ...mail, folder: "Audit", localguid: "9:1:1" };
  const system = createMailSystem({ held: [mail, copy], traced: [trace] });
  const { quarantine } = show(system, { folder: ["audit", "Phish"] });
  expect(quarantine.map((one) => one.folder).sort()).toEqual(["Audit", "Phish"]);
  expect(searched(system)).toEqual(["Audit", "Phish"]);
});

test("without a trace every configured folder is searched", () => {
  const system = createMailSystem({ held: [mail] });
  expect(show(system).quarantine).toHaveLength(1);
  expect(searched(system)).toEqual(defaultFolders.map((folder) => folder.name));
});

test("a message that left the quarantine is shown by its trace, and says why there is no content", () => {
  const system = createMailSystem({ traced: [trace] });
  expect(show(system)).toMatchObject({
    quarantine: [],
    trace: [{ guid }],
    content: null,
    sizeBytes: null,
    notes: ["The message is not in quarantine, so its content cannot be read."],
  });
  expect(searches(system)).toEqual([]);
});

test("a held message whose record lies elsewhere or earlier is not shown as if it were in no folder", () => {
  const system = createMailSystem({ held: [mail] });
  const { quarantine, content, notes } = show(system, { folder: "Virus" });
  expect({ quarantine, isRead: content !== null }).toEqual({ quarantine: [], isRead: true });
  expect(notes).toEqual([expect.stringMatching(/^It is held, but no record of it was found/)]);
});

test("a message nobody knows is not found", () => {
  expect(() => show(createMailSystem())).toThrow(
    expect.objectContaining({
      code: "not_found",
      message: `No message found with GUID ${guid}, neither in quarantine nor in the trace.`,
      hint: expect.stringMatching(/Case matters in a GUID; look further back with an earlier start\.$/),
    }) as Error,
  );
});

test("without the right to the trace the rest is shown, with a note", () => {
  const system = createMailSystem({
    held: [mail],
    fate: (request) => (isTrace(request) ? { status: 403 } : undefined),
  });
  const { quarantine, trace: traced, notes } = show(system);
  expect(quarantine).toHaveLength(1);
  expect(traced).toEqual([]);
  expect(notes[0]).toMatch(/^The trace could not be read: The account may not do this \(403\)/);
});

test("credentials that are refused are an error, not a note", () => {
  expect(() => show(createMailSystem({ fate: () => ({ status: 401 }) }))).toThrow(
    expect.objectContaining({ code: "denied", status: 401 }) as Error,
  );
});

test("a raw message that cannot be read is a note while something else is known", () => {
  const system = createMailSystem({
    held: [mail],
    traced: [trace],
    fate: (request) => (isRaw(request) ? { status: 500, text: "oops" } : undefined),
  });
  const { quarantine, content, notes } = show(system);
  expect({ held: quarantine.length, content }).toEqual({ held: 1, content: null });
  expect(notes[0]).toContain("The raw message could not be read: PPS answered the raw message");
});

test("when nothing could be learnt, the failure is thrown and not called not found", () => {
  expect(() => show(createMailSystem({ fate: () => ({ status: 500 }) }))).toThrow(
    expect.objectContaining({ code: "unexpected", status: 500 }) as Error,
  );
});

test("a trace that could not be read is not taken for one that knows nothing", () => {
  const fate = (request: Ask) => (isTrace(request) ? ("before" as const) : undefined);
  expect(() => show(createMailSystem({ fate }))).toThrow(
    expect.objectContaining({
      code: "unreachable",
      hint: expect.stringContaining("The trace could not be read") as string,
    }) as Error,
  );
});

test("a host that turns out to have no mail parser shows the records without content", () => {
  const inspect = () => {
    throw new PpsError("refused", "This host takes no message apart.");
  };
  const { content, quarantine, notes } = show(createMailSystem({ held: [mail], traced: [trace], inspect }));
  expect({ content, held: quarantine.length }).toEqual({ content: null, held: 1 });
  expect(notes).toEqual(["The raw message could not be read: This host takes no message apart."]);
});

describe("for a host without a mail parser", () => {
  const hasMailParser = false;
  const showRecords = (system: MailSystem, raw: Record<string, unknown> = {}) =>
    execute(messageShow, { guid, ...raw }, system, { now, folders: defaultFolders, hasMailParser });

  test("the raw message is not fetched, and its records are shown", () => {
    const system = createMailSystem({ held: [mail], traced: [trace] });
    expect(showRecords(system)).toMatchObject({ quarantine: [{ guid }], trace: [{ guid }], content: null, notes: [] });
    expect(system.asked.filter(isRaw)).toEqual([]);
  });

  test("without a trace every folder is searched", () => {
    const system = createMailSystem({ held: [mail] });
    expect(showRecords(system)).toMatchObject({ quarantine: [{ guid }], trace: [] });
    expect(searched(system)).toHaveLength(defaultFolders.length);
  });

  test("what the trace says was never held is looked for only in a folder that is named", () => {
    const delivered = { time, record: { GUID: guid, Sender: "billing@shop.example" } };
    const system = createMailSystem({ held: [mail], traced: [delivered] });
    expect(showRecords(system)).toMatchObject({
      quarantine: [],
      notes: ["The trace names no folder, so that quarantine was not searched; name a folder to have it searched."],
    });
    expect(searches(system)).toEqual([]);
    expect(showRecords(system, { folder: ["Phish"] })).toMatchObject({ quarantine: [{ guid }], notes: [] });
  });

  test("a message without a trace is not looked for through all of a full quarantine", () => {
    const others = Array.from({ length: 400 }, (_, index) => ({
      guid: `other${index}`,
      localguid: `1:1:${index}`,
      folder: "Quarantine",
      time: now - index * 1000,
    }));
    const system = createMailSystem({ held: others, cap: 2 });
    expect(() => showRecords(system)).toThrow(
      expect.objectContaining({
        code: "not_found",
        hint: expect.stringContaining("Given up after") as string,
      }) as Error,
    );
    expect(system.asked.length).toBeLessThan(100);
  });

  test("a message nobody knows is not found", () => {
    expect(() => showRecords(createMailSystem())).toThrow(expect.objectContaining({ code: "not_found" }) as Error);
  });

  test("when nothing could be learnt, the failure is thrown and not called not found", () => {
    const fate = (request: Ask) => (isTrace(request) ? undefined : { status: 500 });
    expect(() => showRecords(createMailSystem({ fate }))).toThrow(
      expect.objectContaining({ code: "unexpected", status: 500 }) as Error,
    );
    expect(() => showRecords(createMailSystem({ fate: () => ({ status: 401 }) }))).toThrow(
      expect.objectContaining({ code: "denied", status: 401 }) as Error,
    );
  });
});

test("without a trace the search for the record is given up in the end, which is noted", () => {
  const others = Array.from({ length: 400 }, (_, index) => ({
    guid: `other${index}`,
    localguid: `1:1:${index}`,
    folder: "Quarantine",
    time: now - index * 1000,
  }));
  const system = createMailSystem({
    held: [{ ...mail, folder: "Quarantine", time: now - 500_000 }, ...others],
    cap: 2,
  });
  const shown = show(system);
  expect(system.asked.length).toBeLessThan(260);
  expect(shown).toMatchObject({ quarantine: [], content: expect.anything() });
  expect(JSON.stringify(shown)).toContain("Given up after");
});
