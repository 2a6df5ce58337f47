import { PpsError } from "../../../../core/errors.ts";
import { readRetryAfter } from "../../../../core/retry-after.ts";
import { withoutKeys } from "../../../../core/shown-address.ts";
import { type Retrieved, retrieve, type Steps } from "../../../../core/steps.ts";

/** Gets one document that a feed consists of. Throws PpsError for whatever is not one, whole and with something in it. */
export function* fetchPart(url: string, accept: string): Steps<Retrieved> {
  const part = yield* retrieve(url, accept);
  requirePart(part, nameOf(url));
  return part;
}

/** An address without what may hold a key. */
export function nameOf(url: string): string {
  return withoutKeys(url).slice(0, 300);
}

function requirePart({ status, headers, text }: Retrieved, name: string): void {
  if (status === 200) {
    if (text.trim() === "")
      throw new PpsError("unexpected", `The feed ${name} is empty: it holds no text at all.`, { status });
    if (/^\s*<(?:!|html|head|body)/i.test(text)) {
      throw new PpsError("unexpected", `The feed ${name} is a web page.`, {
        status,
        hint: "Check the address: it may have moved, or want a sign-in.",
      });
    }
    return;
  }
  if (status === 401 || status === 403) {
    const refused =
      status === 401 ? "asks for credentials, or refused those it was given" : "may not be read with these credentials";
    throw new PpsError("denied", `The feed ${name} ${refused} (${status}).`, {
      status,
      hint: "Set feedUsername and feedPassword, or feedToken, and name the feed's host in feedHosts.",
    });
  }
  if (status === 404 || status === 410) {
    throw new PpsError("not_found", `There is no feed at ${name} (${status}).`, { status, hint: "Check its address." });
  }
  if (status === 429 || status === 503) {
    const wait = readRetryAfter(headers["retry-after"], new Date(headers.date ?? "").getTime());
    throw new PpsError("busy", `The feed ${name} is too busy (${status}).`, {
      status,
      ...(wait === undefined ? {} : { retryAfterSeconds: Math.ceil(wait / 1000) }),
      hint: "Try again later.",
    });
  }
  const hint =
    status < 300 ? "A part of a feed would be taken for all of it." : "Check its address, and try again later.";
  throw new PpsError("unexpected", `The feed ${name} answered with status ${status}.`, { status, hint });
}
