import { expect, test } from "vitest";
import { execute } from "../../../test/model/execute.ts";
import { createMailSystem, type Fate, type MailSystem } from "../../../test/model/mail-system.ts";
import type { FolderSetting } from "../../core/command.ts";
import type { Ask } from "../../core/steps.ts";
import { type Folder, quarantineFolders } from "./folders.ts";

const now = Date.UTC(2026, 2, 4, 12);
const site: FolderSetting[] = [
  { name: "Quarantine", moduleType: "mail" },
  { name: "PCI", moduleType: "dlp" },
];

function list(system: MailSystem, raw: Record<string, unknown> = {}) {
  const result = execute(quarantineFolders, raw, system, { now, folders: site });
  return { folders: system.items as Folder[], ...result };
}

function traced(index: number, folder: string, current = folder) {
  return {
    time: now - index * 1000,
    record: { GUID: `g${index}`, Quarantine_Folder: folder, current_folder: current },
  };
}

function inTrace(fate: Fate): (request: Ask) => Fate {
  return (request) => (request.path === "/pss/filter" ? fate : undefined);
}

test("the configured folders come first, then those the trace shows, each once in any case of letters", () => {
  const system = createMailSystem({
    traced: [traced(1, "quarantine"), traced(2, "Legal, Paris", "Held"), traced(3, "legal, paris"), traced(4, "")],
  });
  expect(list(system).folders).toEqual([
    { name: "Quarantine", moduleType: "mail", configured: true, seen: true, messages: null },
    { name: "PCI", moduleType: "dlp", configured: true, seen: false, messages: null },
    { name: "Legal, Paris", moduleType: null, configured: false, seen: true, messages: null },
    { name: "Held", moduleType: null, configured: false, seen: true, messages: null },
  ]);
});

test("without the right to the trace the configured folders are listed, with a note", () => {
  const { folders: listed, notes } = list(createMailSystem({ fate: inTrace({ status: 403 }) }));
  expect(listed.map((folder) => folder.seen)).toEqual([null, null]);
  expect(notes[0]).toMatch(/^The folders in use could not be learnt from the trace: The account may not do this/);
});

test("a wrong password is an error, not a note", () => {
  expect(() => list(createMailSystem({ fate: inTrace({ status: 401 }) }))).toThrow(
    expect.objectContaining({ code: "denied", status: 401 }) as Error,
  );
});

test("messages are counted on request, one search a folder", () => {
  const held = [1, 2, 3].map((index) => ({
    guid: `g${index}`,
    localguid: `${index}`,
    folder: "PCI",
    time: now - index,
  }));
  const system = createMailSystem({ held, cap: 3 });
  const { folders: listed } = list(system, { count: true, since: "1 hour" });
  expect(listed).toMatchObject([
    { name: "Quarantine", messages: 0 },
    { name: "PCI", messages: 3, more: true },
  ]);
  expect(system.asked.filter((request) => request.path === "/quarantine")).toHaveLength(2);
});

test("a table does not show a count that PPS cut off as if it were whole", () => {
  expect(quarantineFolders.columns).toEqual(expect.arrayContaining(["messages", "more"]));
});

test("a folder that PPS refuses is shown with its words", () => {
  const { folders: listed } = list(createMailSystem({ folders: ["Quarantine"] }), { count: true });
  expect(listed[1]).toMatchObject({ name: "PCI", messages: null, refusal: expect.stringContaining("no folder PCI") });
});

test("a trace too long to read whole is said to be cut", () => {
  const system = createMailSystem({ traced: Array.from({ length: 10_001 }, (_, index) => traced(index / 2, "Phish")) });
  const { truncated, notes } = list(system);
  expect(truncated).toBe(true);
  expect(notes).toEqual(["Only the newest 10000 trace records were read; folders in use before are not shown."]);
});
