import { once } from "node:events";
import { Command, InvalidArgumentError } from "commander";
import type { ActionServer } from "../../server/serve.ts";
import { resolveConnection } from "../connection.ts";
import { type CliContext, writeOut } from "../context.ts";
import { flagsOf } from "../shared-options.ts";

interface Flags {
  host: string;
  port: number;
  state?: string;
  http?: boolean;
  anonymous?: boolean;
  json?: boolean;
}

/** `pps serve`: runs the action server until Ctrl-C. */
export function createServeCommand(context: CliContext): Command {
  return new Command("serve")
    .description("Serve every command over HTTP")
    .option("--host <address>", "Address to listen on", "127.0.0.1")
    .option("--port <port>", "Port to listen on; 0 takes any free one", readPort, 8443)
    .option("--state <directory>", "Where tokens, audit log and certificate are kept")
    .option("--http", "Plain HTTP instead of TLS; on a loopback address only")
    .option("--anonymous", "Take calls without a token, with every right; on a loopback address only")
    .option("--json", "Print one line of JSON when ready")
    .action((flags: Flags, command: Command) => run(flags, command, context));
}

async function run(flags: Flags, command: Command, context: CliContext): Promise<void> {
  const { startServer } = await import("../../server/serve.ts");
  const { defaultStateDirectory } = await import("../../server/state/state-directory.ts");
  const { options, profile } = await resolveConnection(flagsOf(command), context);
  const server: ActionServer = await startServer({
    profiles: [{ name: profile ?? "default", options }],
    stateDirectory: flags.state ?? defaultStateDirectory(context.env),
    host: flags.host,
    port: flags.port,
    plainHttp: flags.http,
    anonymous: flags.anonymous,
  });
  await writeOut(context.stdout, `${JSON.stringify({ ready: true, url: server.url })}\n`);
  if (!context.interrupted.aborted) await once(context.interrupted, "abort");
  await server.close();
}

function readPort(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535) throw new InvalidArgumentError("A port is a number from 0 to 65535.");
  return port;
}
