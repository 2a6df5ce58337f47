import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { temporaryDirectory } from "../temporary-directory.ts";
import { makeCommands } from "./made-commands.ts";
import { nobody } from "./nobody.ts";
import { run } from "./terminal.ts";

const { commands, given } = makeCommands();
const cwd = temporaryDirectory();
const base = { commands, cwd, env: nobody() };

function save(name: string, content: string | Buffer): string {
  writeFileSync(join(cwd, name), content);
  return name;
}

/** What the command was given for its file. */
async function sync(path: string, input?: string): Promise<unknown> {
  const result = await run(["blocklist", "sync", path, "--yes"], {
    ...base,
    ...(input === undefined ? {} : { input }),
  });
  expect(result).toMatchObject({ exitCode: 0 });
  return (given.at(-1) as { file: string }).file;
}

test("a file is read as UTF-8 text from the directory one stands in, without its byte order mark", async () => {
  expect(await sync(save("list.txt", "\ufeffmüller.example\n"))).toBe("müller.example\n");
});

const utf16 = Buffer.from("\ufeffmüller.example\n", "utf16le");

test.each([
  ["little", utf16],
  ["big", Buffer.from(utf16).swap16()],
])("a file that Windows exported as UTF-16, %s end first, is read by its mark", async (end, bytes) => {
  expect(await sync(save(`${end}.txt`, bytes))).toBe("müller.example\n");
});

test("an absolute path is taken as it stands", async () => {
  save("absolute.txt", "a.example");
  expect(await sync(join(cwd, "absolute.txt"))).toBe("a.example");
});

test("a file may come by standard input", async () => {
  expect(await sync("-", "a.example\nb.example\n")).toBe("a.example\nb.example\n");
});

test.each<[string, () => string, string]>([
  ["a missing file", () => "nowhere.csv", "nowhere.csv cannot be read: there is no such file."],
  ["no path at all", () => " ", "FILE names no file."],
  [
    "a directory",
    () => {
      mkdirSync(join(cwd, "folder"));
      return "folder";
    },
    "folder cannot be read: it is a directory.",
  ],
  [
    "a path through a file",
    () => join(save("plain.txt", "a"), "b.csv"),
    "plain.txt/b.csv cannot be read: a part of the path is no directory.",
  ],
  [
    "text that is not UTF-8",
    () => save("latin.csv", Buffer.from("m\xfcller.example", "latin1")),
    "latin.csv cannot be read: it is no UTF-8 text.\nhint: Save it as UTF-8; a workbook as CSV first.",
  ],
  [
    "UTF-16 that is cut",
    () => save("cut.txt", utf16.subarray(0, -1)),
    "cut.txt cannot be read: it is no UTF-8 text.\nhint: Save it as UTF-8; a workbook as CSV first.",
  ],
  [
    "UTF-16 without a mark",
    () => save("unmarked.txt", Buffer.from("ü", "utf16le")),
    "unmarked.txt cannot be read: it is no UTF-8 text.\nhint: Save it as UTF-8; a workbook as CSV first.",
  ],
  [
    "text of a character too many",
    () => save("long.txt", "ü".repeat(20_001)),
    "long.txt cannot be read: it is 20001 characters long; at most 20000 are taken.",
  ],
  [
    "far too much",
    () => save("huge.txt", "x".repeat(1_000_000)),
    "huge.txt cannot be read: it has too many characters; at most 20000 are taken.",
  ],
])("%s is refused in one sentence before any setting is looked at", async (_what, make, told) => {
  const { exitCode, stdout, stderr } = await run(["blocklist", "sync", make(), "--yes"], { commands, cwd });
  expect({ exitCode, stdout, stderr }).toEqual({ exitCode: 2, stdout: "", stderr: `pps: ${told}\n` });
});

// Root may read everything.
test.skipIf(process.getuid === undefined || process.getuid() === 0)("a file one may not read is refused", async () => {
  chmodSync(join(cwd, save("secret.csv", "a.example")), 0);
  const { exitCode, stderr } = await run(["blocklist", "sync", "secret.csv", "--yes"], { commands, cwd });
  expect({ exitCode, stderr }).toEqual({
    exitCode: 2,
    stderr: "pps: secret.csv cannot be read: that is not permitted.\n",
  });
});

test("an empty file is a file without content, and not one that was not named", async () => {
  expect(await sync(save("empty.txt", ""))).toBe("\n");
});

test("as much as is taken is taken, however many bytes it has", async () => {
  const text = "\u8acb".repeat(20_000);
  expect(await sync(save("full.txt", `\ufeff${text}`))).toBe(text);
});

test("standard input that is a terminal is not waited for", async () => {
  const { exitCode, stderr } = await run(["blocklist", "sync", "-"], { ...base, columns: 80, typed: "" });
  expect(exitCode).toBe(2);
  expect(stderr).toMatch(/Standard input cannot be read: it is a terminal\.\nhint: /);
});

test("an object is written as JSON, or read from a file after @", async () => {
  const add = ["users", "blocklist", "add", "a.example", "--attributes"];
  expect((await run([...add, '{"mail":"x"}'], base)).exitCode).toBe(0);
  expect(given.at(-1)).toMatchObject({ attributes: { mail: "x" } });
  expect((await run([...add, `@${save("attributes.json", '{"mail":"y"}')}`], base)).exitCode).toBe(0);
  expect(given.at(-1)).toMatchObject({ attributes: { mail: "y" } });
  expect((await run([...add, "@-"], { ...base, input: '{"mail":"z"}' })).exitCode).toBe(0);
  expect(given.at(-1)).toMatchObject({ attributes: { mail: "z" } });
});

test("standard input can be read only once", async () => {
  const args = ["users", "blocklist", "add", "-", "--attributes", "@-"];
  const { exitCode, stderr } = await run(args, { ...base, input: "a.example\n" });
  expect({ exitCode, stderr }).toEqual({ exitCode: 2, stderr: "pps: - can be given only once.\n" });
});

test("the path of a file stands in the help", async () => {
  const { stdout } = await run(["blocklist", "sync", "--help"], base);
  expect(stdout).toMatch(/^Usage: pps blocklist sync \[options\] FILE$/m);
  expect(stdout).toContain("- reads it from standard input.");
});
