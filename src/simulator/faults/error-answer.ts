import type { CapturedAnswer } from "./captured-answer.ts";
import type { Fault } from "./fault.ts";

const page = (title: string, text: string) =>
  `<!DOCTYPE html>\n<html><head><title>${title}</title></head><body><h1>${title}</h1><p>${text}</p></body></html>\n`;

/** Session ran out: the login page of the administration interface, with 200. */
export const loginPage: CapturedAnswer = {
  status: 200,
  headers: { "content-type": "text/html; charset=utf-8" },
  body: Buffer.from(page("Sign in", "Enter your user name and password to continue.")),
};

const html: Record<number, [string, string]> = {
  401: ["401 Unauthorized", "This server could not verify that you are authorized to access the document requested."],
  502: ["502 Bad Gateway", "The proxy received an invalid response from the upstream server."],
  503: ["503 Service Unavailable", "The server is temporarily unable to service your request."],
  504: ["504 Gateway Timeout", "The proxy did not receive a timely response from the upstream server."],
};

const text: Record<number, string> = {
  403: "Access denied: the role of this account does not include the module.",
  429: "Too many requests.",
  500: "Internal error while processing the request.",
};

/** The answer of an error status as the server, or a proxy in front of it, would write it (pps-api.md 1: text, HTML or nothing). */
export function errorAnswer({ status = 500, retryAfter }: Pick<Fault, "status" | "retryAfter">): CapturedAnswer {
  const known = html[status];
  return {
    status,
    headers: {
      "content-type": known ? "text/html; charset=utf-8" : "text/plain; charset=utf-8",
      ...(status === 401 ? { "www-authenticate": 'Basic realm="PPS"' } : {}),
      ...(retryAfter === undefined ? {} : { "retry-after": retryAfter }),
    },
    body: Buffer.from(known ? page(...known) : (text[status] ?? "")),
  };
}
