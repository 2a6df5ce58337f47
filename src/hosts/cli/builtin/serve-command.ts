import { once } from "node:events";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { Command, InvalidArgumentError } from "commander";
import { PpsError } from "../../../core/errors.ts";
import { visibleText } from "../../../text/visible-text.ts";
import type { ActionServer } from "../../server/serve.ts";
import type { ServerOptions } from "../../server/server-options.ts";
import { type CliContext, writeOut } from "../context.ts";
import { addConnectionOptions, addJsonOption, type ConnectionFlags, flagsOf } from "../shared-options.ts";
import { chooseProfiles } from "./served-profiles.ts";
import { addStateOption, chooseState } from "./state-option.ts";

interface Flags extends Omit<ConnectionFlags, "profile"> {
  profile?: string | string[];
  host?: string;
  port?: number;
  state?: string;
  tlsCert?: string;
  tlsKey?: string;
  http?: boolean;
  anonymous?: boolean;
  allowOrigin?: string[];
  forbidUnverified?: boolean;
  concurrency?: number;
  rate?: number;
  maxBody?: number;
  json?: boolean;
}

const examples = `
Examples:
  $ pps tokens create soar --scope read,change
  $ pps serve
  $ pps serve --host 0.0.0.0 --tls-cert server.pem --tls-key server.key
  $ pps serve --anonymous --http --port 8080      on this machine alone, to try it`;

/** `pps serve`: runs the action server until Ctrl-C or a request to end. */
export function createServeCommand(context: CliContext): Command {
  const serve = new Command("serve")
    .description(
      "Serve every command over HTTP: POST /v1/quarantine/list and so on, with an OpenAPI document and /docs",
    )
    .option("--host <address>", "Address to listen on (default: 127.0.0.1)")
    .option("--port <port>", "Port to listen on; 0 takes any free one (default: 8443)", readNumber(0, 65_535))
    .option("--tls-cert <file>", "Certificate of your own (PEM), those that signed it behind it; with --tls-key")
    .option("--tls-key <file>", "Private key of --tls-cert (PEM)")
    .option("--http", "Plain HTTP; on a loopback address only")
    .option("--anonymous", "No tokens: every caller has every right; on a loopback address only")
    .option(
      "--allow-origin <url>",
      "PPS that may be served, such as https://pps.example.com:10000; repeatable",
      addText,
    )
    .option("--forbid-unverified", "Refuse instances of Google SecOps that do not check the certificate of PPS")
    .option("--concurrency <number>", "Calls under way at the same time (default: 16)", readNumber(1, 1000))
    .option("--rate <number>", "Calls of one token in a minute (default: 600)", readNumber(1, 1_000_000))
    .option("--max-body <bytes>", "Largest body of a request (default: 1048576)", readNumber(1024, 67_108_864))
    .addHelpText("after", examples);
  addStateOption(addConnectionOptions(addJsonOption(serve)));
  const profile = serve.options.find(({ long }) => long === "--profile");
  if (profile !== undefined) {
    profile.description =
      "Profile to serve, the first for callers who name none; repeatable (default: all, the file's default first)";
    profile.argParser(addText);
  }
  return serve.action(() => run(flagsOf(serve) as Flags, context));
}

async function run(flags: Flags, context: CliContext): Promise<void> {
  const { profile = [], ...connection } = flags;
  const { profiles, warnings } = await chooseProfiles(connection, [profile].flat(), context);
  for (const warning of warnings) await writeOut(context.stderr, `warning: ${visibleText(warning)}\n`);
  const { directory } = await chooseState(flags.state, context);
  // Loaded only here, so that no other command pays for it.
  const { startServer } = await import("../../server/serve.ts");
  const server = await startServer({ profiles, stateDirectory: directory, ...toOptions(flags, context) });
  const ready = flags.json ? readyLine(server, directory, profiles) : panel(server, directory, profiles, flags);
  await writeOut(context.stdout, ready);
  // A first Ctrl-C, even during the start, ends it in good order; a second one kills.
  if (!context.interrupted.aborted) await once(context.interrupted, "abort");
  if (!flags.json)
    await writeOut(context.stderr, "\nStopping: calls under way may finish. A second Ctrl-C ends at once.\n");
  await server.close();
}

function toOptions(flags: Flags, { cwd, stderr }: CliContext): Omit<ServerOptions, "profiles" | "stateDirectory"> {
  const { host, port, tlsCert, tlsKey, http, anonymous, allowOrigin, forbidUnverified, concurrency, rate, maxBody } =
    flags;
  if ((tlsCert === undefined) !== (tlsKey === undefined)) {
    throw new PpsError("bad_input", "--tls-cert and --tls-key belong together.");
  }
  if (http && tlsCert !== undefined) throw new PpsError("bad_input", "--http and --tls-cert contradict each other.");
  const limits = { concurrency, callsPerMinute: rate, bodyBytes: maxBody };
  return {
    host,
    port,
    plainHttp: http,
    anonymous,
    allowOrigins: allowOrigin,
    forbidsUnverified: forbidUnverified,
    log: stderr,
    limits: Object.fromEntries(Object.entries(limits).filter(([, value]) => value !== undefined)),
    ...(tlsCert === undefined || tlsKey === undefined
      ? {}
      : { certificate: { cert: readPem(resolve(cwd, tlsCert)), key: readPem(resolve(cwd, tlsKey)) } }),
  };
}

function readPem(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    throw new PpsError("bad_input", `The file ${path} cannot be read (${(error as NodeJS.ErrnoException).code}).`);
  }
}

function readyLine({ url, fingerprint, certificatePath }: ActionServer, state: string, profiles: Named): string {
  const names = profiles.map(({ name }) => name);
  return `${JSON.stringify({ ready: true, url, certificate: certificatePath, fingerprint, state, profiles: names })}\n`;
}

type Named = ServerOptions["profiles"];

function panel(server: ActionServer, state: string, profiles: Named, { anonymous }: Flags): string {
  const { url, fingerprint, certificatePath, isNewCertificate } = server;
  const served = profiles.map(({ name, options }) => `${visibleText(name)} (${visibleText(options.url)})`).join(", ");
  const made = isNewCertificate ? ", made just now: callers must be given it" : "";
  const lines = [
    ["PPS", served],
    ["State", state],
    ...(certificatePath === undefined ? [] : [["Trust", `${certificatePath}${made}`]]),
    ...(fingerprint === undefined ? [] : [["SHA-256", fingerprint]]),
    ["Tokens", anonymous ? "none asked for: every caller on this machine has every right" : "pps tokens create"],
    ["API", `${url}/docs`],
  ];
  const body = lines.map(([name = "", value]) => `    ${name.padEnd(8)} ${value}`).join("\n");
  return `\n  Action server is ready. Ctrl-C stops it.\n\n${body}\n\n`;
}

function readNumber(least: number, most: number): (text: string) => number {
  return (text) => {
    const number = Number(text);
    if (/^\d+$/.test(text) && number >= least && number <= most) return number;
    throw new InvalidArgumentError(`It takes a whole number from ${least} to ${most}.`);
  };
}

const addText = (text: string, before: string | string[] = []) => [...[before].flat(), text];
