import type { PpsOptions } from "./options.ts";

/** The options that are data, which the environment or a configuration file can set. */
export type SettableOption = Exclude<keyof PpsOptions, "now" | "sleep" | "random" | "onWarning">;

/** How the value of an option is written. */
export type OptionKind = "text" | "secret" | "path" | "pem" | "flag" | "number" | "certificate" | "folders" | "list";

/** What the environment, configuration files and `pps config show` must know of an option. */
export interface OptionDescription {
  kind: OptionKind;
  /** The environment variable that sets it, if there is one; of a list, its items separated by commas. */
  environment?: string;
  /** The option that says the same thing in another way: of the two, one is enough and both are too many. */
  insteadOf?: SettableOption;
}

/** Every settable option, in the order in which a person would fill them in. */
export const optionTable: Readonly<Record<SettableOption, OptionDescription>> = {
  url: { kind: "text", environment: "PPS_URL" },
  username: { kind: "text", environment: "PPS_USERNAME" },
  password: { kind: "secret", environment: "PPS_PASSWORD" },
  passwordFile: { kind: "path", environment: "PPS_PASSWORD_FILE", insteadOf: "password" },
  ca: { kind: "pem", environment: "PPS_CA" },
  clientCertificate: { kind: "certificate" },
  insecure: { kind: "flag", environment: "PPS_INSECURE" },
  proxy: { kind: "text", environment: "PPS_PROXY" },
  timeoutMs: { kind: "number", environment: "PPS_TIMEOUT_MS" },
  maxReplyBytes: { kind: "number" },
  concurrency: { kind: "number" },
  requestsPerSecond: { kind: "number" },
  retries: { kind: "number" },
  folders: { kind: "folders" },
  ownDomains: { kind: "list", environment: "PPS_OWN_DOMAINS" },
  cloudClientId: { kind: "text", environment: "PPS_CLOUD_CLIENT_ID" },
  cloudClientSecret: { kind: "secret", environment: "PPS_CLOUD_CLIENT_SECRET" },
  cloudClientSecretFile: {
    kind: "path",
    environment: "PPS_CLOUD_CLIENT_SECRET_FILE",
    insteadOf: "cloudClientSecret",
  },
  cloudClusterId: { kind: "text", environment: "PPS_CLOUD_CLUSTER_ID" },
  cloudUrl: { kind: "text", environment: "PPS_CLOUD_URL" },
  cloudTokenUrl: { kind: "text", environment: "PPS_CLOUD_TOKEN_URL" },
  cloudCallsPerMinute: { kind: "number" },
  feedHosts: { kind: "list", environment: "PPS_FEED_HOSTS" },
  feedUsername: { kind: "text", environment: "PPS_FEED_USERNAME" },
  feedPassword: { kind: "secret", environment: "PPS_FEED_PASSWORD" },
  feedPasswordFile: { kind: "path", environment: "PPS_FEED_PASSWORD_FILE", insteadOf: "feedPassword" },
  feedToken: { kind: "secret", environment: "PPS_FEED_TOKEN" },
  feedTokenFile: { kind: "path", environment: "PPS_FEED_TOKEN_FILE", insteadOf: "feedToken" },
};

/** The names of the settable options, in the order of the table. */
export const settableOptions = Object.keys(optionTable) as SettableOption[];

/** The two options that say one thing in two ways, as `password` and `passwordFile`. */
export const alternatives: readonly (readonly [SettableOption, SettableOption])[] = settableOptions.flatMap((name) => {
  const other = optionTable[name].insteadOf;
  return other === undefined ? [] : [[other, name] as const];
});

/** Options as a file or the environment gives them: some of them, none required. */
export type PartialOptions = { [Name in SettableOption]?: PpsOptions[Name] };
