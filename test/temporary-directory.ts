import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";

const outer = process.env.TMPDIR;
const root = mkdtempSync(join(tmpdir(), "pps-test-"));
// What simulators and child processes make besides is found in one place too, even when they are killed.
process.env.TMPDIR = root;

// Registered by the import, thus before the hooks of the test file, and run after them.
afterAll(() => {
  if (outer === undefined) delete process.env.TMPDIR;
  else process.env.TMPDIR = outer;
  rmSync(root, { recursive: true, force: true });
});

/** An empty directory that goes with the tests of the file. */
export function temporaryDirectory(): string {
  return mkdtempSync(join(root, "test-"));
}
