import { cloudAddresses, cloudRate } from "../../commands/threat-protection/cloud-api.ts";
import type { ThreatProtectionSetting } from "../../core/command.ts";
import { PpsError } from "../../core/errors.ts";
import { readAddressAs } from "./address.ts";
import { secretFromFile } from "./credentials.ts";
import type { PpsOptions } from "./options.ts";
import { readProxy } from "./proxy.ts";

/** The way to Proofpoint's cloud API, which keeps the organisation's lists (pps-api.md 7). */
export interface CloudSettings {
  api: CloudAddress;
  /** Where tokens are fetched, with its path. */
  token: CloudAddress;
  /** Undefined where the key is not whole: then `threatProtection.missing` says what it lacks. */
  key: CloudKey | undefined;
  /** Most calls in any 60 seconds. */
  callsPerMinute: number;
  threatProtection: ThreatProtectionSetting;
}

/** An address, and the proxy it is reached through, "system" already resolved. */
export interface CloudAddress {
  url: URL;
  proxy: URL | undefined;
}

/** A key of the admin portal; the secret is fetched anew for every token. */
export interface CloudKey {
  clientId: string;
  clientSecret: () => string | Promise<string>;
}

/** What options mean that nobody set (pps-api.md 7). */
export const cloudDefaults = {
  cloudUrl: cloudAddresses.api,
  cloudTokenUrl: cloudAddresses.token,
  cloudCallsPerMinute: cloudRate.calls,
};

/** Reads the options of the cloud API. Throws PpsError `bad_input` naming the option; what is not set is no error. */
export function readCloud(options: PpsOptions, environment: Readonly<Record<string, string | undefined>>) {
  const address = (option: "cloudUrl" | "cloudTokenUrl"): CloudAddress => {
    const form = { option, example: cloudDefaults[option], mayHavePath: option === "cloudTokenUrl" };
    const url = readAddressAs(form, options[option]?.trim() || cloudDefaults[option]);
    return { url, proxy: readProxy(options.proxy, url, environment) };
  };
  const clientId = options.cloudClientId?.trim() ?? "";
  const clusterId = options.cloudClusterId?.trim() ?? "";
  const clientSecret = readSecret(options);
  const missing: string[] = [];
  if (clientId === "") missing.push("the client id (cloudClientId, PPS_CLOUD_CLIENT_ID)");
  if (clientSecret === undefined) {
    missing.push(
      "the client secret (cloudClientSecret or cloudClientSecretFile, PPS_CLOUD_CLIENT_SECRET or PPS_CLOUD_CLIENT_SECRET_FILE)",
    );
  }
  return {
    api: address("cloudUrl"),
    token: address("cloudTokenUrl"),
    key: clientId === "" || clientSecret === undefined ? undefined : { clientId, clientSecret },
    callsPerMinute: readCallsPerMinute(options.cloudCallsPerMinute ?? cloudDefaults.cloudCallsPerMinute),
    threatProtection: {
      missing,
      clusterIdSetting: "cloudClusterId, PPS_CLOUD_CLUSTER_ID",
      ...(clusterId === "" ? {} : { clusterId }),
    },
  } satisfies CloudSettings;
}

function readSecret({
  cloudClientSecret: secret,
  cloudClientSecretFile: path,
}: PpsOptions): CloudKey["clientSecret"] | undefined {
  if (secret !== undefined && path !== undefined) {
    throw new PpsError("bad_input", "cloudClientSecret and cloudClientSecretFile are both given.", {
      field: "cloudClientSecret",
      hint: "Give one of them: unset PPS_CLOUD_CLIENT_SECRET or PPS_CLOUD_CLIENT_SECRET_FILE, or take one out of the profile.",
    });
  }
  if (path !== undefined) return secretFromFile({ path, what: "client secret file", field: "cloudClientSecretFile" });
  if (secret === undefined || secret === "") return undefined;
  return typeof secret === "function" ? secret : () => secret;
}

function readCallsPerMinute(value: number): number {
  if (Number.isInteger(value) && value >= 1 && value <= 600) return value;
  throw new PpsError("bad_input", `cloudCallsPerMinute takes a whole number from 1 to 600, not ${String(value)}.`, {
    field: "cloudCallsPerMinute",
  });
}
