import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { temporaryDirectory } from "../../../../test/temporary-directory.ts";
import { isLocked, tryLock } from "./file-lock.ts";
import { defaultStateDirectory, openStateDirectory } from "./state-directory.ts";

/** A process that takes the lock, says so, and never gives it up by itself. */
async function holdElsewhere(path: string) {
  const module = new URL("./file-lock.ts", import.meta.url).href;
  const script = `import { tryLock } from ${JSON.stringify(module)};
    const lock = tryLock(${JSON.stringify(path)});
    process.stdout.write(lock === undefined ? "refused" : "held");
    process.stdin.resume().on("end", () => process.exit(lock === undefined ? 0 : 1));`;
  const child = spawn(process.execPath, ["--no-warnings", "--input-type=module", "-e", script], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const [said] = (await once(child.stdout, "data")) as [Buffer];
  return { child, said: said.toString() };
}

test("a lock is held once, in this process and in others, until it is let go", async () => {
  const path = join(temporaryDirectory(), "file");
  expect(isLocked(path)).toBe(false);
  const lock = tryLock(path);
  expect([isLocked(path), tryLock(path)]).toEqual([true, undefined]);
  const other = await holdElsewhere(path);
  expect(other.said).toBe("refused");
  other.child.kill("SIGKILL");
  lock?.release();
  expect(isLocked(path)).toBe(false);
  tryLock(path)?.release();
});

test("a process that is killed holds its lock no longer", async () => {
  const path = join(temporaryDirectory(), "file");
  const { child, said } = await holdElsewhere(path);
  expect([said, isLocked(path), tryLock(path)]).toEqual(["held", true, undefined]);
  const ended = once(child, "exit");
  child.kill("SIGKILL");
  await ended;
  expect(isLocked(path)).toBe(false);
  const lock = tryLock(path);
  expect(lock).toBeDefined();
  lock?.release();
});

test("the state directory is made for its owner alone", () => {
  const directory = join(temporaryDirectory(), "a", "state");
  expect(openStateDirectory(directory)).toEqual({
    directory,
    tokens: join(directory, "tokens.json"),
    audit: join(directory, "audit.jsonl"),
    answers: join(directory, "idempotency.db"),
    tls: join(directory, "tls"),
  });
  expect(statSync(directory).mode & 0o777).toBe(0o700);
  chmodSync(directory, 0o770);
  expect(() => openStateDirectory(directory)).toThrow(`${directory} can be changed by other users of this machine.`);
});

test("a state directory that cannot be made is named", () => {
  const file = join(temporaryDirectory(), "file");
  writeFileSync(file, "");
  expect(() => openStateDirectory(file)).toThrow(`The state directory ${file} cannot be made (EEXIST).`);
  expect(() => openStateDirectory(join(file, "state"))).toThrow("cannot be made (ENOTDIR)");
});

test("the state stands below XDG_STATE_HOME, else in the home directory", () => {
  expect(defaultStateDirectory({ XDG_STATE_HOME: "/state", HOME: "/home/ann" })).toBe("/state/proofpoint-ps");
  expect(defaultStateDirectory({ HOME: "/home/ann" })).toBe("/home/ann/.local/state/proofpoint-ps");
});
