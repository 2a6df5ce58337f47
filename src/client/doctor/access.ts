import { findCommand } from "../../commands/index.ts";
import type { ManagedModule } from "../../core/command.ts";
import { isPpsError } from "../../core/errors.ts";
import { createClient } from "../pps.ts";
import type { Settings } from "../settings.ts";
import { createTransport, type Transport } from "../transport.ts";
import { type Finding, fail, ok, skipped, warn } from "./finding.ts";

/** For each module one harmless command that needs it. */
const probes: readonly { module: ManagedModule; command: string; input: Readonly<Record<string, unknown>> }[] = [
  { module: "Quarantine", command: "system.ping", input: {} },
  { module: "pss", command: "trace.search", input: { since: "5 minutes", limit: 1 } },
];

const apiRole =
  "The account must be an administrator whose role is of type API. On premises, set com.proofpoint.admin.apigui.enable=t in filter.cfg, " +
  "then create a role of type API in the management interface and give it to the account. " +
  "On Proofpoint on Demand, ask Proofpoint support for the role by a support ticket.";
const notSingleSignOn =
  "Accounts that sign in by single sign-on cannot be used: the API takes Basic authentication alone.";

/** Tries the credentials, the modules and the clock by real requests. */
export async function* checkAccess(settings: Settings, signal: AbortSignal | undefined): AsyncGenerator<Finding> {
  const dates: { sent: number; received: number }[] = [];
  const transport = observeDates(createTransport(settings), settings.now, dates);
  // One try each: a doctor tells what is, and does not wait for better.
  await using client = createClient({ ...settings, retries: 0 }, transport);
  let credentials: Finding | undefined;
  for (const { module, command: name, input } of probes) {
    const check = `module ${module}`;
    const command = findCommand(name);
    if (command === undefined) continue;
    if (credentials?.state === "fail") {
      yield skipped(check, "The credentials come first.");
      continue;
    }
    let error: unknown;
    try {
      await client.execute(command, input, { signal });
    } catch (thrown) {
      signal?.throwIfAborted();
      if (!isPpsError(thrown)) throw thrown;
      error = thrown;
    }
    if (credentials === undefined) {
      credentials = judgeCredentials(error, settings);
      yield credentials;
    }
    yield credentials.state === "fail"
      ? skipped(check, "The credentials come first.")
      : judgeModule(check, module, error);
  }
  yield judgeClock(dates[0]);
}

function judgeCredentials(error: unknown, settings: Settings): Finding {
  const { username } = settings.credentials;
  if (!isPpsError(error)) return ok("credentials", `PPS accepts the user name and password of ${username}.`);
  if (error.status === 401) {
    return fail(
      "credentials",
      `PPS refused the user name or password of ${username} (401).`,
      `Check both. ${apiRole} ${notSingleSignOn}`,
    );
  }
  // Only someone who was let in is told that a module is missing.
  if (error.status === 403) return ok("credentials", `PPS accepts the user name and password of ${username}.`);
  return fail("credentials", `They could not be tried. ${error.message}`, error.hint);
}

function judgeModule(check: string, module: ManagedModule, error: unknown): Finding {
  if (!isPpsError(error)) return ok(check, `The account's role may use it.`);
  if (error.status === 401 || error.status === 403) {
    return fail(check, error.message, `Tick ${module} under Managed Modules of the account's role. ${apiRole}`);
  }
  return fail(check, error.message, error.hint);
}

const tolerableSeconds = 60;

/** `24 hours` is counted back from the clock here, while PPS stamps messages by its own. */
function judgeClock(date: { sent: number; received: number } | undefined): Finding {
  if (date === undefined) return skipped("clock", "PPS sent no Date header.");
  const seconds = Math.round((date.sent - date.received) / 1000);
  const found = `PPS's clock is ${Math.abs(seconds)} seconds ${seconds < 0 ? "behind" : "ahead of"} this machine's.`;
  if (Math.abs(seconds) <= tolerableSeconds) return ok("clock", found);
  return warn("clock", found, "Set both clocks by NTP: otherwise searches such as the last hour miss messages.");
}

function observeDates(transport: Transport, now: () => number, dates: { sent: number; received: number }[]): Transport {
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
