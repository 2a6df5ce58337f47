import { quoteValue } from "../../../core/quoted-value.ts";
import { fewNames } from "../../few-names.ts";
import type { ListName } from "../list-name.ts";
import type { Criterion } from "../organisation/criterion.ts";
import type { Entry } from "./entry.ts";
import { findEntryHarm } from "./entry-harm.ts";
import { refuseHarm, tellHarm } from "./harm.ts";
import { findPatternHarm } from "./pattern-harm.ts";

/** What is guarded, and for whom. */
export interface GuardSite {
  list: ListName;
  /** The site's own mail domains: `example.com` or `*.example.com`. */
  ownDomains: readonly string[];
  /** True lets everything through; what it does is a note then. */
  override: boolean;
}

/**
 * Looks for entries that would do harm nobody wants, and gives notes on what is left.
 * Throws one PpsError `bad_input` that says what each such entry would do, unless that is overridden.
 */
export function guard(entries: readonly Entry[], site: GuardSite): string[] {
  const { list, ownDomains, override } = site;
  const sentences: string[] = [];
  const harmless: Entry[] = [];
  entries.forEach((entry) => {
    const sentence = tellEntry(entry, site);
    if (sentence !== undefined) sentences.push(sentence);
    else harmless.push(entry);
  });
  return refuseHarm(sentences, override).concat(
    list === "safelist" ? warnOfDomains(harmless) : warnOfUnknownDomains(entries, ownDomains),
  );
}

/**
 * The same for entries of an organisation's list as they would be sent; what one matches may be more than its domain
 * says: `contain @example.co` matches addresses of example.com.
 */
export function guardPatterns(patterns: readonly Criterion[], site: GuardSite): string[] {
  const sentences: string[] = [];
  patterns.forEach((pattern) => {
    const sentence = tellPattern(pattern, site);
    if (sentence !== undefined) sentences.push(sentence);
  });
  return refuseHarm(sentences, site.override);
}

/** What one entry would do that nobody wants, as a sentence; undefined where it is harmless. */
export function tellEntry(entry: Entry, { list, ownDomains }: GuardSite): string | undefined {
  const harm = findEntryHarm(entry, list, ownDomains);
  if (harm !== undefined) return tellHarm(list, entry.text, harm);
  return entry.domain?.hasUnknownTop ? tellUnknownTop(entry.text) : undefined;
}

/** The same for one entry of an organisation's list as it would be sent. */
export function tellPattern(pattern: Criterion, { list, ownDomains }: GuardSite): string | undefined {
  const harm = findPatternHarm(pattern, list, ownDomains);
  if (harm === undefined) return undefined;
  const { attribute, operator, value } = pattern;
  return tellHarm(list, `${attribute} ${operator} ${quoteValue(value)}`, harm);
}

function tellUnknownTop(text: string): string {
  const top = text.slice(text.lastIndexOf("."));
  return `${text} would match no mail from outside: there is no top-level domain ${top}; is it a typo?`;
}

function warnOfDomains(entries: readonly Entry[]): string[] {
  const whole = entries.filter(({ kind }) => kind === "domain" || kind === "subdomains").map(({ text }) => text);
  if (whole.length === 0) return [];
  return [
    `Spam that forges a sender of ${fewNames(whole)} passes the filter too; single addresses are safer than whole domains.`,
  ];
}

/** What has to be said where nobody told which domains are the site's own. */
export function warnOfUnknownDomains(entries: readonly Entry[], ownDomains: readonly string[]): string[] {
  if (ownDomains.length > 0 || !entries.some(({ domain }) => domain !== undefined)) return [];
  return ["Whether an entry blocks your own mail was not looked at: name your own domains in the settings."];
}
