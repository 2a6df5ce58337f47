import { PpsError } from "../../../core/errors.ts";
import { isLoopback } from "../../../core/loopback.ts";

/** Which parameter holds an address, and how one should look. */
export interface AddressForm {
  /** What the settings page calls it. */
  name: string;
  example: string;
  /** Taken where the address names none; undefined for the scheme's own. */
  defaultPort?: number;
}

const form = /^(https?):\/\/((?:\[[0-9a-f:.]+\]|[^\s/?#@:[\]\\]+))(?::(\d{1,5}))?(\/[^\s?#\\]*)?$/i;

/**
 * Reads an address into `https://host:port/path` without a slash at its end. Throws PpsError `bad_input` with the reason;
 * what was given is not repeated, as it may hold a password.
 */
export function readAddress(text: string, { name, example, defaultPort }: AddressForm): string {
  const refuse = (complaint: string) =>
    new PpsError("bad_input", `The parameter ${name} ${complaint}`, { hint: `Write it as ${example}.` });
  const given = text.trim();
  if (given === "") throw refuse("is missing.");
  if (!/^https?:\/\//i.test(given)) throw refuse("does not begin with https://.");
  if (/^[^/]*\/\/[^/?#]*@/.test(given))
    throw refuse("holds a user name or password, which have parameters of their own.");
  const parts = form.exec(given);
  const [, scheme = "", host = "", givenPort, path = ""] = parts ?? [];
  // An old engine gives an empty text for a group that took no part.
  const port = givenPort || undefined;
  if (parts === null || Number(port ?? 1) < 1 || Number(port ?? 1) > 65_535) {
    throw refuse("is not an address that can be read.");
  }
  if (scheme.toLowerCase() === "http" && !isLoopback(host)) {
    throw refuse("begins with http://, which would send the password unprotected.");
  }
  const reached = port ?? defaultPort;
  return `${scheme.toLowerCase()}://${host}${reached === undefined ? "" : `:${Number(reached)}`}${path.replace(/\/+$/, "")}`;
}

/** Host and port of an address, for sentences. */
export function hostOf(address: string): string {
  return address.replace(/^https?:\/\//, "").replace(/\/.*$/, "");
}
