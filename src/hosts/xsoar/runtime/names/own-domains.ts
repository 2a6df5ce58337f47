import { PpsError } from "../../../../core/errors.ts";
import { quoteValue } from "../../../../core/quoted-value.ts";
import { readDomainName } from "./domain-name.ts";

/**
 * Reads the site's own domains into lower case and ASCII: `example.com`, `@example.com`, or `*.example.com` for all
 * below it. Throws PpsError `bad_input` naming what is no domain.
 */
export function readOwnDomains(given: readonly string[]): string[] {
  return given.map((text) => {
    const [, pattern = "", name = ""] = /^@?(\*\.)?(.*)$/.exec(text.trim()) ?? [];
    const domain = readDomainName(name);
    if (domain !== undefined) return pattern + domain.ascii;
    throw new PpsError("bad_input", `The parameter Own Domains holds ${quoteValue(text)}, which is no domain.`, {
      hint: "Write each on a line of its own, as example.com, or *.example.com for all below it.",
    });
  });
}
