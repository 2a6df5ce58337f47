/** What is known of an IP address or a network. */
export interface IpFacts {
  version: 4 | 6;
  /** In its canonical spelling (RFC 5952 for IPv6); of a network, its first address. */
  address: string;
  /** Length of a network's prefix in bits; absent for a single address. */
  prefix?: number;
}

/** What is known of a domain name. */
export interface DomainFacts {
  /** Lower case, international labels as `xn--` (IDNA). */
  ascii: string;
  /** The same for people to read. */
  unicode: string;
  /** Nobody's own: `com`, `co.uk`, or a suffix under which strangers register names (publicsuffix.org). */
  isPublicSuffix: boolean;
  /** Anybody can have a mailbox there. */
  isMailProvider: boolean;
  /** Its last label is no top-level domain there is, nor a name kept for inner networks; absent where the host cannot tell. */
  hasUnknownTop?: boolean;
}

/** What the host knows of a name; neither where it is no address and no well-formed domain. */
export interface NameFacts {
  ip?: IpFacts;
  domain?: DomainFacts;
}
