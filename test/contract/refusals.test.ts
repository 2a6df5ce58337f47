import { expect, test } from "vitest";
import { habits, hold, holdOne, openLab } from "./lab.ts";

const search = { sender: "*" };

test.each<[string, Record<string, unknown>, RegExp]>([
  ["no search field", {}, /At least one of the following arguments must be specified: sender, recipient, subject/],
  ["a bad time", { ...search, since: "yesteryear" }, /since is not a time that can be read/],
  ["an ambiguous day", { ...search, since: "03/04/2026" }, /day and month can be told apart only as year-month-day/],
  ["a start after the end", { ...search, since: "1 hour", until: "2 hours" }, /since lies after until/],
  ["a limit of nothing", { ...search, limit: 0 }, /limit takes a whole number from 1/],
  ["a star inside a pattern", { sender: "a*b@shop.example" }, /takes \* only at its start or end/],
  ["an empty list of folders", { ...search, folder: [" "] }, /folder is an empty list/],
  ["an unknown key", { ...search, sendr: "x" }, /sendr is not known to quarantine.list/],
  ["half a character", { sender: "\ud800" }, /holds half a character/],
])("%s is refused before anything is sent", async (_what, input, message) => {
  const { pps, simulator } = await openLab();
  simulator.faults.add({ kind: "status", status: 500 });
  await expect(pps.quarantine.list(input)).rejects.toMatchObject({
    code: "bad_input",
    message: expect.stringMatching(message),
  });
});

test.each<[string, Record<string, unknown>, RegExp]>([
  ["no list of ids", { folder: "Quarantine" }, /localGuids is missing/],
  ["an empty list of ids", { localGuids: [], folder: "Quarantine" }, /localGuids is missing/],
  ["a list of blanks", { localGuids: [" ", ","], folder: "Quarantine" }, /localGuids is an empty list/],
  ["no folder", { localGuids: ["7:7:1"] }, /The folder that holds message 7:7:1 is missing/],
  [
    "the folder it is in",
    { localGuids: ["7:7:1"], folder: "Phish", deletedFolder: "phish" },
    /is in folder Phish already/,
  ],
])("a release with %s is refused before anything is sent (pps-api.md 4.2)", async (_what, input, message) => {
  const { pps } = await openLab();
  await expect(pps.quarantine.release(input as { localGuids: string[] })).rejects.toMatchObject({
    code: "bad_input",
    message: expect.stringMatching(message),
  });
});

test.each(habits)(
  "what PPS refuses is refused in its own words, and nothing happens: %s (pps-api.md 4.3)",
  async (_habit, options) => {
    // 5xx for a refusal, and success for an id that is gone, are habits of their own: see below.
    const quirks = { ...options.quirks, "refusal-status": "409", "gone-id": "404" };
    const lab = await openLab({ ...options, quirks });
    const message = await holdOne(lab, { folder: "Phish" });
    const target = { localGuids: [message.localGuid], folder: "Phish" };
    const { move, release, forward, delete: remove } = lab.pps.quarantine;
    expect((await move({ ...target, targetFolder: "Nowhere" })).outcomes).toMatchObject([
      { outcome: "refused", status: 400, message: expect.stringContaining("Invalid argument: targetfolder") },
    ]);
    for (const { outcomes, notes } of [
      await move({ ...target, targetFolder: "PCI" }),
      await release({ ...target, deletedFolder: "PCI" }),
      await remove({ ...target, deletedFolder: "Deleted Incidents" }),
    ]) {
      expect(outcomes).toMatchObject([{ outcome: "refused", status: 409 }]);
      expect(notes[0]).toContain("PPS moves only within one module type");
    }
    for (const { outcomes } of [
      await release({ ...target, deletedFolder: "Nowhere" }),
      await remove({ ...target, folder: "Virus" }),
      await forward({ ...target, to: ["no address"] }),
      await release({ localGuids: [message.localGuid], folder: "Nowhere" }),
    ]) {
      expect(outcomes).toMatchObject([
        { outcome: "refused", status: 409, message: expect.stringContaining("(409): ") },
      ]);
    }
    expect((await remove({ localGuids: ["99:99:99"], folder: "Phish" })).outcomes).toMatchObject([
      { outcome: "not_found", status: 404 },
    ]);
    expect(lab.simulator.journal()).toEqual([]);
    expect(lab.reported).toEqual([]);
  },
);

test("a refusal with 500 is not taken for a failure that surely did nothing, nor for success (pps-api.md 10 row 5)", async () => {
  const lab = await openLab({ quirks: { "refusal-status": "500", "gone-id": "500" } });
  const message = await holdOne(lab);
  const moved = await lab.pps.quarantine.move({ localGuids: [JSON.stringify(message)], targetFolder: "PCI" });
  expect(moved.outcomes).toMatchObject([{ outcome: "unknown", status: 500 }]);
  const gone = await lab.pps.quarantine.delete({ localGuids: ["99:99:99"], folder: "Quarantine" });
  expect(gone.outcomes).toMatchObject([{ outcome: "unknown", status: 500 }]);
});

test("an id that is gone and accepted without effect is reported as PPS said (pps-api.md 10 row 5)", async () => {
  const { pps } = await openLab({ profile: "pod", quirks: { "gone-id": "accepted" } });
  const { outcomes } = await pps.quarantine.release({ localGuids: ["gone"], folder: "Quarantine" });
  expect(outcomes).toMatchObject([{ outcome: "accepted", status: 202 }]);
});

test.each([
  ["refused", "refused"],
  ["empty", "no error"],
])("a search in an unknown folder that PPS answers %s ends as %s (pps-api.md 10 row 4)", async (habit, expected) => {
  const { pps } = await openLab({ quirks: { "unknown-folder": habit } });
  const work = pps.quarantine.list({ ...search, folder: ["Nowhere"] }).then(
    () => "no error",
    (error: { code: string; message: string }) => {
      expect(error.message).toContain("Nowhere");
      return error.code;
    },
  );
  expect(await work).toBe(expected);
});

test("an unknown message is not found in quarantine nor in the trace (pps-api.md 3 absent)", async () => {
  for (const body of ["text", "html", "empty"]) {
    const { pps } = await openLab({ quirks: { "raw-absent-body": body } });
    await expect(pps.quarantine.download({ guid: "nobody-knows-it" })).rejects.toMatchObject({ code: "not_found" });
    await expect(pps.message.show({ guid: "nobody-knows-it" })).rejects.toMatchObject({ code: "not_found" });
  }
});

test("five thousand messages are deleted each with its own outcome (pps-api.md 4.3 batches)", async () => {
  const lab = await openLab();
  hold(
    lab,
    Array.from({ length: 5000 }, (_, index) => ({ ago: 60 + (index % 900) })),
  );
  const { messages } = await lab.pps.quarantine.list({ ...search, limit: "all" });
  const localGuids = [...messages.map(({ localGuid }) => localGuid), "99:99:99"];
  const { outcomes, counts } = await lab.pps.quarantine.delete({ localGuids, folder: "Quarantine" });
  expect(counts).toEqual({ done: 5000, not_found: 1 });
  expect(new Set(outcomes.map(({ localGuid }) => localGuid)).size).toBe(5001);
  expect(lab.simulator.stats().held.Quarantine ?? 0).toBe(0);
});

test("hostile subjects come through as data, unharmed and harmless (pps-api.md 9 row 24)", async () => {
  const subjects = [
    "\u001b[2J\u001b]0;owned\u0007",
    '=HYPERLINK("http://evil.example","x")',
    "\u202egnp.exe",
    "x".repeat(10_000),
    'a "quoted", piped | and <b>marked</b> subject',
    "\u0000\r\nBcc: all@example.com",
    "\u{1f4e7} 請求書 счёт",
    "",
    "{not json",
    '{"localGuid":"1:1:1","folder":"Phish"}',
  ];
  const lab = await openLab();
  hold(
    lab,
    subjects.map((subject, index) => ({ ago: 60 + index, subject })),
  );
  const { messages } = await lab.pps.quarantine.list(search);
  expect(messages.map(({ subject }) => subject)).toEqual(subjects);
  // The messages themselves, subjects and all, name what to delete.
  const { counts } = await lab.pps.quarantine.delete({
    localGuids: messages.map((message) => JSON.stringify(message)),
  });
  expect(counts).toEqual({ done: subjects.length });
});

test("a search for hostile text finds exactly that text (pps-api.md 2.1 encoding)", async () => {
  const subjects = [
    "50% & more = 100%",
    "a+b c",
    "#1? /quarantine?guid=x",
    "'); DROP TABLE",
    "ümläut 請求書",
    "100*",
    'say "hi"',
  ];
  const lab = await openLab();
  hold(
    lab,
    subjects.map((subject, index) => ({ ago: 60 + index, subject })),
  );
  for (const subject of subjects.filter((text) => !text.includes("*"))) {
    const { messages } = await lab.pps.quarantine.list({ subject });
    expect(messages.map((message) => message.subject)).toEqual([subject]);
  }
});

test("a search until the end of the year 9999 has a date of the right form (pps-api.md 2.1 dates)", async () => {
  const lab = await openLab();
  hold(lab, [{ ago: 60 }]);
  const until = "9999-12-31T23:59:59Z";
  expect((await lab.pps.quarantine.list({ ...search, until })).messages).toHaveLength(1);
  expect((await lab.pps.trace.search({ until })).records).toHaveLength(1);
});

test("an empty body is an error even from a server that means nothing found by it (pps-api.md 2.3 odd answers)", async () => {
  const { pps } = await openLab({ quirks: { "nothing-found": "empty-body" } });
  await expect(pps.quarantine.list(search)).rejects.toMatchObject({
    code: "unexpected",
    message: expect.stringContaining("an empty answer"),
  });
});

test("what PPS accepts and never does is called accepted, not done (pps-api.md 4.3, 9 row 14)", async () => {
  const lab = await openLab({ profile: "pod", quirks: { "queued-effect": "never" } });
  const message = await holdOne(lab);
  const { outcomes } = await lab.pps.quarantine.release({ localGuids: [message.localGuid], folder: "Quarantine" });
  expect(outcomes).toMatchObject([{ outcome: "accepted", status: 202 }]);
  expect(lab.simulator.journal()).toEqual([]);
});
