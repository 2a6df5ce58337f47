import type { FolderSetting } from "../../core/command.ts";

/** How to reach one Proofpoint Protection Server (or one Proofpoint on Demand cluster) and how to behave towards it. */
export interface PpsOptions {
  /**
   * Address of the management interface, such as `https://pps.example.com:10000`. https only; http is taken for a
   * loopback address alone. @default port 10000, env PPS_URL
   */
  url: string;
  /** Administrator whose role is of type API (pps-api.md 1). env PPS_USERNAME */
  username: string;
  /** The password, or a function that is asked for it before every request, so that it can change. env PPS_PASSWORD */
  password?: string | (() => string | Promise<string>) | undefined;
  /** A file with the password on its first line, read before every request; instead of `password`. env PPS_PASSWORD_FILE */
  passwordFile?: string | undefined;
  /** Own certificate authority, trusted beside Node's default roots: PEM text, or the path of a PEM file. env PPS_CA */
  ca?: string | undefined;
  /** For sites that ask for a client certificate: each PEM text or the path of a PEM file. */
  clientCertificate?: ClientCertificate | undefined;
  /** Accepts any server certificate: anybody on the way can then read the password. @default false, env PPS_INSECURE */
  insecure?: boolean | undefined;
  /**
   * HTTP proxy, such as `http://proxy.example.com:3128`, or `system` to follow HTTPS_PROXY and NO_PROXY.
   * @default none, env PPS_PROXY
   */
  proxy?: string | undefined;
  /**
   * Longest time for one request from connecting to the last byte, in milliseconds. A change that timed out may still
   * have happened. @default 60000, env PPS_TIMEOUT_MS
   */
  timeoutMs?: number | undefined;
  /** Largest answer taken, in bytes; raw messages of 23 MB were seen. @default 67108864 (64 MiB) */
  maxReplyBytes?: number | undefined;
  /** Requests under way at the same time. @default 4 */
  concurrency?: number | undefined;
  /** Most requests begun in a second; fractions are fine. @default no limit */
  requestsPerSecond?: number | undefined;
  /** Further tries of a request that may be repeated; 0 for none. @default 3 */
  retries?: number | undefined;
  /**
   * The site's quarantine folders, which PPS cannot list. A name alone, or with its module type behind it as in
   * `Contracts:dlp`. @default the folders PPS brings along
   */
  folders?: readonly (string | FolderSetting)[] | undefined;
  /**
   * The site's own mail domains, which are never blocked without an explicit override: `example.com` for that domain,
   * `*.example.com` for all below it. @default none, env PPS_OWN_DOMAINS, separated by commas
   */
  ownDomains?: readonly string[] | undefined;
  /**
   * Client id of a key of Proofpoint's cloud API, which keeps the organisation's safe and block list of Proofpoint on
   * Demand (pps-api.md 7). env PPS_CLOUD_CLIENT_ID
   */
  cloudClientId?: string | undefined;
  /** The key's secret, or a function that is asked for it before every token is fetched. env PPS_CLOUD_CLIENT_SECRET */
  cloudClientSecret?: string | (() => string | Promise<string>) | undefined;
  /**
   * A file with the key's secret on its first line, read before every token is fetched; instead of `cloudClientSecret`.
   * env PPS_CLOUD_CLIENT_SECRET_FILE
   */
  cloudClientSecretFile?: string | undefined;
  /** The cluster whose lists are meant unless a command names another. env PPS_CLOUD_CLUSTER_ID */
  cloudClusterId?: string | undefined;
  /**
   * Address of the cloud API, https only as `url`. Its certificate is always verified, also with `insecure`.
   * @default https://threatprotection-api.proofpoint.com, env PPS_CLOUD_URL
   */
  cloudUrl?: string | undefined;
  /**
   * Where tokens for the cloud API are fetched, with its path; https only as `url`.
   * @default https://auth.proofpoint.com/v1/token, env PPS_CLOUD_TOKEN_URL
   */
  cloudTokenUrl?: string | undefined;
  /** Most calls of the cloud API in any 60 seconds; Proofpoint allows a key 10 over all its clusters. @default 10 */
  cloudCallsPerMinute?: number | undefined;
  /**
   * The hosts that feeds of bad senders may be fetched from, such as `feeds.example.com`; an empty list for none.
   * @default any, and none on the action server; env PPS_FEED_HOSTS, separated by commas
   */
  feedHosts?: readonly string[] | undefined;
  /**
   * User name for feeds that want one (Basic authentication, as most TAXII servers do). It goes to the host of the address
   * that is asked for alone, wherever that leads on to. env PPS_FEED_USERNAME
   */
  feedUsername?: string | undefined;
  /** The password beside it, or a function that is asked for it before every request. env PPS_FEED_PASSWORD */
  feedPassword?: string | (() => string | Promise<string>) | undefined;
  /** A file with that password on its first line, read before every request. env PPS_FEED_PASSWORD_FILE */
  feedPasswordFile?: string | undefined;
  /** Token for feeds that want one (Bearer), instead of user name and password; or a function. env PPS_FEED_TOKEN */
  feedToken?: string | (() => string | Promise<string>) | undefined;
  /** A file with that token on its first line, read before every request. env PPS_FEED_TOKEN_FILE */
  feedTokenFile?: string | undefined;
  /**
   * The time that `24 hours` counts back from, milliseconds since 1970; when given, waits for the rate of the cloud API
   * are reckoned by it too. @default Date.now
   */
  now?: (() => number) | undefined;
  /** Waits between tries and while a command pauses; rejects when the signal is aborted. @default a timer */
  sleep?: Sleep | undefined;
  /** Spreads the waits between tries, from 0 to 1. @default Math.random */
  random?: (() => number) | undefined;
  /** Told in one sentence what works but is not safe, such as `insecure`. @default nobody */
  onWarning?: ((sentence: string) => void) | undefined;
}

/** A certificate with its private key; each PEM text or the path of a PEM file. */
export interface ClientCertificate {
  cert: string;
  key: string;
  passphrase?: string | undefined;
}

/** Resolves after so many milliseconds; rejects when the signal is aborted. */
export type Sleep = (milliseconds: number, signal?: AbortSignal) => Promise<void>;
