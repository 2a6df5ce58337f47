import { PpsError } from "../../core/errors.ts";
import { quoteValue } from "../../core/quoted-value.ts";
import { readDomainName } from "../names/domain-name.ts";

/**
 * Reads the site's own domains into lower case and ASCII: `example.com`, `@example.com`, or `*.example.com` for all
 * below it. Throws PpsError `bad_input` naming what is no domain.
 */
export function readOwnDomains(given: readonly string[] | undefined): readonly string[] {
  return [...new Set((given ?? []).map(readOwnDomain))];
}

function readOwnDomain(text: string): string {
  const [, pattern = "", name = ""] = /^@?(\*\.)?(.*)$/s.exec(text.trim()) ?? [];
  const domain = readDomainName(name);
  if (domain !== undefined) return pattern + domain;
  throw new PpsError("bad_input", `ownDomains holds ${quoteValue(text)}, which is no domain.`, {
    field: "ownDomains",
    hint: "Write each as example.com, or *.example.com for all below it (option ownDomains, PPS_OWN_DOMAINS).",
  });
}
