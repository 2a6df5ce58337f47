import { readFolders } from "../../../commands/folder-settings.ts";
import { cloudAddresses } from "../../../commands/threat-protection/cloud-api.ts";
import type { FolderSetting, ThreatProtectionSetting } from "../../../core/command.ts";
import { PpsError } from "../../../core/errors.ts";
import { readAddress } from "./address.ts";
import { readOwnDomains } from "./names/own-domains.ts";

/** The instance's parameters, read and bounded. */
export interface Settings {
  /** Of PPS, without the API's path. */
  url: string;
  credentials: Credentials;
  /** Any certificate of PPS is taken. */
  insecure: boolean;
  useProxy: boolean;
  timeoutSeconds: number;
  folders: readonly FolderSetting[];
  ownDomains: readonly string[];
  cloud: CloudSettings;
}

export interface Credentials {
  username: string;
  password: string;
}

/** The way to Proofpoint's cloud API, which keeps the organisation's lists (pps-api.md 7). */
export interface CloudSettings {
  url: string;
  tokenUrl: string;
  /** Undefined where none was given. */
  key: { clientId: string; clientSecret: string } | undefined;
  threatProtection: ThreatProtectionSetting;
}

type Params = Readonly<Record<string, unknown>>;

const usualTimeout = 60;
const longestTimeout = 3600;

/** Reads the parameters. Throws PpsError `bad_input` with one sentence that names the parameter as the settings page does. */
export function readSettings(params: Params): Settings {
  const url = readAddress(readText(params.url), {
    name: "Server URL",
    example: "https://pps.example.com:10000",
    defaultPort: 10_000,
  });
  return {
    // People copy the address from the documentation of the API.
    url: url.replace(/\/rest(\/v1)?$/, ""),
    credentials: readPpsCredentials(params.credentials),
    insecure: readFlag(params.unsecure, "Trust any certificate (not secure)"),
    useProxy: readFlag(params.proxy, "Use system proxy settings"),
    timeoutSeconds: readTimeout(params.timeout),
    folders: readFolders(readNames(params.folders)),
    ownDomains: readOwnDomains(readNames(params.own_domains) ?? []),
    cloud: readCloud(params),
  };
}

/**
 * User name and password of a parameter of type 9. With a vault they stand one level deeper, where the server's own
 * script does not always find them (xsoar-platform.md 3). Empty texts where none were given.
 */
export function readCredentials(param: unknown): Credentials {
  const given = readObject(param);
  const vault = readObject(given.credentials);
  const isFromVault = readText(vault.vaultInstanceId) !== "";
  const username = readText(given.identifier);
  const password = typeof given.password === "string" ? given.password : "";
  return {
    username: ((isFromVault && readText(vault.user)) || username).trim(),
    password: password === "" && typeof vault.password === "string" ? vault.password : password,
  };
}

function readPpsCredentials(param: unknown): Credentials {
  const credentials = readCredentials(param);
  const refuse = (complaint: string, hint: string) => new PpsError("bad_input", `The parameter ${complaint}`, { hint });
  if (credentials.username === "") {
    throw refuse("Username is missing.", "Name the administrator whose role is of type API.");
  }
  // RFC 7617: what stands behind the first colon would be taken for the password.
  if (credentials.username.indexOf(":") >= 0) {
    throw refuse("Username holds a colon.", "Basic authentication cannot carry it; use another administrator.");
  }
  if (credentials.password === "")
    throw refuse("Password is missing.", "Enter it, or choose credentials that hold one.");
  return credentials;
}

function readCloud(params: Params): CloudSettings {
  const { username: clientId, password: clientSecret } = readCredentials(params.cloud_credentials);
  const clusterId = readText(params.cloud_cluster_id);
  const missing: string[] = [];
  if (clientId === "") missing.push("the client id (parameter Threat Protection Client ID)");
  if (clientSecret === "") missing.push("the client secret (parameter Threat Protection Client Secret)");
  return {
    url: readAddress(readText(params.cloud_url) || cloudAddresses.api, {
      name: "Threat Protection API URL",
      example: cloudAddresses.api,
    }),
    tokenUrl: readAddress(readText(params.cloud_token_url) || cloudAddresses.token, {
      name: "Threat Protection Token URL",
      example: cloudAddresses.token,
    }),
    key: missing.length === 0 ? { clientId, clientSecret } : undefined,
    threatProtection: {
      missing,
      clusterIdSetting: "parameter Threat Protection Cluster ID",
      ...(clusterId === "" ? {} : { clusterId }),
    },
  };
}

function readTimeout(param: unknown): number {
  const text = readText(param);
  if (text === "") return usualTimeout;
  const seconds = Number(text);
  if (/^\d+$/.test(text) && seconds >= 1 && seconds <= longestTimeout) return seconds;
  throw new PpsError("bad_input", `The parameter Request Timeout takes whole seconds from 1 to ${longestTimeout}.`);
}

/** The server gives booleans, other ways of configuring an instance give texts. */
function readFlag(param: unknown, name: string): boolean {
  const text = readText(param).toLowerCase();
  if (["true", "yes", "1"].indexOf(text) >= 0) return true;
  if (["", "false", "no", "0"].indexOf(text) >= 0) return false;
  throw new PpsError("bad_input", `The parameter ${name} takes true or false.`);
}

/** Names as people list them: one a line, or a JSON array for what holds commas, else divided by commas. */
function readNames(param: unknown): string[] | undefined {
  const text = Array.isArray(param) ? JSON.stringify(param) : readText(param);
  if (text === "") return undefined;
  let names: unknown = text.split(/\r?\n/.test(text) ? /\r?\n/ : ",");
  try {
    names = JSON.parse(text);
  } catch {
    // No array: as it was split.
  }
  return (Array.isArray(names) ? names.map(readText) : [text]).filter((name) => name !== "");
}

function readObject(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}

function readText(value: unknown): string {
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean"
    ? String(value).trim()
    : "";
}
