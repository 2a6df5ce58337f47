import { readFileSync } from "node:fs";
import { type EngineName, engines } from "./engine/engines.ts";
import { createHost, type LogLine, type SeenCall } from "./host.ts";

/** A command as a user or a playbook gives it, and the server it runs on. */
export interface Call {
  /** What `buildBundle` makes. */
  bundle: string;
  command: string;
  args?: Record<string, unknown>;
  params?: Record<string, unknown>;
  integrationContext?: Record<string, unknown>;
  /** @default node-vm, the quickest */
  engine?: EngineName;
  /** PEM text of an authority in the server's trust store. */
  ca?: string;
  /** The proxy in the server's settings, such as `http://127.0.0.1:3128`. @default none */
  proxy?: string;
  /** The server's time, which `wait` advances; without it the machine's, and `wait` does not wait. */
  clock?: { now(): number; advance(milliseconds: number): void };
  /** Where the server puts CommonServer.js. @default before */
  commonServer?: "before" | "after";
  /** Whether `Body` is there beside the file of `SaveToFile`; not known of the real server. @default false */
  keepsBodyOfSavedFile?: boolean;
}

/** All that came of a command. */
export interface Run {
  /** What the script returned, as JSON carries it. */
  returned?: unknown;
  /** What it threw instead: a text, or of an Error object its name and message. */
  thrown?: unknown;
  /** Where the script let an Error object escape. */
  stack?: string;
  /** By FileID, bytes as they were. */
  files: Map<string, Buffer>;
  logs: LogLine[];
  /** Every use of `http`, in order. */
  calls: SeenCall[];
  /** Seconds of every `wait`. */
  waits: number[];
  integrationContext: Record<string, unknown>;
}

const hostGlobals = read("host-globals.js");
const commonServer = read("common-server.js");

function read(name: string): string {
  return readFileSync(new URL(`./script/${name}`, import.meta.url), "utf8").trim();
}

/** Runs one command of the bundle as the XSOAR server would: its globals, CommonServer and script in one function. */
export async function runCommand(call: Call): Promise<Run> {
  const { bundle, engine = "node-vm" } = call;
  const parts = call.commonServer === "after" ? [bundle, commonServer] : [commonServer, bundle];
  const script = `${hostGlobals}(this, exchange)(function () {\n${parts.join("\n")}\n});\n`;
  await using host = createHost(call);
  await engines[engine](script, host.answer);
  return host.run();
}
