import { isIP } from "node:net";
import { PpsError } from "../../core/errors.ts";

/** The management port of PPS, on premises and on demand (pps-api.md 1). */
const defaultPort = 10000;

/** Reads the address of a PPS into an origin without path. Throws PpsError `bad_input` with the reason. */
export function readAddress(text: string): URL {
  const given = text.trim();
  const refuse = (complaint: string, hint?: string) =>
    new PpsError("bad_input", `url ${complaint}`, { field: "url", hint });
  if (given === "")
    throw refuse(
      "is missing.",
      "Give the address of PPS, such as https://pps.example.com:10000 (option url, PPS_URL, or a profile).",
    );
  if (!/^[a-z][a-z0-9+.-]*:[\\/]{2}/i.test(given)) {
    throw refuse("does not begin with https://.", "Write it in full, such as https://pps.example.com:10000.");
  }
  let url: URL;
  try {
    url = new URL(given);
  } catch {
    throw refuse("is not an address that can be read.", "Write it as https://pps.example.com:10000.");
  }
  if (url.username !== "" || url.password !== "") {
    throw refuse("holds a user name or password.", "Give them as username and password; an address ends up in logs.");
  }
  if (url.protocol === "http:" && !isLoopback(url.hostname)) {
    throw refuse("begins with http://, which would send the password unprotected.", "Use https://.");
  }
  if (url.protocol !== "https:" && url.protocol !== "http:")
    throw refuse(`begins with ${url.protocol}//, not https://.`);
  if (url.hostname === "") throw refuse("names no host.");
  if (url.pathname !== "/" || /[?#]/.test(given)) {
    throw refuse(
      "goes on after the host and port.",
      `Leave out everything behind ${url.host}; the client adds /rest/v1.`,
    );
  }
  if (portIn(given, url.protocol) === "") url.port = String(defaultPort);
  return url;
}

/** The URL parser drops the scheme's own port: read under the other scheme, it stays. */
function portIn(text: string, protocol: string): string {
  const other = protocol === "https:" ? "http:" : "https:";
  return new URL(text.replace(/^[^:]+:/, other)).port;
}

/** The port that is really connected to. */
export function portOf(url: URL): number {
  if (url.port !== "") return Number(url.port);
  return url.protocol === "https:" ? 443 : 80;
}

/** The host as sockets want it: an IPv6 address without its brackets. */
export function hostOf(url: URL): string {
  return url.hostname.replace(/^\[|\]$/g, "");
}

function isLoopback(hostname: string): boolean {
  const host = hostname.replace(/^\[|\]$/g, "");
  return host === "localhost" || host === "::1" || (isIP(host) === 4 && host.startsWith("127."));
}
