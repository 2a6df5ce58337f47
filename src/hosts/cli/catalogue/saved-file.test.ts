import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { temporaryDirectory } from "../../../../test/temporary-directory.ts";
import { chooseTarget, safeFileName, saveFile } from "./saved-file.ts";

const bytes = Buffer.from("Subject: \xff\r\n\r\nHello\r\n", "latin1");

test("a message is saved byte by byte for its owner alone, and nothing else is left", async () => {
  const cwd = temporaryDirectory();
  const target = await chooseTarget({ output: undefined, cwd, fileName: "Qm4r.eml", force: false, flag: "-o" });
  await saveFile(target, bytes, { force: false, flag: "-o" });
  expect(target).toBe(join(cwd, "Qm4r.eml"));
  expect(readFileSync(target).equals(bytes)).toBe(true);
  expect(statSync(target).mode & 0o777).toBe(0o600);
  expect(readdirSync(cwd)).toEqual(["Qm4r.eml"]);
});

test("a directory takes the message under its own name", async () => {
  const cwd = temporaryDirectory();
  expect(await chooseTarget({ output: cwd, cwd: "/", fileName: "Qm4r.eml", force: false, flag: "-o" })).toBe(
    join(cwd, "Qm4r.eml"),
  );
});

test("an existing file is replaced only by force", async () => {
  const cwd = temporaryDirectory();
  writeFileSync(join(cwd, "a.eml"), "mine");
  const order = { output: "a.eml", cwd, fileName: "x.eml", flag: "-o" } as const;
  await expect(chooseTarget({ ...order, force: false })).rejects.toMatchObject({ code: "bad_input" });
  await expect(saveFile(join(cwd, "a.eml"), bytes, { force: false, flag: "-o" })).rejects.toMatchObject({
    code: "bad_input",
  });
  expect(readFileSync(join(cwd, "a.eml"), "utf8")).toBe("mine");
  expect(readdirSync(cwd)).toEqual(["a.eml"]);
  await saveFile(await chooseTarget({ ...order, force: true }), bytes, { force: true, flag: "-o" });
  expect(readFileSync(join(cwd, "a.eml")).equals(bytes)).toBe(true);
});

test.skipIf(process.platform === "win32")("a device is never replaced, not even by force", async () => {
  const order = { output: "/dev/null", cwd: "/", fileName: "x.eml", flag: "-o" } as const;
  for (const force of [false, true]) {
    await expect(chooseTarget({ ...order, force })).rejects.toMatchObject({
      code: "bad_input",
      hint: "-o - writes to stdout.",
    });
  }
});

test("a directory that does not exist is named in the refusal", async () => {
  const target = join(temporaryDirectory(), "missing", "a.eml");
  await expect(saveFile(target, bytes, { force: false, flag: "-o" })).rejects.toMatchObject({
    code: "bad_input",
    message: `${target} cannot be written: there is no such directory.`,
  });
});

test("whatever an id holds, the file name is one plain name", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", minLength: 1 }), (id) => {
      expect(safeFileName(`${id}.eml`)).toMatch(/^[A-Za-z0-9_][A-Za-z0-9._-]{0,149}$/);
    }),
  );
});
