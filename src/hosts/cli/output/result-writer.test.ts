import { expect, test } from "vitest";
import { command } from "../../../core/command.ts";
import { plain } from "./paint.ts";
import { createResultWriter, type Format } from "./result-writer.ts";

const things = command<{ id: string; note: string }>()({
  name: "things.list",
  title: "List Things",
  description: "Lists things.",
  effect: "read",
  access: "Quarantine",
  list: "things",
  fields: {},
  rules: [],
  outputs: [
    { name: "id", type: "string", description: "Id." },
    { name: "note", type: "string", description: "Note." },
  ],
  columns: ["id", "note"],
  examples: [],
  // biome-ignore lint/correctness/useYield: this command needs no step
  *run() {
    return {};
  },
});

async function print(format: Format, batches: readonly object[][], summary: object): Promise<string[]> {
  const written: string[] = [];
  const writer = createResultWriter({
    command: things,
    format,
    columns: things.columns,
    paint: plain,
    write: async (text) => {
      written.push(text);
    },
  });
  for (const batch of batches) await writer.items(batch);
  await writer.end(summary);
  return written.filter((text) => text !== "");
}

const one = { id: "1", note: "first" };
const two = { id: "2", note: "second, \u202eodd" };

test("JSON is one object whose list stands before the rest", async () => {
  const [text = "", ...more] = await print("json", [[one], [two]], { truncated: false, notes: [] });
  expect(more).toEqual([]);
  expect(JSON.parse(text)).toEqual({ things: [one, two], truncated: false, notes: [] });
  expect(Object.keys(JSON.parse(text))[0]).toBe("things");
  expect(text).toContain("second, \\u202eodd");
});

test("JSON of nothing found is an empty list", async () => {
  expect(await print("json", [], {})).toEqual(['{\n  "things": []\n}\n']);
});

test("JSON Lines are handed on as they come", async () => {
  expect(await print("jsonl", [[one], [two]], { truncated: false })).toEqual([
    '{"id":"1","note":"first"}\n',
    '{"id":"2","note":"second, \\u202eodd"}\n',
  ]);
});

test("JSON Lines of a list that was cut end in a mark that is no item", async () => {
  const lines = await print("jsonl", [[one]], { truncated: true, notes: ["Cut at the limit of 1."] });
  expect(lines.at(-1)).toBe('{"truncated":true,"notes":["Cut at the limit of 1."]}\n');
});

test("CSV and a table that leave the terminal end in a mark when the list is not complete", async () => {
  const cut = { truncated: true, notes: ["Cut at the limit of 1; older ones \u202ematch too."] };
  expect((await print("csv", [[one]], cut)).at(-1)).toBe(
    "# This list is not complete. Cut at the limit of 1; older ones \\u{202e}match too.\r\n",
  );
  expect((await print("table", [[one]], cut)).at(-1)).toBe(
    "# This list is not complete. Cut at the limit of 1; older ones \\u{202e}match too.\n",
  );
  expect((await print("table", [[one]], { truncated: false, notes: ["A note."] })).join("")).not.toContain("#");
});

test("CSV has a heading also when nothing was found", async () => {
  expect(await print("csv", [], {})).toEqual(["id,note\r\n"]);
  expect((await print("csv", [[one], [two]], {})).join("")).toBe('id,note\r\n1,first\r\n2,"second, \\u{202e}odd"\r\n');
});

test("a table of nothing prints nothing", async () => {
  expect(await print("table", [], {})).toEqual([]);
});

test("a long table begins before its end is known", async () => {
  const batches = Array.from({ length: 6 }, (_, batch) =>
    Array.from({ length: 200 }, (_, at) => ({ id: String(batch * 200 + at), note: "x" })),
  );
  const written = await print("table", batches, {});
  expect(written).toHaveLength(2);
  expect(written.join("").split("\n")).toHaveLength(1202);
});

test("a table takes more items at once than a call may have arguments", async () => {
  const many = Array.from({ length: 200_000 }, (_, index) => ({ id: String(index), note: "" }));
  const text = (await print("table", [many], {})).join("");
  expect(text.split("\n")).toHaveLength(200_002);
});
