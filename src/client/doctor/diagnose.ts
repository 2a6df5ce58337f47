import { isPpsError } from "../../core/errors.ts";
import { createTlsConnect } from "../http/dispatcher.ts";
import { settableOptions } from "../options/option-table.ts";
import type { PpsOptions } from "../options/options.ts";
import { readSettings, type Settings } from "../options/settings.ts";
import { checkAccess } from "./access.ts";
import { judgeCertificate } from "./certificate.ts";
import { checkCloud, cloudNotSet } from "./cloud.ts";
import { type Finding, fail, ok, skipped, warn } from "./finding.ts";
import { checkAddress, checkPort, shakeHands } from "./network.ts";

/** What a diagnosis may be given beside the options it checks. */
export interface DiagnoseOptions {
  signal?: AbortSignal | undefined;
  /** What was noticed while the options were put together (`ResolvedOptions.warnings`). */
  warnings?: readonly string[] | undefined;
}

/**
 * Checks everything between here and a working command, one finding at a time: configuration, address, port,
 * certificate, credentials, managed modules, clock, and the cloud API where an option of it is set. Sends harmless reads
 * alone. Rejects only when aborted.
 */
export async function* diagnose(options: PpsOptions, given: DiagnoseOptions = {}): AsyncGenerator<Finding> {
  let settings: Settings;
  try {
    settings = readSettings(options);
    createTlsConnect(settings.tls);
  } catch (error) {
    if (!isPpsError(error)) throw error;
    yield fail("configuration", error);
    return yield* skipRest(
      ["address", "port", "certificate", "credentials", "Threat Protection"],
      "The configuration comes first.",
    );
  }
  const { warnings = [] } = given;
  for (const warning of warnings) yield warn("configuration", warning, "See docs/configuration.md.");
  if (warnings.length === 0) {
    const through = settings.proxy === undefined ? "" : ` through the proxy ${settings.proxy.host}`;
    yield ok("configuration", `${settings.url.origin} as ${settings.credentials.username}${through}.`);
  }
  if (yield* checkNetwork(settings, given.signal)) yield* checkAccess(settings, given.signal);
  else yield* skipRest(["credentials"], "The connection comes first.");
  if (settableOptions.some((name) => name.startsWith("cloud") && options[name] !== undefined)) {
    yield* checkCloud(settings, given.signal);
  } else yield cloudNotSet;
}

/** Returns whether requests can get through. */
async function* checkNetwork(settings: Settings, aborted: AbortSignal | undefined): AsyncGenerator<Finding, boolean> {
  const address = await checkAddress(settings);
  yield address;
  if (address.state === "fail") {
    yield* skipRest(["port", "certificate"], "The address comes first.");
    return false;
  }
  const timeout = AbortSignal.timeout(settings.timeoutMs);
  const signal = aborted === undefined ? timeout : AbortSignal.any([timeout, aborted]);
  const { finding, socket } = await checkPort(settings, signal);
  aborted?.throwIfAborted();
  yield finding;
  if (socket === undefined) {
    yield* skipRest(["certificate"], "The port comes first.");
    return false;
  }
  try {
    if (settings.url.protocol === "http:") {
      yield skipped("certificate", "The address is http:// on this machine itself.");
      return true;
    }
    const secure = await shakeHands(settings, socket, signal);
    aborted?.throwIfAborted();
    const certificate = "state" in secure ? secure : judgeCertificate(secure, settings);
    yield certificate;
    return certificate.state !== "fail";
  } finally {
    socket.destroy();
  }
}

function* skipRest(checks: readonly string[], why: string): Generator<Finding> {
  for (const check of checks) yield skipped(check, why);
}
