import { findCommand } from "../../commands/index.ts";
import type { ManagedModule } from "../../core/command.ts";
import type { PpsError } from "../../core/errors.ts";
import { createTransport, type Transport } from "../http/transport.ts";
import type { Settings } from "../options/settings.ts";
import { createClient, type Pps } from "../pps.ts";
import { errorOf } from "./error-of.ts";
import { type Finding, fail, ok, skipped, warn } from "./finding.ts";

/** For each module one harmless command that needs it. */
const probes: readonly { module: ManagedModule; command: string; input: Readonly<Record<string, unknown>> }[] = [
  { module: "Quarantine", command: "system.ping", input: {} },
  { module: "pss", command: "trace.search", input: { since: "5 minutes", limit: 1 } },
  { module: "enduser", command: "users.get", input: { email: "pps-doctor@nobody.example" } },
];

const apiRole =
  "The account must be an administrator whose role is of type API. On premises, set com.proofpoint.admin.apigui.enable=t in filter.cfg, " +
  "then create a role of type API in the management interface and give it to the account. " +
  "On Proofpoint on Demand, ask Proofpoint support for the role by a support ticket.";
const notSingleSignOn =
  "Accounts that sign in by single sign-on cannot be used: the API takes Basic authentication alone.";

/** Tries the credentials, the modules and the clock by real requests. */
export async function* checkAccess(settings: Settings, signal: AbortSignal | undefined): AsyncGenerator<Finding> {
  const dates: ServerDate[] = [];
  const transport = observeDates(createTransport(settings), settings.now, dates);
  // One try each: a doctor tells what is, and does not wait for better.
  const client = createClient({ ...settings, retries: 0 }, transport);
  try {
    yield* checkModules(client, settings, signal);
    yield judgeClock(dates[0]);
  } finally {
    await client.close();
  }
}

async function* checkModules(
  client: Pps,
  settings: Settings,
  signal: AbortSignal | undefined,
): AsyncGenerator<Finding> {
  let credentials: Finding | undefined;
  for (const { module, command: name, input } of probes) {
    const check = `module ${module}`;
    const command = findCommand(name);
    if (command === undefined) continue;
    if (credentials?.state === "fail") {
      yield skipped(check, "The credentials come first.");
      continue;
    }
    const error = await errorOf(client.execute(command, input, { signal }), signal);
    if (credentials === undefined) {
      credentials = judgeCredentials(error, settings);
      yield credentials;
    }
    yield credentials.state === "fail"
      ? skipped(check, "The credentials come first.")
      : judgeModule(check, module, error);
  }
}

function judgeCredentials(error: PpsError | undefined, settings: Settings): Finding {
  const { username } = settings.credentials;
  if (error === undefined) return ok("credentials", `PPS accepts the user name and password of ${username}.`);
  if (error.status === 401) {
    return fail("credentials", {
      code: error.code,
      message: `PPS refused the user name or password of ${username} (401).`,
      hint: `Check both. ${apiRole} ${notSingleSignOn}`,
    });
  }
  // Only someone who was let in is told that a module is missing.
  if (error.status === 403) return ok("credentials", `PPS accepts the user name and password of ${username}.`);
  return fail("credentials", {
    code: error.code,
    message: `They could not be tried. ${error.message}`,
    hint: error.hint,
  });
}

function judgeModule(check: string, module: ManagedModule, error: PpsError | undefined): Finding {
  // That there is no such user is only told to someone who was let in.
  const isAnswered = error === undefined || (module === "enduser" && error.code === "not_found");
  if (isAnswered) return ok(check, "The account's role may use it.");
  if (error.status === 401 || error.status === 403) {
    const hint = `Tick ${module} under Managed Modules of the account's role. ${apiRole}`;
    if (module !== "enduser") return fail(check, { code: error.code, message: error.message, hint });
    return warn(check, `${error.message} Only the commands for end users and their own lists need it.`, hint);
  }
  return fail(check, error);
}

/** PPS's clock and ours at one moment, milliseconds since 1970. */
interface ServerDate {
  sent: number;
  received: number;
}

const tolerableSeconds = 60;

/** `24 hours` is counted back from the clock here, while PPS stamps messages by its own. */
function judgeClock(date: ServerDate | undefined): Finding {
  if (date === undefined) return skipped("clock", "PPS sent no Date header.");
  const seconds = Math.round((date.sent - date.received) / 1000);
  // The header counts whole seconds.
  if (Math.abs(seconds) <= 1) return ok("clock", "PPS's clock and this machine's agree.");
  const found = `PPS's clock is ${Math.abs(seconds)} seconds ${seconds < 0 ? "behind" : "ahead of"} this machine's.`;
  if (Math.abs(seconds) <= tolerableSeconds) return ok("clock", found);
  return warn("clock", found, "Set both clocks by NTP: otherwise searches such as the last hour miss messages.");
}

function observeDates(transport: Transport, now: () => number, dates: ServerDate[]): Transport {
  return {
    ...transport,
    async send(request, signal) {
      const answer = await transport.send(request, signal);
      const sent = Date.parse(answer.reply?.headers.date ?? "");
      if (!Number.isNaN(sent)) dates.push({ sent, received: now() });
      return answer;
    },
  };
}
