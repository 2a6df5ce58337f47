import { once } from "node:events";
import { readFileSync } from "node:fs";
import { Command, InvalidArgumentError, Option } from "commander";
import { managedModules } from "../../../simulator/accounts.ts";
import type { Account, CertificateKind, ProfileName, Simulator, SimulatorOptions } from "../../../simulator/index.ts";
import { visibleLines } from "../../../text/visible-text.ts";
import { type CliContext, writeOut } from "../context.ts";
import { shellWord } from "../output/shell-word.ts";
import { createMailboxCommand } from "./simulator-mailbox-command.ts";
import { createQuirksCommand } from "./simulator-quirks-command.ts";

interface Flags {
  profile: ProfileName;
  apiPort: number;
  smtpPort: number;
  controlPort: number;
  cloudPort?: number;
  data?: string;
  relay?: string;
  load?: string[];
  quirk?: Record<string, string>;
  folder?: string[];
  domain?: string[];
  rules?: string;
  username?: string;
  password?: string;
  account?: Account[];
  clientId?: string;
  clientSecret?: string;
  cert?: string;
  key?: string;
  tls: CertificateKind;
  clientCertificate?: boolean;
  seed?: string;
  json?: boolean;
}

const examples = `
Examples:
  $ pps simulator --load samples/mail
  $ pps simulator --profile pod --quirk search-cap=100 --data lab.db
  $ pps simulator mailbox ana.lind@example.com --control http://127.0.0.1:PORT
  $ pps simulator quirks`;

/** `pps simulator`: runs the gateway until Ctrl-C; `pps simulator mailbox`: reads what left it. */
export function createSimulatorCommand(context: CliContext): Command {
  return new Command("simulator")
    .description(
      "Run a small real mail gateway to try everything on: SMTP in, filters, quarantine, the PPS API, SMTP out",
    )
    .addOption(
      new Option(
        "--profile <kind>",
        "Kind of product to behave like: an appliance on premises, or Proofpoint on Demand",
      )
        .choices(["onprem", "pod"])
        .default("onprem"),
    )
    .option("--api-port <port>", "HTTPS port of the API; 0 takes any free one", readPort, 0)
    .option("--smtp-port <port>", "SMTP port; 0 takes any free one", readPort, 0)
    .option("--control-port <port>", "HTTP port for seeding, faults and measuring; 0 takes any free one", readPort, 0)
    .option("--cloud-port <port>", "HTTPS port of the cloud API of profile pod (default: any free one)", readPort)
    .option("--data <file>", "Database file that survives a restart; mailboxes and CA stand beside it")
    .option("--relay <host:port>", "Mail server that takes leaving mail, instead of the built-in mailboxes")
    .option("--load <directory>", "Send the .eml files of a directory at the start; repeatable", addText)
    .option("--quirk <name=value>", "One habit of the server at another value; repeatable", addQuirk)
    .option("--folder <name[:dlp]>", "A folder beside the default ones; repeatable", addText)
    .option("--domain <domain>", "A domain to take mail for, instead of the default ones; repeatable", addText)
    .option("--rules <file>", "Rule file (YAML); the sections it names replace the default ones")
    .option("--username <name>", "Account name (default: api-admin)")
    .option("--password <text>", "Password of the account (default: a new random one)")
    .option(
      "--account <name:password:modules>",
      "One more account, such as reader:secret:Quarantine,pss; repeatable",
      addAccount,
    )
    .option("--client-id <text>", "Key of the cloud API (default: lab-client)")
    .option("--client-secret <text>", "Secret of that key (default: a new random one)")
    .option("--cert <file>", "Certificate of your own (PEM), with --key")
    .option("--key <file>", "Private key of --cert (PEM)")
    .addOption(
      new Option("--tls <kind>", "What the made certificate is like")
        .choices(["good", "expired", "wrong-name"])
        .default("good"),
    )
    .option("--client-certificate", "Ask API clients for a certificate; one is made beside the CA")
    .option("--seed <text>", "Text that ids and wording follow from, so that a run can be repeated")
    .option("--json", "Print one line of JSON when ready")
    .addHelpText("after", examples)
    .addCommand(createMailboxCommand(context))
    .addCommand(createQuirksCommand(context))
    .action((flags: Flags, command: Command) => run(flags, command, context));
}

async function run(flags: Flags, command: Command, context: CliContext): Promise<void> {
  // Loaded only here, so that no other command pays for it.
  const { startSimulator } = await import("../../../simulator/index.ts");
  const report = (text: string) => void writeOut(context.stderr, `${visibleLines(text)}\n`);
  let simulator: Simulator;
  try {
    simulator = await startSimulator({ ...toOptions(flags), report });
  } catch (error) {
    command.error(`error: ${(error as Error).message}`, { exitCode: 2 });
  }
  for (const { name, reason } of simulator.loaded?.refused ?? []) report(`${name} not taken: ${reason}`);
  await writeOut(context.stdout, flags.json ? readyLine(simulator) : panel(simulator, flags));
  // A first Ctrl-C, even during the start, ends it in good order, so that nothing is left behind; a second one kills.
  if (!context.interrupted.aborted) await once(context.interrupted, "abort");
  if (!flags.json) await writeOut(context.stderr, "\nStopping.\n");
  await simulator.stop();
}

function toOptions(flags: Flags): SimulatorOptions {
  const { quirk, folder, domain, rules, account, cert, key, clientCertificate, json, ...same } = flags;
  if ((cert === undefined) !== (key === undefined)) throw new Error("--cert and --key belong together.");
  return {
    ...same,
    ...(quirk ? { quirks: quirk } : {}),
    asksClientCertificate: clientCertificate ?? false,
    ...(folder ? { folders: folder } : {}),
    ...(domain ? { domains: domain } : {}),
    ...(account ? { accounts: account } : {}),
    ...(rules === undefined ? {} : { rules: readFileSync(rules, "utf8") }),
    ...(cert === undefined || key === undefined
      ? {}
      : { certificate: { cert: readFileSync(cert, "utf8"), key: readFileSync(key, "utf8") } }),
  };
}

function readyLine(simulator: Simulator): string {
  const { api, smtp, control, username, password, caPath } = simulator;
  const { cloud, clientId, clientSecret, clusterId, ownDomains } = simulator;
  const ready = { ready: true, api, smtp, control, username, password, ca: caPath };
  return `${JSON.stringify(cloud ? { ...ready, cloud, clientId, clientSecret, clusterId, ownDomains } : ready)}\n`;
}

function panel(simulator: Simulator, { profile, data, relay }: Flags): string {
  const { api, cloud, smtp, control, username, password, caPath, ownDomains, loaded } = simulator;
  // In a checkout the program is reached by npx alone, which says so in this variable.
  const program = process.env.npm_command === "exec" ? "npx pps" : "pps";
  return `
  PPS simulator (${profile}) is ready. Ctrl-C stops it.

    API      ${api}/rest/v1${cloud ? `\n    Cloud    ${cloud}` : ""}
    SMTP     ${smtp}
    Control  ${control}
    Store    ${data ?? "memory"}
    Mail to  ${relay ?? "built-in mailboxes"}${loaded ? `\n    Loaded   ${loaded.accepted} messages` : ""}

  In another shell:

    export PPS_URL=${api}
    export PPS_USERNAME=${shellWord(username)}
    export PPS_PASSWORD=${shellWord(password)}
    export PPS_CA=${shellWord(caPath)}
    export PPS_OWN_DOMAINS=${shellWord(ownDomains.join(","))}
${cloudExports(simulator)}
    ${program} quarantine list --sender '*' --all-folders
    ${program} simulator mailbox --control ${control}

`;
}

function cloudExports({ cloud, clientId, clientSecret, clusterId }: Simulator): string {
  if (cloud === undefined) return "";
  return `\
    export PPS_CLOUD_URL=${cloud}
    export PPS_CLOUD_TOKEN_URL=${cloud}/v1/token
    export PPS_CLOUD_CLIENT_ID=${shellWord(clientId)}
    export PPS_CLOUD_CLIENT_SECRET=${shellWord(clientSecret)}
    export PPS_CLOUD_CLUSTER_ID=${shellWord(clusterId)}
`;
}

function readPort(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535) throw new InvalidArgumentError("A port is a number from 0 to 65535.");
  return port;
}

function addQuirk(text: string, before: Record<string, string> = {}): Record<string, string> {
  const [name, ...value] = text.split("=");
  if (!name || value.length === 0) throw new InvalidArgumentError("Write it as NAME=VALUE.");
  return { ...before, [name]: value.join("=") };
}

function addAccount(text: string, before: Account[] = []): Account[] {
  const [, username, password, list] = /^([^:]+):(.+):([^:]*)$/.exec(text) ?? [];
  if (username === undefined || password === undefined || list === undefined) {
    throw new InvalidArgumentError("Write it as NAME:PASSWORD:MODULE,MODULE.");
  }
  return [...before, { username, password, modules: list.split(",").filter(Boolean).map(readModule) }];
}

function readModule(text: string): Account["modules"][number] {
  const module = managedModules.find((name) => name.toLowerCase() === text.toLowerCase());
  if (module === undefined) throw new InvalidArgumentError(`The modules are ${managedModules.join(", ")}.`);
  return module;
}

const addText = (text: string, before: string[] = []) => [...before, text];
