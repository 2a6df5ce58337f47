import { spawn } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { flatImports } from "../../src/hosts/secops/python/flat-imports.ts";
import { type ShimFacts, shimScript } from "../../src/hosts/secops/python/shim.ts";
import { temporaryDirectory } from "../temporary-directory.ts";
import { type EntitySketch, openPlatform, type Platform, type PlatformWishes } from "./platform.ts";
import { python } from "./python.ts";

/** Where the stand-in of the platform's SDK lies. */
const sdk = fileURLToPath(new URL("sdk", import.meta.url));
export const bridgePath = fileURLToPath(new URL("../../src/hosts/secops/python/pps_bridge.py", import.meta.url));

/** An action that reads, one that writes, and the test of the connection. */
export const reading = { name: "Find Things", failureLead: "Failed to find", writes: false } as const;
export const writing = { name: "Change Things", failureLead: "Failed to change", writes: true } as const;
export const pinging = {
  name: "Ping",
  failureLead: "Failed to connect to the thing",
  writes: false,
  successLead: "Successfully connected to the thing",
} as const;

/** What lies in the folder of a run. */
export interface Scripts {
  shim: string;
  bridge: string;
}

function scriptsOf(action: ShimFacts): Scripts {
  return {
    shim: flatImports(shimScript(action, { identifier: "TestPackage", version: "1.0" })),
    bridge: flatImports(readFileSync(bridgePath, "utf8")),
  };
}

/** One run of an action, as the platform starts it. */
export interface ActionRun extends PlatformWishes {
  action?: ShimFacts;
  parameters?: Record<string, unknown>;
  /** Names in capitals, as the platform writes them. */
  targets?: readonly EntitySketch[];
  /** More of what stands in standard input, or other than usual. */
  context?: Record<string, unknown>;
  env?: Record<string, string>;
  /** Of a package that was built, instead of scripts for `action`. */
  scripts?: Scripts;
  /** On a Remote Agent. */
  isRemote?: boolean;
  /** The agent cannot call the platform: its calls are written down for later. */
  isRecording?: boolean;
  /** Files that lie beside the script, by name. */
  files?: Record<string, string>;
  /** Told of the process when it has begun. */
  onStart?: (process: { kill(signal: NodeJS.Signals): void }) => void;
}

/** What a Remote Agent has instead of the platform's address. */
function remote({ url }: Platform, { isRecording = false }: ActionRun): Record<string, string> {
  return { STAND_IN_REMOTE: "True", ...(isRecording ? {} : { SERVER_API_ROOT: `${url}/pub/api` }) };
}

/** What came out of a run. */
export interface ActionEnd {
  code: number | null;
  stderr: string;
  state: "completed" | "in progress" | "failed" | "timed out" | undefined;
  /** What playbooks see as `is_success`. */
  isSuccess: unknown;
  message: string;
  debugOutput: string;
  /** The JSON result; undefined where there is none. */
  json: unknown;
  tables: Record<string, string[]>;
  platform: Platform;
  directory: string;
}

const states = ["completed", "in progress", "failed", "timed out"] as const;

/** Runs an action in a Python process of its own, in a folder like that of the built package. */
export async function runAction(run: ActionRun = {}): Promise<ActionEnd> {
  const { action = reading, targets = [], entities = targets } = run;
  const platform = await openPlatform({ ...run, entities });
  const directory = temporaryDirectory();
  const script = join(directory, "action.py");
  const { shim, bridge } = run.scripts ?? scriptsOf(action);
  writeFileSync(join(directory, "pps_bridge.py"), bridge);
  writeFileSync(script, shim);
  for (const [name, text] of Object.entries(run.files ?? {})) writeFileSync(join(directory, name), text);
  const child = spawn(
    python,
    [script, "app-key", "True", "--logPath=/nowhere", "--correlationId=1", "--onePlatformSupport"],
    {
      cwd: directory,
      env: {
        PATH: `${dirname(process.execPath)}:${process.env.PATH}`,
        TMPDIR: directory,
        PYTHONPATH: sdk,
        PYTHONDONTWRITEBYTECODE: "1",
        ...(run.isRemote
          ? remote(platform, run)
          : { APP_IP: "127.0.0.1", APP_PORT: `${platform.port}`, APP_USE_SSL: "False" }),
        ...run.env,
      },
    },
  );
  run.onStart?.(child);
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (text) => {
    stdout += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text) => {
    stderr += text;
  });
  child.stdin.on("error", () => {});
  child.stdin.end(`\ufeff${JSON.stringify(contextOf(run))}`);
  const code = await new Promise<number | null>((resolve, reject) => child.on("error", reject).on("close", resolve));
  const output = stdout === "" ? {} : JSON.parse(stdout);
  const parts: Record<string, { RawJson: string; CSVLines: string[] | "" }> = JSON.parse(
    output.ResultObjectJson ?? "{}",
  );
  const { JsonResult, ...others } = parts;
  return {
    code,
    stderr,
    state: states[output.ExecutionState],
    isSuccess: output.ResultValue,
    message: output.Message,
    debugOutput: output.DebugOutput,
    json: JsonResult === undefined ? undefined : JSON.parse(JsonResult.RawJson),
    tables: Object.fromEntries(Object.entries(others).map(([title, { CSVLines }]) => [title, CSVLines || []])),
    platform,
    directory,
  };
}

function contextOf({ parameters = {}, targets = [], context = {} }: ActionRun) {
  return {
    target_entities: targets.map(({ identifier, type }) => ({ item1: identifier, item2: type })),
    case_id: "4711",
    alert_id: "alert",
    environment: "Default Environment",
    workflow_id: "workflow",
    workflow_instance_id: null,
    parameters,
    integration_identifier: "TestPackage",
    integration_instance: "instance",
    action_definition_name: "action",
    original_requesting_user: null,
    default_result_value: null,
    execution_deadline_unix_time_ms: Date.now() + 300_000,
    ...context,
  };
}
