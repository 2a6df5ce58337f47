import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import type { Files } from "../../src/hosts/secops/build/archive.ts";
import { temporaryDirectory } from "../temporary-directory.ts";
import { buildOnce, readPack } from "./rules/pack.ts";

const hasPython = spawnSync("python3", ["-c", "import sys; sys.exit(sys.version_info < (3, 11))"]).status === 0;

function write(files: Record<string, string>): string {
  const folder = temporaryDirectory();
  for (const [path, text] of Object.entries(files)) {
    if (path.endsWith("/")) continue;
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

describe.skipIf(!hasPython)("where Python 3.11 is", () => {
  let files: Files;

  beforeAll(async () => {
    files = await buildOnce();
  });

  test.each(["source", "built"] as const)("every script of the %s package compiles", (form) => {
    const scripts = Object.entries(readPack(files)[form]).filter(([path]) => path.endsWith(".py"));
    const folder = write(Object.fromEntries(scripts));
    const compiled = spawnSync("python3", ["-m", "py_compile", ...scripts.map(([path]) => path)], { cwd: folder });
    expect(compiled.stderr.toString()).toBe("");
    expect(compiled.status).toBe(0);
    expect(scripts.length).toBeGreaterThan(18);
  });

  test("the project file and the lock file are TOML that says what was meant", () => {
    const { source } = readPack(files);
    const folder = write({ "pyproject.toml": source["pyproject.toml"] ?? "", "uv.lock": source["uv.lock"] ?? "" });
    const program =
      "import json, tomllib; print(json.dumps([tomllib.load(open(name, 'rb')) for name in ('pyproject.toml', 'uv.lock')]))";
    const [project, lock] = JSON.parse(execFileSync("python3", ["-c", program], { cwd: folder, encoding: "utf8" }));
    expect(project).toMatchObject({
      project: {
        name: "ProofpointProtectionServer",
        version: "1.0",
        "requires-python": ">=3.11,<3.12",
        dependencies: [],
      },
      "dependency-groups": {
        dev: [expect.stringMatching(/^pytest>=/), expect.stringMatching(/^pytest-json-report>=/), "soar-sdk"],
      },
      tool: {
        uv: {
          index: [{ url: "https://pypi.org/simple", default: true }],
          sources: { "soar-sdk": { git: expect.any(String) } },
        },
      },
    });
    expect(lock).toMatchObject({ version: 1, package: [{ name: "proofpointprotectionserver", version: "1.0" }] });
  });

  test("Python's own zip reader finds nothing wrong, and the empty folder", () => {
    const folder = temporaryDirectory();
    writeFileSync(join(folder, "package.zip"), files["ProofpointProtectionServer.zip"] ?? "");
    const program =
      "import zipfile; z = zipfile.ZipFile('package.zip'); print(z.testzip(), z.getinfo('Dependencies/').is_dir())";
    expect(execFileSync("python3", ["-c", program], { cwd: folder, encoding: "utf8" })).toBe("None True\n");
  });
});
