import { spawnSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { temporaryDirectory } from "../../test/temporary-directory.ts";
import { openDirectories } from "./directories.ts";

test("a temporary directory goes when it is closed", () => {
  const directories = openDirectories(undefined);
  expect(existsSync(directories.tls)).toBe(true);
  directories.close();
  expect(existsSync(directories.tls)).toBe(false);
});

test("what stands beside a database stays", () => {
  const data = join(temporaryDirectory(), "new", "lab.db");
  const directories = openDirectories(data);
  directories.close();
  expect(directories).toMatchObject({ tls: `${data}.tls`, mail: `${data}.mail` });
  expect(existsSync(dirname(data))).toBe(true);
});

test("a process that ends without stopping its simulators leaves no directory behind", () => {
  const TMPDIR = temporaryDirectory();
  const module = fileURLToPath(new URL("directories.ts", import.meta.url));
  const program = `
    import { readdirSync } from "node:fs";
    import { openDirectories } from ${JSON.stringify(module)};
    openDirectories(undefined);
    openDirectories(undefined);
    console.log(readdirSync(process.env.TMPDIR).length);
    process.exit(3);`;
  const { status, stdout } = spawnSync(process.execPath, ["--input-type=module", "-e", program], {
    encoding: "utf8",
    env: { PATH: process.env.PATH, TMPDIR },
  });
  expect({ status, stdout }).toEqual({ status: 3, stdout: "2\n" });
  expect(readdirSync(TMPDIR)).toEqual([]);
});
