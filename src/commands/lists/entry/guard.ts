import { PpsError } from "../../../core/errors.ts";
import { listComplaints } from "./complaints.ts";
import type { Entry } from "./entry.ts";

/** What is guarded, and for whom. */
export interface GuardSite {
  list: "blocklist" | "safelist";
  /** The site's own mail domains: `example.com` or `*.example.com`. */
  ownDomains: readonly string[];
  /** True lets everything through. */
  override: boolean;
}

/** What is said with every refusal of the guard rails. */
export const overrideHint = "If that is what you want, say so with override.";

/**
 * Looks for entries that would do harm nobody wants. Gives notes for people.
 * Throws one PpsError `bad_input` that says what each refused entry would do, unless overridden.
 */
export function guard(entries: readonly Entry[], site: GuardSite): string[] {
  const complaints: string[] = [];
  entries.forEach((entry) => {
    const harm = entry.kind === "address" ? undefined : harmOf(entry, site);
    if (harm !== undefined) complaints.push(harm);
  });
  if (complaints.length > 0 && !site.override) {
    throw new PpsError("bad_input", listComplaints(complaints), { hint: overrideHint });
  }
  return [];
}

function harmOf(entry: Entry, site: GuardSite): string | undefined {
  const { domain } = entry;
  if (domain === undefined) return undefined;
  if (site.ownDomains.indexOf(domain.ascii) >= 0) return `${entry.text} is one of your own domains.`;
  if (domain.isPublicSuffix) return `${entry.text} is a public suffix.`;
  if (domain.isMailProvider) return `${entry.text} is a mail provider.`;
  return undefined;
}

/** An entry of the organisation's list in our words, as it would be sent. */
export interface GuardedPattern {
  attribute: string;
  operator: string;
  value: string;
}

/** As `guard`, for an entry whose attribute and operator matter: to be called for every entry of an organisation list. */
export function guardPattern(pattern: GuardedPattern, site: GuardSite): string[] {
  if (site.list === "blocklist" && pattern.operator.indexOf("not-") === 0 && !site.override) {
    throw new PpsError("bad_input", `${pattern.operator} ${pattern.value} would block nearly all mail.`, {
      hint: overrideHint,
    });
  }
  return [];
}
