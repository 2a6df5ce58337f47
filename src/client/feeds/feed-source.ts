import { PpsError } from "../../core/errors.ts";
import type { Ask, Retrieve, Retrieved } from "../../core/steps.ts";
import { sendWithRetry } from "../http/retry.ts";
import type { Authorization } from "../options/credentials.ts";
import type { Settings } from "../options/settings.ts";
import { readFeedAddress, requireHost, shownAddress } from "./feed-address.ts";
import { anonymous, authorizeFeed } from "./feed-authorization.ts";
import { createFeedSender } from "./feed-sender.ts";

/** Gets documents that are nobody's API: lists of bad senders. */
export interface FeedSource {
  /** Throws PpsError, or the signal's reason. */
  retrieve(request: Retrieve, signal: AbortSignal): Promise<Retrieved>;
  close(): Promise<void>;
}

/** Feeds move seldom, and then once. */
const mostRedirects = 3;

const redirects = [301, 302, 303, 307, 308];

/** For the rules of repetition alone. */
const reading: Ask = { kind: "ask", method: "GET", path: "", effect: "read", expect: "text" };

/**
 * The way to feeds: by HTTPS, with nothing that is for PPS alone. Redirects are followed within HTTPS and the hosts that are
 * allowed, and the feed's credentials go to the origin of the first address alone.
 */
export function createFeedSource(settings: Settings): FeedSource {
  const { hosts, credentials } = settings.feeds;
  const sender = createFeedSender(settings);

  async function fetchOnce(url: URL, accept: string, authorization: Authorization, signal: AbortSignal) {
    const send = () => sender.send({ url, accept, authorization }, signal);
    return sendWithRetry(reading, send, settings, signal);
  }

  return {
    async retrieve({ url: written, accept }, signal) {
      const first = readFeedAddress(written, hosts);
      let url = first;
      for (let followed = 0; ; followed++) {
        const isFirst = url.origin === first.origin;
        const authorization =
          credentials !== undefined && isFirst ? await authorizeFeed(credentials, signal) : anonymous;
        const { status, headers, text } = await fetchOnce(url, accept, authorization, signal);
        if (!redirects.includes(status)) return { status, headers, text };
        if (followed === mostRedirects) {
          throw refuse(`The feed ${shownAddress(first)} leads on more than ${mostRedirects} times.`, status);
        }
        url = readRedirect(url, headers.location, status);
        requireHost(url, hosts);
      }
    },
    close: sender.close,
  };
}

function readRedirect(from: URL, location: string | undefined, status: number): URL {
  const to = URL.canParse(location ?? "", from.href) ? new URL(location ?? "", from.href) : undefined;
  const name = shownAddress(from);
  if (location === undefined || to === undefined)
    throw refuse(`The feed ${name} leads on to nowhere (${status}).`, status);
  if (from.protocol !== "https:" || to.protocol !== "https:" || to.username !== "" || to.password !== "") {
    throw refuse(`The feed ${name} leads on to an address that is not followed (${status}).`, status);
  }
  return to;
}

function refuse(message: string, status: number): PpsError {
  return new PpsError("unexpected", message, { status, hint: "Check the address of the feed: it may have moved." });
}
