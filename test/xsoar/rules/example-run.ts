import { buildBundle } from "../../../src/hosts/xsoar/build/bundle.ts";
import type { Example } from "../../../src/hosts/xsoar/build/examples.ts";
import type { Entry } from "../../../src/hosts/xsoar/entries/entry.ts";
import { createClock, type Simulator, startSimulator } from "../../../src/simulator/index.ts";
import { runCommand } from "../sandbox/sandbox.ts";

/** A War Room over a gateway of its own, whose time stands still but for a minute between commands. */
export interface WarRoom extends AsyncDisposable {
  simulator: Simulator;
  /** Runs a line such as `!command name=value other="a value"`, and gives what came of it. */
  run(line: string): Promise<Entry[]>;
}

/** The same room gives the same answers, to the last id. */
export async function openWarRoom(): Promise<WarRoom> {
  const clock = createClock();
  clock.set(Date.UTC(2026, 2, 4, 12), true);
  const simulator = await startSimulator({
    seed: "war room",
    clock,
    password: "example-password",
    clientSecret: "example-secret",
    quirks: { "cloud-lists": "present" },
  });
  const bundle = await buildBundle();
  const params = {
    url: simulator.api,
    credentials: { identifier: simulator.username, password: simulator.password },
    unsecure: false,
    proxy: false,
    timeout: "60",
    folders: "Quarantine\nPhish\nAudit\nDeleted\nHIPAA:dlp",
    own_domains: "example.com",
    cloud_credentials: { identifier: simulator.clientId, password: simulator.clientSecret },
    cloud_cluster_id: simulator.clusterId,
    cloud_url: simulator.cloud,
    cloud_token_url: `${simulator.cloud}/v1/token`,
  };
  let integrationContext: Record<string, unknown> = {};
  return {
    simulator,
    async run(line) {
      clock.advance(60_000);
      await simulator.settle();
      const { command, args } = readLine(line);
      const run = await runCommand({ bundle, command, args, params, integrationContext, ca: simulator.ca, clock });
      integrationContext = run.integrationContext;
      if (!Array.isArray(run.returned)) throw new Error(`${line}: ${JSON.stringify(run.thrown ?? run.returned)}`);
      await simulator.settle();
      return run.returned as Entry[];
    },
    [Symbol.asyncDispose]: simulator.stop,
  };
}

function readLine(line: string): { command: string; args: Record<string, string> } {
  const [command = "", ...rest] = line.slice(1).split(" ");
  const pairs = [...rest.join(" ").matchAll(/(\w+)=(?:"((?:[^"\\]|\\.)*)"|`([^`]*)`|(\S+))/g)];
  return {
    command,
    args: Object.fromEntries(pairs.map(([, name, quoted, raw, bare]) => [name, quoted ?? raw ?? bare ?? ""])),
  };
}

/** What a README shows of a run. */
export function exampleOf(line: string, entries: readonly Entry[]): Example {
  const context: Record<string, unknown> = {};
  for (const entry of entries) {
    for (const [key, value] of Object.entries(entry.EntryContext ?? {})) put(context, key.replace(/\(.*$/, ""), value);
  }
  return {
    line,
    shown: entries.map((entry) => shownOf(entry).trim()).join("\n\n"),
    ...(Object.keys(context).length === 0 ? {} : { context }),
  };
}

function shownOf(entry: Entry): string {
  if (entry.Type === 3) return `Uploaded file: ${entry.File}`;
  return entry.Type === 4 ? `Error: ${entry.Contents}` : (entry.HumanReadable ?? "");
}

function put(tree: Record<string, unknown>, path: string, value: unknown): void {
  const [first = "", ...rest] = path.split(".");
  if (rest.length === 0) {
    tree[first] = value;
    return;
  }
  const inner = (tree[first] ?? {}) as Record<string, unknown>;
  tree[first] = inner;
  put(inner, rest.join("."), value);
}
