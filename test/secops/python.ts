import { spawnSync } from "node:child_process";
import { test } from "vitest";

/** The only Python the platform runs (secops-platform.md 3.1). */
const wanted = "3.11";

/** Its own path, since what `python3.11` leads to may be a script that looks for it first. */
function findPython(): string | undefined {
  const asked = "import sys; print('%d.%d' % sys.version_info[:2], sys.executable)";
  return ["python3.11", "python3"].flatMap((name) => {
    const [version, path = ""] = spawnSync(name, ["-c", asked], { encoding: "utf8" }).stdout?.trim().split(" ") ?? [];
    return version === wanted ? [path] : [];
  })[0];
}

const found = findPython();

/** Where none of the right version is, its name stands here all the same: what needs it fails by that name. */
export const python = found ?? "python3.11";

/** A test that needs Python 3.11: skipped on a machine without it, but never in CI. */
export const pythonTest = test.skipIf(found === undefined && process.env.CI !== "true");
