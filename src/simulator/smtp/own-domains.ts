/** The domains the gateway takes mail for. */
export interface OwnDomains {
  /** As configured: `example.com`, or `*.example` for everything below. */
  patterns: string[];
  /** Whether a domain is one of them, letter case ignored. */
  includes(domain: string): boolean;
}

/** The part of an address after its last "@", lower case; "" where there is none. */
export const domainOf = (address: string) =>
  address.slice(address.lastIndexOf("@") + 1 || address.length).toLowerCase();

/** Reserved names only, so that no message of a test can ever concern a real domain. */
export const defaultDomains = ["example.com", "example.net", "example.org", "*.example"];

/** Reads patterns, letter case ignored. */
export function createOwnDomains(patterns: string[]): OwnDomains {
  const lowered = patterns.map((pattern) => pattern.toLowerCase());
  return {
    patterns: lowered,
    includes(domain) {
      const wanted = domain.toLowerCase();
      return lowered.some((pattern) =>
        pattern.startsWith("*.") ? wanted.endsWith(pattern.slice(1)) : wanted === pattern,
      );
    },
  };
}
