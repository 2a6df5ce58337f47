import { execFileSync, spawn, spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, expect } from "vitest";
import type { Files } from "../../src/hosts/secops/build/archive.ts";
import { temporaryDirectory } from "../temporary-directory.ts";
import { openPlatform } from "./platform.ts";
import { python, pythonTest } from "./python.ts";
import { startReplies } from "./reply-server.ts";
import { buildOnce, readPack } from "./rules/pack.ts";

let files: Files;

beforeAll(async () => {
  files = await buildOnce();
});

function write(files: Record<string, string>): string {
  const folder = temporaryDirectory();
  for (const [path, text] of Object.entries(files)) {
    if (path.endsWith("/")) continue;
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

pythonTest.each(["source", "built"] as const)("every script of the %s package compiles", (form) => {
  const scripts = Object.entries(readPack(files)[form]).filter(([path]) => path.endsWith(".py"));
  const folder = write(Object.fromEntries(scripts));
  const compiled = spawnSync(python, ["-m", "py_compile", ...scripts.map(([path]) => path)], { cwd: folder });
  expect(compiled.stderr.toString()).toBe("");
  expect(compiled.status).toBe(0);
  expect(scripts.length).toBeGreaterThan(18);
});

pythonTest("the project file and the lock file are TOML that says what was meant", () => {
  const { source } = readPack(files);
  const folder = write({ "pyproject.toml": source["pyproject.toml"] ?? "", "uv.lock": source["uv.lock"] ?? "" });
  const program =
    "import json, tomllib; print(json.dumps([tomllib.load(open(name, 'rb')) for name in ('pyproject.toml', 'uv.lock')]))";
  const [project, lock] = JSON.parse(execFileSync(python, ["-c", program], { cwd: folder, encoding: "utf8" }));
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

pythonTest("Python's own zip reader finds nothing wrong, and the empty folder", () => {
  const folder = temporaryDirectory();
  writeFileSync(join(folder, "package.zip"), files["ProofpointProtectionServer.zip"] ?? "");
  const program =
    "import zipfile; z = zipfile.ZipFile('package.zip'); print(z.testzip(), z.getinfo('Dependencies/').is_dir())";
  expect(execFileSync(python, ["-c", program], { cwd: folder, encoding: "utf8" })).toBe("None True\n");
});

pythonTest("every action of the zip runs where the zip was unpacked, and asks for itself", async () => {
  const { built, actions } = readPack(files);
  const folder = write(built);
  const server = await startReplies();
  const platform = await openPlatform({ configuration: server.configuration });
  const env = {
    TMPDIR: folder,
    PYTHONPATH: [join(folder, "Managers"), fileURLToPath(new URL("sdk", import.meta.url))].join(delimiter),
    PYTHONDONTWRITEBYTECODE: "1",
    APP_IP: "127.0.0.1",
    APP_PORT: `${platform.port}`,
    APP_USE_SSL: "False",
  };
  const given = {
    target_entities: [],
    case_id: "4711",
    alert_id: "alert",
    environment: "Default Environment",
    workflow_id: "workflow",
    parameters: {},
    integration_identifier: "ProofpointProtectionServer",
    integration_instance: "instance",
    action_definition_name: "action",
    original_requesting_user: null,
    default_result_value: null,
  };
  const ends = await Promise.all(
    Object.entries(actions).map(async ([stem, { name }]) => {
      const child = spawn(python, [join(folder, "ActionsScripts", `${stem}.py`), "app-key", "True"], {
        cwd: folder,
        env,
      });
      child.stdin.end(`\ufeff${JSON.stringify(given)}`);
      let output = "";
      for await (const text of child.stdout.setEncoding("utf8")) output += text;
      return { name, output };
    }),
  );
  for (const { name, output } of ends) {
    expect(JSON.parse(output), name).toMatchObject({
      ExecutionState: 0,
      ResultValue: true,
      Message: expect.stringMatching(/Done\.$/),
    });
  }
  expect(
    server
      .requests()
      .map(({ action }) => action)
      .sort(),
  ).toEqual(ends.map(({ name }) => name).sort());
  for (const request of server.requests()) {
    expect(request.package).toEqual({ identifier: "ProofpointProtectionServer", version: "1.0" });
  }
});
