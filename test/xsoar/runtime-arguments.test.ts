import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { xsoarCommands } from "../../src/hosts/xsoar/integration/commands.ts";
import { openRoom } from "./runtime-room.ts";

test("a command that is not there is an error entry", async () => {
  const room = await openRoom();
  const { entries, calls } = await room.run("proofpoint-pps-unheard-of");
  expect(entries).toEqual([
    {
      Type: 4,
      ContentsFormat: "text",
      Contents: "This integration has no command proofpoint-pps-unheard-of.",
      EntryContext: null,
    },
  ]);
  expect(calls).toEqual([]);
});

describe("arguments", () => {
  test("that are empty count as not given", async () => {
    const room = await openRoom();
    room.hold();
    const args = { from: "*", to: "", subject: null, end_time: "", folder_name: "", guid: undefined };
    const { readable, errors } = await room.run("proofpoint-pps-list-quarantined-messages", args);
    expect(errors).toBe("");
    expect(readable).toContain("Your invoice");
  });

  test("that are missing are named as XSOAR names them, and nothing is sent", async () => {
    const room = await openRoom();
    for (const [command, args, name] of [
      ["proofpoint-pps-release-message", { folder_name: "Phish" }, "local_guid"],
      ["proofpoint-pps-move-message", { folder_name: "Phish", local_guid: "1:2:3" }, "target_folder"],
      ["proofpoint-pps-forward-message", { folder_name: "Phish", local_guid: "1:2:3" }, "to"],
      ["proofpoint-pps-release-message", { local_guid: "1:2:3" }, "folder"],
    ] as const) {
      const { entries, errors, calls } = await room.run(command, args);
      expect(entries.map(({ Type }) => Type)).toEqual([4]);
      expect(errors).toContain(name);
      expect(calls).toEqual([]);
    }
  });

  test.each([
    ["a comma list", "a.exe, b.zip"],
    ["a list", ["a.exe", "b.zip"]],
    ["JSON", '["a.exe","b.zip"]'],
  ])("of several values may be %s", async (_how, attachment) => {
    const room = await openRoom();
    const { calls } = await room.run("proofpoint-pps-smart-search", { attachment });
    expect(new URL(calls[0]?.url ?? "").searchParams.get("attach")).toBe("a.exe,b.zip");
  });

  test("go out encoded as the released integration encodes them", async () => {
    const room = await openRoom();
    const { calls } = await room.run("proofpoint-pps-smart-search", {
      subject: "(a) b*'!~é",
      start_time: "2026-03-04T05:06:07Z",
    });
    expect(calls[0]?.url).toContain("&subject=%28a%29+b%2A%27%21~%C3%A9&");
    expect(calls[0]?.url).toMatch(/\?from=2026-03-04T05%3A06%3A06%2B0000&/);
  });
});

test("whatever a command is given, it ends with entries as XSOAR takes them, and throws nothing", async () => {
  const room = await openRoom({ profile: "pod" });
  const value = fc.oneof(
    fc.string({ unit: "grapheme", maxLength: 20 }),
    fc.constantFrom("", "*", "24 hours", "Quarantine", "1:2:3", "ann@example.com", "true", "[]", '{"a":1}', "[1"),
    fc.constantFrom(null, true, 7, -1.5, [], ["a", 7, null], { a: { b: 1 } }, [["x"]]),
  );
  const call = fc
    .constantFrom(...xsoarCommands)
    .chain(({ name, arguments: declared }) =>
      fc.tuple(
        fc.constant(name),
        fc.record(Object.fromEntries(declared.map((one) => [one.name, value])), { requiredKeys: [] }),
      ),
    );
  await fc.assert(
    fc.asyncProperty(call, async ([command, args]) => {
      const { entries } = await room.run(command, args);
      expect(entries.length).toBeGreaterThan(0);
      for (const entry of entries) {
        expect([1, 3, 4]).toContain(entry.Type);
        expect(entry.Type === 1 || entry.Contents !== "").toBe(true);
        expect(JSON.stringify(entry)).not.toMatch(/fault of its own|\[object Object\]|undefined/);
      }
    }),
    { numRuns: 250 },
  );
}, 60_000);
