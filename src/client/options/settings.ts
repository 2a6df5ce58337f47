import { setTimeout as delay } from "node:timers/promises";
import { readFolders } from "../../commands/folder-settings.ts";
import type { FolderSetting } from "../../core/command.ts";
import { PpsError } from "../../core/errors.ts";
import { readAddress } from "./address.ts";
import { type CloudSettings, cloudDefaults, readCloud } from "./cloud-settings.ts";
import { type Credentials, secretFromFile } from "./credentials.ts";
import { type FeedSettings, readFeedSettings } from "./feed-settings.ts";
import type { PpsOptions, Sleep } from "./options.ts";
import { readOwnDomains } from "./own-domains.ts";
import { readAuthority, readPem } from "./pem.ts";
import { readProxy } from "./proxy.ts";

/** Options as the client works with them: read, bounded, every default filled in. */
export interface Settings {
  url: URL;
  credentials: Credentials;
  tls: TlsSettings;
  /** The proxy this address is reached through, "system" already resolved. */
  proxy: URL | undefined;
  timeoutMs: number;
  /** How long the answer to a change is still waited for when its call is aborted, in milliseconds. */
  graceMs: number;
  maxReplyBytes: number;
  concurrency: number;
  requestsPerSecond: number | undefined;
  retries: number;
  folders: readonly FolderSetting[];
  /** Lower case and ASCII; `*.example.com` for all below it. */
  ownDomains: readonly string[];
  cloud: CloudSettings;
  feeds: FeedSettings;
  now: () => number;
  /** Milliseconds that waits are reckoned by; they never run backwards unless the caller's own `now` does. */
  monotonic: () => number;
  sleep: Sleep;
  random: () => number;
  onWarning: (sentence: string) => void;
}

/** PEM texts; files have been read. */
export interface TlsSettings {
  ca: string | undefined;
  cert: string | undefined;
  key: string | undefined;
  passphrase: string | undefined;
  insecure: boolean;
}

/** What options mean that nobody set. */
export const defaults = {
  timeoutMs: 60_000,
  graceMs: 2000,
  maxReplyBytes: 64 * 1024 * 1024,
  concurrency: 4,
  retries: 3,
  now: Date.now,
  sleep: (milliseconds: number, signal?: AbortSignal) =>
    delay(milliseconds, undefined, signal === undefined ? {} : { signal }),
  random: Math.random,
  ...cloudDefaults,
};

/** One function for all, by which clients know that they keep the same time. */
const machineTime = () => performance.now();

/** Reads options into settings, with the certificate files they name. Throws PpsError `bad_input` naming the option. */
export function readSettings(options: PpsOptions): Settings {
  const url = readAddress(options.url ?? "");
  return {
    url,
    credentials: readCredentials(options),
    tls: readTls(options),
    proxy: readProxy(options.proxy, url, process.env),
    timeoutMs: readNumber("timeoutMs", options.timeoutMs ?? defaults.timeoutMs, 1, 2 ** 31 - 1),
    graceMs: defaults.graceMs,
    maxReplyBytes: readNumber("maxReplyBytes", options.maxReplyBytes ?? defaults.maxReplyBytes, 1024, 2 ** 31),
    concurrency: readNumber("concurrency", options.concurrency ?? defaults.concurrency, 1, 64),
    requestsPerSecond: readRate(options.requestsPerSecond),
    retries: readNumber("retries", options.retries ?? defaults.retries, 0, 20),
    folders: readFolders(options.folders),
    ownDomains: readOwnDomains(options.ownDomains),
    cloud: readCloud(options, process.env),
    feeds: readFeedSettings(options, process.env),
    now: options.now ?? defaults.now,
    monotonic: options.now ?? machineTime,
    sleep: options.sleep ?? defaults.sleep,
    random: options.random ?? defaults.random,
    onWarning: options.onWarning ?? (() => {}),
  };
}

function readCredentials(options: PpsOptions): Credentials {
  const username = options.username?.trim() ?? "";
  if (username === "")
    throw refuse(
      "username",
      "is missing.",
      "Name the administrator whose role is of type API (option username, PPS_USERNAME, or a profile).",
    );
  // RFC 7617: what stands behind the first colon would be taken for the password.
  if (username.includes(":")) throw refuse("username", "holds a colon, which Basic authentication cannot carry.");
  const { password, passwordFile } = options;
  if (password !== undefined && passwordFile !== undefined) {
    throw refuse(
      "password",
      "and passwordFile are both given.",
      "Give one of them: unset PPS_PASSWORD or PPS_PASSWORD_FILE, or take one out of the profile.",
    );
  }
  if (passwordFile !== undefined)
    return { username, password: secretFromFile({ path: passwordFile, what: "password file", field: "passwordFile" }) };
  if (password === undefined || password === "")
    throw refuse(
      "password",
      "is missing.",
      "Give it by option password or passwordFile, PPS_PASSWORD or PPS_PASSWORD_FILE, or a profile.",
    );
  return { username, password: typeof password === "function" ? password : () => password };
}

function readTls(options: PpsOptions): TlsSettings {
  const client = options.clientCertificate;
  return {
    ca: options.ca === undefined ? undefined : readAuthority("ca", options.ca),
    cert: client === undefined ? undefined : readPem("clientCertificate.cert", client.cert),
    key: client === undefined ? undefined : readPem("clientCertificate.key", client.key),
    passphrase: client?.passphrase,
    insecure: options.insecure ?? false,
  };
}

function readNumber(name: string, value: number, least: number, most: number): number {
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  throw refuse(name, `takes a whole number from ${least} to ${most}, not ${String(value)}.`);
}

function readRate(value: number | undefined): number | undefined {
  if (value === undefined || (Number.isFinite(value) && value > 0)) return value;
  throw refuse("requestsPerSecond", `takes a number above 0, not ${String(value)}.`);
}

function refuse(field: string, complaint: string, hint?: string): PpsError {
  return new PpsError("bad_input", `${field} ${complaint}`, { field, hint });
}
