import { type ChildProcess, execFileSync, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { startLab } from "../scripts/lab.ts";
import { makeBuiltPackage } from "../src/hosts/secops/build/built-package.ts";
import { bundleProgram } from "../src/hosts/secops/build/program-bundle.ts";
import { median, milliseconds, type Row, ratio, timed } from "./row.ts";
import { start } from "./server.ts";

const pps = fileURLToPath(new URL("../bin/pps.js", import.meta.url));
const sdk = fileURLToPath(new URL("../test/secops/sdk", import.meta.url));
const runs = 15;

/** One action of Google SecOps as a whole process, over both carriers, against an empty Python process. */
export async function benchSecops(): Promise<Row[]> {
  const python = findPython();
  if (python === undefined) return [];
  await using lab = await startLab();
  const directory = mkdtempSync(join(tmpdir(), "pps-bench-"));
  const children: ChildProcess[] = [];
  const platform = createServer();
  try {
    const token = execFileSync(process.execPath, [
      pps,
      "tokens",
      "create",
      "bench",
      "--scope",
      "read",
      "--state",
      directory,
    ]);
    const serve = ["serve", "--port", "0", "--json", "--state", directory];
    const server = await start([pps, ...serve], { ...process.env, ...lab.environment }, children);
    const built = makeBuiltPackage();
    writeFileSync(join(directory, "ping.py"), String(built["ActionsScripts/ping.py"]));
    writeFileSync(join(directory, "pps_bridge.py"), String(built["Managers/pps_bridge.py"]));
    writeFileSync(join(directory, "cli.mjs"), await bundleProgram());
    const settings = join(directory, "settings.json");
    writeFileSync(settings, JSON.stringify({ apiRoots: [lab.api], ca: lab.environment.PPS_CA }));
    let configuration: object = {};
    platform.on("request", ({ url = "" }, response) => {
      response.end(JSON.stringify(url.includes("/configuration") ? configuration : { environment: "Lab" }));
    });
    await once(platform.listen(0, "127.0.0.1"), "listening");
    const instance = {
      "Api Root": lab.api,
      Username: lab.options.username,
      Password: String(lab.options.password),
      "Verify SSL": "true",
    };
    const ping = () => runPing(python, directory, (platform.address() as AddressInfo).port, settings);
    const empty = await medianOf(async () => void spawnSync(python, ["-c", "pass"]));
    configuration = {
      ...instance,
      "Action Server URL": server.url,
      "Action Server Token": token.toString().trim(),
      "Action Server CA Certificate": readFileSync(join(directory, "tls", "server.pem")).toString("base64"),
    };
    const overServer = await medianOf(ping);
    configuration = { ...instance, "Action Server URL": `node:${join(directory, "cli.mjs")}` };
    const overProgram = await medianOf(ping);
    return [
      ["over the action server", overServer] as const,
      ["over a Node program on the agent", overProgram] as const,
    ].map(([how, took]) => ({
      what: `Ping of the SecOps package as a process, ${how}, median`,
      measured: milliseconds(took),
      against: `${milliseconds(empty)}, python -c pass`,
      ratio: ratio(took, empty),
    }));
  } finally {
    platform.close();
    for (const child of children) {
      child.kill("SIGTERM");
      await once(child, "close");
    }
    rmSync(directory, { recursive: true, force: true });
  }
}

async function medianOf(work: () => Promise<void>): Promise<number> {
  const times: number[] = [];
  for (let index = 0; index < runs; index++) times.push(await timed(work));
  return median(times);
}

/** As the platform starts it, with the stand-in of its SDK that the tests use. */
async function runPing(python: string, cwd: string, port: number, settings: string): Promise<void> {
  const env = {
    PATH: process.env.PATH,
    PYTHONPATH: sdk,
    // What Python compiles stays with the run.
    PYTHONPYCACHEPREFIX: join(cwd, "compiled"),
    APP_IP: "127.0.0.1",
    APP_PORT: String(port),
    APP_USE_SSL: "False",
    PPS_SECOPS_SETTINGS: settings,
  };
  const child = spawn(python, ["ping.py", "app-key", "True"], { cwd, env, stdio: ["pipe", "pipe", "inherit"] });
  let output = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    output += text;
  });
  child.stdin.end(JSON.stringify(context()));
  await once(child, "close");
  const { Message, ExecutionState } = JSON.parse(output) as { Message: string; ExecutionState: number };
  if (ExecutionState !== 0) throw new Error(Message);
}

function context() {
  return {
    target_entities: [],
    case_id: "1",
    alert_id: "alert",
    environment: "Default Environment",
    workflow_id: "workflow",
    workflow_instance_id: null,
    parameters: {},
    integration_identifier: "ProofpointProtectionServer",
    integration_instance: "instance",
    action_definition_name: "Ping",
    original_requesting_user: null,
    default_result_value: null,
    execution_deadline_unix_time_ms: Date.now() + 300_000,
  };
}

/** The only version the platform runs; without it nothing can be measured. */
function findPython(): string | undefined {
  const asked = "import sys; print('%d.%d' % sys.version_info[:2], sys.executable)";
  for (const name of ["python3.11", "python3"]) {
    const [version, path] = spawnSync(name, ["-c", asked], { encoding: "utf8" }).stdout?.trim().split(" ") ?? [];
    if (version === "3.11") return path;
  }
  console.error("No Python 3.11 here: the SecOps package is not measured.");
  return undefined;
}
