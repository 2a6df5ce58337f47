import { tmpdir } from "node:os";
import { PassThrough, Readable, Writable } from "node:stream";
import type { Command } from "../../src/core/command.ts";
import type { CliContext } from "../../src/hosts/cli/context.ts";
import { runCli } from "../../src/hosts/cli/run.ts";
import type { Simulator } from "../../src/simulator/index.ts";
import { temporaryDirectory } from "../temporary-directory.ts";

export interface RunOptions {
  env?: Record<string, string>;
  cwd?: string;
  /** What is piped in. Absent: an empty pipe. */
  input?: string;
  /** A terminal of so many columns on stdout and stderr. */
  columns?: number;
  /** What a person at the terminal types. */
  typed?: string;
  /** Ctrl-C. */
  interrupted?: AbortSignal;
  /** Instead of the catalogue. */
  commands?: readonly Command[];
  /** Told of every piece of stdout; throwing an error breaks the pipe. */
  onOutput?: (text: string) => void;
}

export interface RunResult {
  exitCode: number;
  stdout: string;
  stderr: string;
}

/** Runs one command line in this process and gives everything that came out of it. */
export async function run(args: readonly string[], options: RunOptions = {}): Promise<RunResult> {
  const { columns, typed } = options;
  const isTTY = columns !== undefined;
  const stdout = createSink(options.onOutput);
  const stderr = createSink();
  // A terminal stays open after a line was typed; a pipe ends.
  const keyboard = new PassThrough();
  if (typed !== undefined) keyboard.write(typed);
  const stdin = typed === undefined ? Readable.from([options.input ?? ""]) : keyboard;
  const context: CliContext = {
    args,
    env: { HOME: options.cwd ?? temporaryDirectory(), ...options.env },
    cwd: options.cwd ?? tmpdir(),
    stdin: Object.assign(stdin, { isTTY: typed !== undefined }),
    stdout: Object.assign(stdout.stream, { isTTY, columns }),
    stderr: Object.assign(stderr.stream, { isTTY, columns }),
    interrupted: options.interrupted ?? new AbortController().signal,
  };
  const exitCode = await runCli(context, options.commands);
  return { exitCode, stdout: stdout.text(), stderr: stderr.text() };
}

/** The settings that lead to a simulator. */
export function environmentOf({ api, username, password, caPath }: Simulator): Record<string, string> {
  return { PPS_URL: api, PPS_USERNAME: username, PPS_PASSWORD: password, PPS_CA: caPath };
}

/** The settings that lead to the cloud API of a simulator that has one. */
export function cloudEnvironmentOf(simulator: Simulator): Record<string, string> {
  return {
    PPS_CLOUD_URL: `${simulator.cloud}`,
    PPS_CLOUD_TOKEN_URL: `${simulator.cloud}/v1/token`,
    PPS_CLOUD_CLIENT_ID: simulator.clientId,
    PPS_CLOUD_CLIENT_SECRET: simulator.clientSecret,
    PPS_CLOUD_CLUSTER_ID: simulator.clusterId,
    PPS_OWN_DOMAINS: simulator.ownDomains.join(","),
  };
}

function createSink(onOutput: (text: string) => void = () => {}) {
  const chunks: Buffer[] = [];
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      try {
        onOutput(chunk.toString("utf8"));
      } catch (error) {
        done(error as Error);
        return;
      }
      chunks.push(chunk);
      done();
    },
  });
  return { stream, text: () => Buffer.concat(chunks).toString("utf8") };
}
