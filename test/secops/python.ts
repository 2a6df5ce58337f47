import { spawnSync } from "node:child_process";
import { test } from "vitest";

/** The only Python the platform runs (secops-platform.md 3.1). */
const wanted = "3.11";

function findPython(): string | undefined {
  return ["python3.11", "python3"].find((name) => {
    const { stdout } = spawnSync(name, ["-c", "import sys; print('%d.%d' % sys.version_info[:2])"], {
      encoding: "utf8",
    });
    return stdout?.trim() === wanted;
  });
}

const found = findPython();

/** Where none of the right version is, its name stands here all the same: what needs it fails by that name. */
export const python = found ?? "python3.11";

/** A test that needs Python 3.11: skipped on a machine without it, but never in CI. */
export const pythonTest = test.skipIf(found === undefined && process.env.CI !== "true");
