import { buildBundle } from "../../src/hosts/xsoar/build/bundle.ts";
import type { Example } from "../../src/hosts/xsoar/build/examples.ts";
import type { Entry } from "../../src/hosts/xsoar/entries/entry.ts";
import { createClock, type Simulator, startSimulator } from "../../src/simulator/index.ts";
import { instanceParams } from "./instance-params.ts";
import type { SeenCall } from "./sandbox/host.ts";
import { runCommand } from "./sandbox/sandbox.ts";

/** What came of a command: what the War Room shows, and every use of `http`. */
export interface Outcome {
  entries: Entry[];
  calls: SeenCall[];
}

/** A War Room over a gateway of its own, whose time stands still but for a minute between commands. */
export interface WarRoom extends AsyncDisposable {
  simulator: Simulator;
  /** Runs a command with arguments as a playbook gives them. */
  call(command: string, args: Record<string, unknown>): Promise<Outcome>;
  /** Runs a line such as `!command name=value other="a value"`. */
  run(line: string): Promise<Entry[]>;
}

let bundle: Promise<string> | undefined;

/** The same room gives the same answers, to the last id. */
export async function openWarRoom({ quirks = {} }: { quirks?: Record<string, string> } = {}): Promise<WarRoom> {
  bundle ??= buildBundle();
  const script = await bundle;
  const clock = createClock();
  clock.set(Date.UTC(2026, 2, 4, 12), true);
  const simulator = await startSimulator({
    seed: "war room",
    clock,
    password: "example-password",
    clientSecret: "example-secret",
    quirks: { "cloud-lists": "present", ...quirks },
  });
  const params = {
    ...instanceParams(simulator),
    folders: "Quarantine\nPhish\nAudit\nDeleted\nHIPAA:dlp",
    own_domains: "example.com",
  };
  let integrationContext: Record<string, unknown> = {};
  async function call(command: string, args: Record<string, unknown>): Promise<Outcome> {
    clock.advance(60_000);
    await simulator.settle();
    const server = { params, integrationContext, ca: simulator.ca, clock };
    const ran = await runCommand({ ...server, bundle: script, command, args });
    integrationContext = ran.integrationContext;
    if (!Array.isArray(ran.returned)) throw new Error(`${command}: ${JSON.stringify(ran.thrown ?? ran.returned)}`);
    await simulator.settle();
    return { entries: ran.returned as Entry[], calls: ran.calls };
  }
  return {
    simulator,
    call,
    async run(line) {
      const { command, args } = readLine(line);
      return (await call(command, args)).entries;
    },
    [Symbol.asyncDispose]: simulator.stop,
  };
}

/** Who sends the messages that `hold` has held, and to whom. */
export const sender = "billing@parcels.example";
export const ann = "ann@example.com";

const gtube = ["XJS*C4JDBQADN1.NSBN3*2IDNEN*", "GTUBE-STANDARD-", "ANTI-UBE-TEST-EMAIL*C.34X"].join("");

/** A wave of messages that are held, a second apart, each with its number in the subject. Gives all that is held, oldest first. */
export async function hold(room: WarRoom, count: number): Promise<Held[]> {
  const { simulator } = room;
  for (let number = 1; number <= count; number++) {
    const head = [
      `From: ${sender}`,
      `To: ${ann}`,
      `Subject: Parcel ${number}`,
      `Message-ID: <${number}@parcels.example>`,
    ];
    simulator.clock.advance(1000);
    const raw = Buffer.from([...head, "", gtube, ""].join("\r\n"));
    await simulator.send({ envelope: { from: sender, to: [ann] }, raw });
  }
  const entries = await room.run(`!proofpoint-pps-list-quarantined-messages from=${sender}`);
  const [records] = Object.values(contextOf(entries[0])) as unknown as Held[][];
  return [...(records ?? [])].reverse();
}

/** What a test needs to know of a held message. */
export interface Held {
  guid: string;
  localguid: string;
  subject: string;
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
    for (const [key, value] of Object.entries(contextOf(entry))) {
      // Ids of requests change with every request before them.
      put(
        context,
        key.replace(/\(.*$/, ""),
        JSON.parse(JSON.stringify(value, (name, it) => (name === "requestId" ? undefined : it))),
      );
    }
  }
  return {
    line,
    shown: entries.map((entry) => shownOf(entry).trim()).join("\n\n"),
    ...(Object.keys(context).length === 0 ? {} : { context }),
  };
}

/** What an entry puts into context; nothing where it is a file or an error. */
export function contextOf(entry: Entry | undefined): { [key: string]: unknown } {
  return (entry?.Type === 1 && entry.EntryContext) || {};
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
