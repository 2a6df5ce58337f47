import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { commands } from "../../src/commands/index.ts";
import { secopsActions } from "../../src/hosts/secops/catalogue/actions.ts";
import { flatImports } from "../../src/hosts/secops/python/flat-imports.ts";
import { shimScript } from "../../src/hosts/secops/python/shim.ts";
import { temporaryDirectory } from "../temporary-directory.ts";
import { bridgePath } from "./action-process.ts";
import { python, pythonTest } from "./python.ts";

const bridge = readFileSync(bridgePath, "utf8");
const lines = bridge.split("\n");

test("the bridge stays small enough to be read by whoever installs it", () => {
  expect(lines.filter((line) => line.trim() !== "").length).toBeLessThanOrEqual(250);
  expect(lines.filter((line) => line.length > 140)).toEqual([]);
});

test("the bridge knows nothing of PPS: no path, no field and no folder", () => {
  const words = ["quarantine", "folder", "guid", "rcpt", "subject", "sender", "recipient", "message_?id", "blocklist"];
  const paths = ["/rest", "/quarantine", "/pss", "/enduser", "api/v1", "10000", "proofpoint", "api root", "password"];
  expect(bridge).not.toMatch(new RegExp([...words, ...paths].join("|"), "i"));
  const fields = [...new Set(commands.flatMap((command) => Object.keys(command.fields)))].filter(
    (name) => name.length > 4,
  );
  expect(fields.length).toBeGreaterThan(20);
  // The envelope has an action of its own, which is the name of what the platform runs, and a message, which is its end in words.
  expect(fields.filter((name) => new RegExp(`["']${name}["']`).test(bridge)).sort()).toEqual(["action", "message"]);
});

test("the bridge needs the standard library and the SDK alone, and prints nothing", () => {
  const imported = lines.flatMap((line) => /^(?:import|from) ([\w.]+)/.exec(line)?.[1] ?? []);
  const standard =
    "base64 contextlib http.client json os re signal ssl subprocess tempfile time uuid soar_sdk.ScriptResult soar_sdk.SiemplifyAction";
  expect(imported).toEqual(standard.split(" "));
  expect(bridge).not.toMatch(/\bprint\(|LOGGER|sys\.std/);
});

pythonTest("bridge and scripts of all actions compile, as source and as built", () => {
  const directory = temporaryDirectory();
  const of = { identifier: "TestPackage", version: "1.0" };
  const shims = secopsActions.map((action) => [action.stem, shimScript(action, of)] as const);
  const odd = { name: "\"\\ \u2028'''", failureLead: "\u00e4\ud83d\udc1f", writes: true, successLead: "x\n" };
  const scripts = [["bridge", bridge], ["odd", shimScript(odd, of)], ...shims] as const;
  const paths = scripts.flatMap(([name, script]) =>
    [script, flatImports(script)].map((text, built) => {
      const path = join(directory, `${name}${built}.py`);
      writeFileSync(path, text);
      return path;
    }),
  );
  const compiled = spawnSync(python, ["-W", "error", "-m", "py_compile", ...paths], { encoding: "utf8" });
  expect(compiled).toMatchObject({ status: 0, stderr: "" });
  expect(paths.length).toBeGreaterThan(30);
});

test("the script of an action holds constants, and the built one imports from its own folder", () => {
  const action = { name: "Change Things", failureLead: "Failed to change", writes: true };
  expect(
    flatImports(shimScript(action, { identifier: "TestPackage", version: "1.0" })),
  ).toBe(`from pps_bridge import run

PACKAGE = ("TestPackage", "1.0")
ACTION = "Change Things"
FAILURE = "Failed to change"
WRITES = True

if __name__ == "__main__":
    run(PACKAGE, ACTION, FAILURE, WRITES)
`);
  expect(flatImports(bridge)).not.toMatch(/soar_sdk|\.\./);
});

pythonTest("constants mean in Python what they mean here", () => {
  const name = "\"\\ \u2028''' ä\ud83d\udc1f\n";
  const script = shimScript({ name, failureLead: "", writes: false }, { identifier: "A", version: "1.0" });
  const constants = script.split("\n").slice(1, -3).join("\n");
  const { stdout } = spawnSync(python, ["-c", `${constants}\nimport json\nprint(json.dumps([ACTION, WRITES]))`], {
    encoding: "utf8",
  });
  expect(JSON.parse(stdout)).toEqual([name, false]);
});
