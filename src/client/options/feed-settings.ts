import { PpsError } from "../../core/errors.ts";
import { quoteValue } from "../../core/quoted-value.ts";
import { secretFromFile } from "./credentials.ts";
import type { PpsOptions } from "./options.ts";
import { readProxy } from "./proxy.ts";

/** How documents are fetched that are nobody's API: feeds of bad senders. */
export interface FeedSettings {
  /** The hosts they may be fetched from, in lower case; undefined for any, empty for none. */
  hosts: readonly string[] | undefined;
  /** What they are asked for with, anew for each; undefined where nobody set any. */
  credentials: FeedCredentials | undefined;
  /** The proxy an address is reached through, "system" already resolved. Throws PpsError `bad_input`. */
  proxyFor(url: URL): URL | undefined;
}

/** A user name with a password, or a token by itself. */
export interface FeedCredentials {
  /** Undefined: the secret is a token. */
  username: string | undefined;
  secret: () => string | Promise<string>;
}

/** Reads the options of feeds. Throws PpsError `bad_input` naming the option; what is not set is no error. */
export function readFeedSettings(
  options: PpsOptions,
  environment: Readonly<Record<string, string | undefined>>,
): FeedSettings {
  return {
    hosts: options.feedHosts?.map(readHost),
    credentials: readCredentials(options),
    proxyFor: (url) => readProxy(options.proxy, url, environment),
  };
}

function readHost(text: string): string {
  const given = text.trim();
  const address = given.includes(":") && !given.startsWith("[") ? `https://[${given}]` : `https://${given}`;
  const url = URL.canParse(address) ? new URL(address) : undefined;
  // A path, a port or a user name would be taken for a bound that it is not.
  if (given !== "" && url !== undefined && url.href === `https://${url.hostname}/`) return url.hostname;
  throw refuse("feedHosts", `holds ${quoteValue(text)}, which is no host.`, "Write each as feeds.example.com.");
}

function readCredentials(options: PpsOptions): FeedCredentials | undefined {
  const username = options.feedUsername?.trim() ?? "";
  const password = readSecret(options, "feedPassword", "feedPasswordFile", "feed password file");
  const token = readSecret(options, "feedToken", "feedTokenFile", "feed token file");
  if (token !== undefined) {
    if (username === "" && password === undefined) return { username: undefined, secret: token };
    throw refuse("feedToken", "stands beside a user name or password for feeds.", "Give the one or the other.");
  }
  if (username === "" && password === undefined) return undefined;
  if (username === "") throw refuse("feedUsername", "is missing: there is a password for feeds.");
  if (password === undefined) {
    throw refuse("feedPassword", "is missing: there is a user name for feeds.", "Give it, or feedPasswordFile.");
  }
  // RFC 7617: what stands behind the first colon would be taken for the password.
  if (username.includes(":")) throw refuse("feedUsername", "holds a colon, which Basic authentication cannot carry.");
  return { username, secret: password };
}

function readSecret(
  options: PpsOptions,
  name: "feedPassword" | "feedToken",
  fileName: "feedPasswordFile" | "feedTokenFile",
  what: string,
): FeedCredentials["secret"] | undefined {
  const { [name]: secret, [fileName]: path } = options;
  if (secret !== undefined && path !== undefined) {
    throw refuse(name, `and ${fileName} are both given.`, "Give one of them.");
  }
  if (path !== undefined) return secretFromFile({ path, what, field: fileName });
  if (secret === undefined || secret === "") return undefined;
  return typeof secret === "function" ? secret : () => secret;
}

function refuse(field: string, complaint: string, hint?: string): PpsError {
  return new PpsError("bad_input", `${field} ${complaint}`, { field, hint });
}
