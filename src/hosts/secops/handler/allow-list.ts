import { readAddressAs } from "../../../client/options/address.ts";
import { PpsError } from "../../../core/errors.ts";

/** Which addresses may be called with the credentials of an instance. */
export interface AllowList {
  /**
   * The origin of an address that may be called. Throws PpsError `bad_input` for any other, and for an address with a
   * user name, a path or a query.
   */
  require(address: RequestedAddress): string;
}

/** An address as an instance's configuration has it. */
export interface RequestedAddress {
  /** Of the configuration parameter. */
  name: string;
  text: string;
  example: string;
  /** Meant where the address has none. @default that of the scheme */
  defaultPort?: number;
}

/**
 * Allows exactly these origins: without the list the server would send anybody's password anywhere. Undefined allows any,
 * for a program that runs for its own user.
 */
export function createAllowList(origins: readonly string[] | undefined): AllowList {
  const allowed = origins?.map((origin) => new URL(origin).origin);
  return {
    require({ name, text, example, defaultPort }) {
      const form = { option: name, example, mayHavePath: false, ...(defaultPort === undefined ? {} : { defaultPort }) };
      const { origin } = readAddressAs(form, text);
      if (allowed === undefined || allowed.includes(origin)) return origin;
      throw new PpsError("bad_input", `${name} names ${origin}, which the action server does not allow.`, {
        field: name,
        hint: "Whoever runs the action server must allow it, for this token.",
      });
    },
  };
}
