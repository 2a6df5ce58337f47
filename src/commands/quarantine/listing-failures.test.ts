import { expect, test } from "vitest";
import { createMailSystem, type Fate, type MailSystem } from "../../../test/model/mail-system.ts";
import { anyone, folderOf, held, list } from "../../../test/model/quarantine-listing.ts";
import type { Ask } from "../../core/steps.ts";
import { notesButAbsent } from "./listing.ts";

/** Searches in one folder meet a fate, from the given one on. */
function inFolder(folder: string, fate: Fate, from = 1): MailSystem["fate"] {
  let seen = 0;
  return (request) => (folderOf(request) === folder && ++seen >= from ? fate : undefined);
}

test("a folder that PPS refuses is reported absent and the others are listed (pps-api.md 10 row 4)", () => {
  const system = createMailSystem({ held: [held(1, "Phish", 5)], folders: ["Phish", "PCI", "Quarantine"] });
  const { messages, searched, truncated, failed, notes } = list(system, { ...anyone, allFolders: true });
  expect(messages).toHaveLength(1);
  expect(searched.find((one) => one.folder === "Legal, Paris")).toMatchObject({
    state: "absent",
    found: 0,
    reason: "PPS refused the quarantine search in folder Legal, Paris (400): no folder Legal, Paris",
  });
  expect({ truncated, failed }).toEqual({ truncated: false, failed: false });
  expect(notes).toHaveLength(1);
});

test("the notes without absent folders keep what is said of others", () => {
  const fate = inFolder("PCI", { status: 500, text: "database gone" });
  const result = list(createMailSystem({ folders: ["Phish", "PCI", "Quarantine"], fate }), {
    ...anyone,
    allFolders: true,
  });
  expect(result.notes).toHaveLength(2);
  expect(notesButAbsent(result)).toEqual([
    expect.stringMatching(/^Folder PCI was not searched to its end: .*database gone/),
  ]);
});

test("a folder that was named and is refused is missed from the list", () => {
  const system = createMailSystem({ held: [held(1, "Phish", 5)], folders: ["Phish"] });
  const { messages, truncated, failed } = list(system, { ...anyone, folder: ["Phish", "Fish"] });
  expect(messages).toHaveLength(1);
  expect({ truncated, failed }).toEqual({ truncated: true, failed: true });
});

test("a folder whose search fails is reported, and the others are listed", () => {
  const system = createMailSystem({
    held: [held(1, "Phish", 5), held(2, "PCI", 9)],
    fate: inFolder("PCI", { status: 500, text: "database gone" }),
  });
  const result = list(system, { ...anyone, allFolders: true });
  expect(result.messages.map((one) => one.guid)).toEqual(["Phish1"]);
  expect(result).toMatchObject({ truncated: true, failed: true });
  expect(result.searched.find((one) => one.folder === "PCI")).toMatchObject({ state: "failed", found: 0 });
  expect(result.notes[0]).toContain("database gone");
});

test("a folder that fails on the way keeps what it gave, and is called failed and never absent", () => {
  const mail = Array.from({ length: 9 }, (_, index) => held(index, "Phish", index));
  for (const status of [500, 400]) {
    const fate = inFolder("Phish", { status }, 3);
    const result = list(createMailSystem({ held: mail, cap: 3, fate }), { ...anyone, folder: "Phish", limit: "all" });
    expect(result.messages.length).toBeGreaterThan(0);
    expect(result.messages.length).toBeLessThan(9);
    expect(result).toMatchObject({ truncated: true, failed: true, searched: [{ state: "failed" }] });
  }
});

test("when every folder fails the error is thrown, for it must not look like nothing found", () => {
  expect(() => list(createMailSystem({ fate: () => "before" }), { ...anyone, allFolders: true })).toThrow(
    expect.objectContaining({ code: "unreachable" }) as Error,
  );
  expect(() => list(createMailSystem({ folders: [] }), { ...anyone, folder: "Nowhere" })).toThrow(
    expect.objectContaining({ code: "refused" }) as Error,
  );
});

test("when no folder could be searched, a failure is told rather than a folder that does not exist", () => {
  const system = createMailSystem({ folders: [], fate: inFolder("PCI", "before") });
  expect(() => list(system, { ...anyone, allFolders: true })).toThrow(
    expect.objectContaining({ code: "unreachable" }) as Error,
  );
});

test("what was listed is not lost when in the end every folder has failed", () => {
  const mail = Array.from({ length: 9 }, (_, index) => held(index, "Phish", index));
  let searches = 0;
  const fate = (request: Ask): Fate => (folderOf(request) === "Phish" && ++searches < 3 ? undefined : "before");
  const result = list(createMailSystem({ held: mail, cap: 3, fate }), { ...anyone, folder: ["PCI", "Phish"] });
  expect(result.messages.length).toBeGreaterThan(0);
  expect(result).toMatchObject({ truncated: true, failed: true });
});

test("a folder without a match that fails on the way does not lose what another gave", () => {
  const mail = [held(1, "PCI", 5), ...Array.from({ length: 9 }, (_, index) => held(index, "Phish", index))];
  const system = createMailSystem({ held: mail, cap: 3, fate: inFolder("Phish", "before", 3) });
  const result = list(system, { guid: "PCI1", folder: ["PCI", "Phish"] });
  expect(result.messages.map((one) => one.guid)).toEqual(["PCI1"]);
  expect(result).toMatchObject({ truncated: true, failed: true });
});

test("credentials that are refused end the listing at once", () => {
  const system = createMailSystem({ fate: inFolder("Phish", { status: 403 }) });
  expect(() => list(system, { ...anyone, allFolders: true })).toThrow(
    expect.objectContaining({ code: "denied", status: 403 }) as Error,
  );
});
