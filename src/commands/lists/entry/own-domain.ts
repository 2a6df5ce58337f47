/** How a name and one of a site's own domains go together. */
export interface OwnRelation {
  own: string;
  /** The own domain lies below the name, not the name within the own domain. */
  isBelow: boolean;
}

/** Which of the site's own domains a name is, belongs to, or stands above; `example.com` and `*.example.com` mean the same here. */
export function findOwnDomain(name: string, ownDomains: readonly string[]): OwnRelation | undefined {
  const owns = ownDomains.map(bareDomain);
  const within = owns.filter((own) => isWithin(name, own))[0];
  if (within !== undefined) return { own: within, isBelow: false };
  const below = owns.filter((own) => isWithin(own, name))[0];
  return below === undefined ? undefined : { own: below, isBelow: true };
}

/** The own domain whose addresses or host names have the fragment in them. */
export function findOwnByFragment(fragment: string, ownDomains: readonly string[]): string | undefined {
  const domain = fragment.replace(/^.*@/, "").replace(/^\./, "");
  return ownDomains
    .map(bareDomain)
    .filter((own) => `@${own}`.indexOf(fragment) >= 0 || `.${own}`.indexOf(fragment) >= 0 || isWithin(domain, own))[0];
}

function bareDomain(own: string): string {
  return own.replace(/^(?:\*\.|@|\.)/, "");
}

function isWithin(name: string, domain: string): boolean {
  return `.${name}`.slice(-domain.length - 1) === `.${domain}`;
}
