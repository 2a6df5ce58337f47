import { readAddress } from "../../../client/options/address.ts";
import type { PpsOptions } from "../../../client/options/options.ts";
import type { Pps } from "../../../client/pps.ts";
import { PpsError } from "../../../core/errors.ts";
import { quoteValue } from "../../../core/quoted-value.ts";
import { createObservedClient, type ObservedRequest } from "./observed-client.ts";

/** A PPS that is served, under the name callers know it by. */
export interface ServedProfile {
  name: string;
  options: PpsOptions;
}

/** A served PPS with the one client all its calls share. */
export interface OpenProfile {
  name: string;
  pps: Pps;
}

/** The served profiles; the first is meant where a call names none. */
export interface Profiles {
  names: readonly string[];
  first: OpenProfile;
  find(name: string): OpenProfile | undefined;
  close(): Promise<void>;
}

/**
 * Makes a client for each profile. Throws PpsError `bad_input` for options that cannot work, and for an address that
 * `allowOrigins` does not hold where it holds any.
 */
export function openProfiles(
  served: readonly ServedProfile[],
  allowOrigins: readonly string[],
  observe: (profile: string, request: ObservedRequest) => void,
): Profiles {
  const allowed = allowOrigins.map(readOrigin);
  for (const { name, options } of served) requireAllowed(name, options, allowed);
  const open = served.map(({ name, options }) => ({
    name,
    pps: createObservedClient(options, (request) => observe(name, request)),
  }));
  const [first] = open;
  if (first === undefined) throw new PpsError("bad_input", "There is no PPS to serve: no profile is given.");
  return {
    names: open.map(({ name }) => name),
    first,
    find: (name) => open.find((profile) => profile.name === name),
    close: async () => {
      await Promise.all(open.map(({ pps }) => pps.close()));
    },
  };
}

function requireAllowed(name: string, { url }: PpsOptions, allowOrigins: readonly string[]): void {
  if (allowOrigins.length === 0) return;
  const { origin } = readAddress(url);
  if (allowOrigins.includes(origin)) return;
  throw new PpsError("bad_input", `The profile ${name} leads to ${origin}, which is not allowed here.`, {
    hint: `Allowed are ${allowOrigins.join(", ")}; name the address with --allow-origin, or leave the profile out.`,
  });
}

function readOrigin(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  // What stands behind the port would be taken for a bound that it is not.
  if (url?.protocol === "https:" && url.pathname === "/" && url.search === "" && url.username === "") return url.origin;
  throw new PpsError("bad_input", `${quoteValue(text)} is no origin of a PPS.`, {
    field: "allowOrigins",
    hint: "Write it as https://pps.example.com:10000, without a path.",
  });
}
