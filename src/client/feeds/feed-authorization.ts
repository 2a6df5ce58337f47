import { PpsError } from "../../core/errors.ts";
import { unlessAborted } from "../http/unless-aborted.ts";
import { type Authorization, authorize, createRedactor } from "../options/credentials.ts";
import type { FeedCredentials } from "../options/feed-settings.ts";

/** Shows nothing. */
export const anonymous: Authorization = {
  header: undefined,
  redact: (text) => text,
  redactToken: (text) => text,
};

/** How a feed is asked for; the secret is fetched anew each time. Throws PpsError `bad_input` where there is none. */
export async function authorizeFeed(
  { username, secret }: FeedCredentials,
  signal: AbortSignal | undefined,
): Promise<Authorization> {
  const field = username === undefined ? "feedToken" : "feedPassword";
  const given = await unlessAborted(Promise.resolve(secret()), signal);
  if (typeof given !== "string" || given === "") throw new PpsError("bad_input", `${field} is empty.`, { field });
  if (username !== undefined) return authorize({ username, password: () => given });
  // What no header can carry would be told in an error of the connection, with the token in it.
  if (!/^[\x21-\x7e]+$/.test(given)) {
    throw new PpsError("bad_input", "feedToken holds a blank or a character that no header can carry.", { field });
  }
  const redact = createRedactor([given]);
  return { header: `Bearer ${given}`, redact, redactToken: redact };
}
