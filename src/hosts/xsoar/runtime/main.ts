import { noteOf } from "../../../commands/answers.ts";
import { systemPing } from "../../../commands/system.ts";
import type { Command, RunContext } from "../../../core/command.ts";
import { isPpsError, PpsError } from "../../../core/errors.ts";
import { readInput } from "../../../core/read-input.ts";
import { run as runSteps } from "../../../core/run.ts";
import { type Entry, errorEntry } from "../entries/entry.ts";
import { findXsoarCommand } from "../integration/commands.ts";
import { argumentOf, type Call, type XsoarCommand } from "../integration/xsoar-command.ts";
import { toBase64 } from "./base64.ts";
import { type Cloud, createCloud } from "./cloud.ts";
import { describeError } from "./error-text.ts";
import { createExchange } from "./exchange.ts";
import { readHost, type XsoarHost } from "./host-globals.ts";
import { createRedaction, type Redaction } from "./redaction.ts";
import { createSession, type Session, withoutChanges } from "./session.ts";
import { readSettings, type Settings } from "./settings.ts";

/**
 * Runs the command XSOAR called and gives what is to be returned to it: entries, or for `test-module` `ok` or a sentence.
 * Nothing is thrown: an error is an entry too, without any secret.
 */
export function run(): Entry[] | string {
  const host = readHost();
  const redaction = createRedaction(host.params);
  const isTest = host.command === "test-module";
  let session: Session | undefined;
  let called: Call | undefined;
  const spec = findXsoarCommand(host.command);
  try {
    if (spec === undefined && !isTest) {
      throw new PpsError("bad_input", `This integration has no command ${host.command}.`);
    }
    const settings = readSettings(host.params);
    const { username, password } = settings.credentials;
    redaction.add(toBase64(`${username}:${password}`));
    const parts = open(host, settings, redaction);
    session = parts.session;
    if (spec === undefined) return testConnection(parts);
    const now = Date.now();
    called = spec.call(host.args, now);
    return execute({ spec, called, now, parts }).map((entry) =>
      // What PPS says is clean already; what was given, or made of it, may not be.
      entry.Type === 4 ? errorEntry(redaction.redact(entry.Contents)) : entry,
    );
  } catch (error) {
    if (isTest) return redaction.redact(isPpsError(error) ? noteOf(error) : describeError(error, undefined));
    const entries = isPpsError(error) && called !== undefined ? spec?.recover?.(error, called) : undefined;
    return entries ?? [errorEntry(redaction.redact(describeError(error, session?.lastAnswer())))];
  }
}

interface Opened {
  host: XsoarHost;
  settings: Settings;
  session: Session;
  cloud: Cloud;
}

function open(host: XsoarHost, settings: Settings, redaction: Redaction): Opened {
  const exchange = createExchange(host, redaction);
  let left = settings.timeoutSeconds;
  const spare = (seconds: number) => {
    if (seconds > left) return false;
    left -= seconds;
    host.wait(seconds);
    return true;
  };
  const cloud = createCloud(host, settings, exchange, redaction, spare);
  return { host, settings, cloud, session: createSession({ host, settings, exchange, cloud, redaction, spare }) };
}

interface Execution {
  spec: XsoarCommand;
  called: Call;
  now: number;
  parts: Opened;
}

function execute({ spec, called, now, parts: { host, settings, session } }: Execution): Entry[] {
  const { command, input, dryRun = false } = called;
  const { items } = session;
  const read = readInput(command, input, { now, nameOf: (field) => argumentOf(spec, field) });
  try {
    const summary = runSteps(
      command.run(read, contextOf(settings, now, dryRun)),
      dryRun ? withoutChanges(session) : session,
    );
    return spec.render({ items, summary, args: host.args, command });
  } catch (error) {
    if (command.effect === "read" || items.length === 0) throw error;
    // Something broke off when some of it was done: what was done must be told all the same.
    const told = spec.render({ items, summary: {}, args: host.args, command });
    return told.concat(errorEntry(describeError(error, session.lastAnswer())));
  }
}

function contextOf(settings: Settings, now: number, dryRun: boolean): RunContext {
  return {
    now,
    folders: settings.folders,
    dryRun,
    keepsRecords: true,
    hasMailParser: false,
    ownDomains: settings.ownDomains,
    threatProtection: settings.cloud.threatProtection,
  };
}

/** The quarantine by a search, and the key of the cloud API where one was entered. */
function testConnection({ session, settings, cloud }: Opened): string {
  const now = Date.now();
  const { key, threatProtection } = settings.cloud;
  const { missing, clusterId, clusterIdSetting } = threatProtection;
  const lacking = key !== undefined && clusterId === undefined ? [`the cluster id (${clusterIdSetting})`] : missing;
  if (lacking.length === 1) {
    throw new PpsError("bad_input", `Threat Protection is set up in part: ${lacking[0]} is missing.`, {
      hint: "Without Threat Protection leave its client id empty too.",
    });
  }
  runSteps((systemPing as unknown as Command).run({}, contextOf(settings, now, false)), session);
  if (key !== undefined) cloud.signIn();
  return "ok";
}
