import { PpsError } from "../../core/errors.ts";
import { isLoopback } from "../../core/loopback.ts";

/** How an address is to be written. */
export interface AddressForm {
  /** The option that holds it. */
  option: string;
  /** An address as it should be. */
  example: string;
  /** Taken where the address names none; undefined for the scheme's own. */
  defaultPort?: number;
  /** Whether it may go on after host and port; a query never stands there. */
  mayHavePath?: boolean;
}

/** The management interface of PPS, on premises and on demand (pps-api.md 1). */
const ppsForm: AddressForm = { option: "url", example: "https://pps.example.com:10000", defaultPort: 10000 };

/** Reads the address of a PPS into an origin without path. Throws PpsError `bad_input` with the reason. */
export function readAddress(text: string): URL {
  if (text.trim() !== "") return readAddressAs(ppsForm, text);
  throw new PpsError("bad_input", "url is missing.", {
    field: "url",
    hint: `Give the address of PPS, such as ${ppsForm.example} (option url, PPS_URL, or a profile).`,
  });
}

/** Reads an address of the given form. Throws PpsError `bad_input` with the reason. */
export function readAddressAs({ option, example, defaultPort, mayHavePath }: AddressForm, text: string): URL {
  const given = text.trim();
  const refuse = (complaint: string, hint?: string) =>
    new PpsError("bad_input", `${option} ${complaint}`, { field: option, hint });
  if (!/^[a-z][a-z0-9+.-]*:[\\/]{2}/i.test(given)) {
    throw refuse("does not begin with https://.", `Write it in full, such as ${example}.`);
  }
  let url: URL;
  try {
    url = new URL(given);
  } catch {
    throw refuse("is not an address that can be read.", `Write it as ${example}.`);
  }
  if (url.username !== "" || url.password !== "") {
    throw refuse("holds a user name or password.", "Give them by their own options; an address ends up in logs.");
  }
  if (url.protocol === "http:" && !isLoopback(url.hostname)) {
    throw refuse("begins with http://, which would send all of it unprotected.", "Use https://.");
  }
  if (url.protocol !== "https:" && url.protocol !== "http:")
    throw refuse(`begins with ${url.protocol}//, not https://.`);
  if (url.hostname === "") throw refuse("names no host.");
  if ((url.pathname !== "/" && !mayHavePath) || /[?#]/.test(given)) {
    throw refuse(`goes on after the ${mayHavePath ? "path" : "host and port"}.`, `Write it as ${example}.`);
  }
  if (defaultPort !== undefined && portIn(given, url.protocol) === "") url.port = String(defaultPort);
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
