import { PpsError } from "../../core/errors.ts";
import { isLoopback } from "../../core/loopback.ts";
import { withoutKeys } from "../../core/shown-address.ts";

/**
 * Reads the address of a feed, which may be fetched from the hosts named, or from any where none are. Throws PpsError
 * `bad_input` that never repeats what stands behind the path: it may be a key.
 */
export function readFeedAddress(written: string, hosts: readonly string[] | undefined): URL {
  const url = URL.canParse(written) ? new URL(written) : undefined;
  if (url === undefined || (url.protocol !== "https:" && url.protocol !== "http:")) {
    throw refuse(
      "The address of a feed begins with https://.",
      "Write it in full, such as https://feeds.example.com/list.csv.",
    );
  }
  if (url.username !== "" || url.password !== "") {
    throw refuse(
      "The address of a feed holds a user name or password.",
      "Give them by the options feedUsername and feedPassword; an address ends up in logs.",
    );
  }
  if (url.protocol === "http:" && !isLoopback(url.hostname)) {
    throw refuse("The address of a feed begins with http://, which anybody on the way could change.", "Use https://.");
  }
  requireHost(url, hosts);
  return url;
}

/** Throws PpsError `bad_input` where feeds may not be fetched from the address's host. */
export function requireHost({ hostname }: URL, hosts: readonly string[] | undefined): void {
  if (hosts === undefined || hosts.includes(hostname)) return;
  const named =
    hosts.length === 0 ? "no host is named in the option feedHosts" : "the option feedHosts does not name it";
  throw refuse(
    `No feed may be fetched from ${hostname}: ${named}.`,
    "Name the hosts of your feeds there (feedHosts, PPS_FEED_HOSTS), or hand the feed over as a file.",
  );
}

/** An address as it may be shown: without what may hold a key. */
export function shownAddress(url: URL): string {
  return withoutKeys(url.href).slice(0, 300);
}

function refuse(message: string, hint: string): PpsError {
  return new PpsError("bad_input", message, { field: "url", hint });
}
