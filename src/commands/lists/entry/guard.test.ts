import fc from "fast-check";
import { expect, test } from "vitest";
import { createMailSystem } from "../../../../test/model/mail-system.ts";
import { run } from "../../../core/run.ts";
import type { Criterion } from "../organisation/criterion.ts";
import { type Entry, readEntries } from "./entry.ts";
import { type GuardSite, guard, guardPatterns } from "./guard.ts";

const ownDomains = ["ours.test", "*.sites.example"];
const blocklist: GuardSite = { list: "blocklist", ownDomains, override: false };
const safelist: GuardSite = { list: "safelist", ownDomains, override: false };

function entriesOf(...texts: string[]): Entry[] {
  return run(readEntries(texts, { field: "entries" }), createMailSystem());
}

/** What is refused, in its words; undefined where nothing is. */
function refusalOf(check: () => unknown): string | undefined {
  try {
    check();
    return undefined;
  } catch (error) {
    expect(error).toMatchObject({ code: "bad_input", hint: "If that is what you want, say so with override." });
    return (error as Error).message;
  }
}

const blockedRefusals: [string, string, string][] = [
  ["an own domain", "@ours.test", "your own mail: ours.test is one of your own domains."],
  ["an own domain below a dot", "*.ours.test", "your own mail: ours.test is one of your own domains."],
  ["an address of an own domain", "ann@ours.test", "your own mail: ours.test is one of your own domains."],
  ["a sub-domain of an own domain", "@mail.ours.test", "your own mail: it belongs to your own domain ours.test."],
  [
    "a sub-domain of an own wildcard",
    "bob@a.sites.example",
    "your own mail: it belongs to your own domain sites.example.",
  ],
  ["a parent of an own domain", "*.example", "your own mail: your own domain sites.example lies below it."],
  ["a private address", "10.1.2.3", "internal hosts: the address is private or local."],
  ["the host itself", "127.0.0.1", "internal hosts: the address is private or local."],
  ["an address of the link", "169.254.1.1", "internal hosts: the address is private or local."],
  ["an address shared by a provider's customers", "100.64.0.1", "internal hosts: the address is private or local."],
  ["a multicast address", "ff02::1", "internal hosts: the address is private or local."],
  ["an upper edge of a private network", "172.31.255.255", "internal hosts: the address is private or local."],
  ["a private network", "192.168.0.0/16", "internal hosts: the address is private or local."],
  ["a network around a private one", "172.0.0.0/8", "internal hosts: the address is private or local."],
  ["a private IPv6 address", "fd00::1", "internal hosts: the address is private or local."],
  ["the host itself in IPv6", "::1", "internal hosts: the address is private or local."],
  ["an IPv6 address of the link", "fe80::1", "internal hosts: the address is private or local."],
  ["everything", "0.0.0.0/0", "internal hosts: the address is private or local."],
  ["a wide network", "198.50.0.0/15", "very many hosts of strangers: the network is wider than /16."],
  ["a wide IPv6 network", "2001:db0::/28", "very many hosts of strangers: the network is wider than /32."],
  [
    "a public suffix",
    "*.co.uk",
    "everybody below co.uk: it is a public suffix, under which strangers have their names.",
  ],
  [
    "a hoster's suffix",
    "@github.io",
    "everybody below github.io: it is a public suffix, under which strangers have their names.",
  ],
  ["a mail provider", "@gmail.com", "everybody at gmail.com: it is a mail provider; name single addresses instead."],
];

test.each(blockedRefusals)("%s is not blocked", (_what, text, complaint) => {
  expect(refusalOf(() => guard(entriesOf(text), blocklist))).toBe(`Blocking ${text} would stop ${complaint}`);
});

test.each([
  ["a strange domain", "@evil.test"],
  ["an address at a mail provider", "ann@gmail.com"],
  ["an address below a public suffix", "ann@shop.co.uk"],
  ["a name that only ends like an own domain", "@notours.test"],
  ["a public address", "192.0.2.7"],
  ["an address just behind a private network", "172.32.0.0"],
  ["a network of the widest kind", "198.51.0.0/16"],
  ["an IPv6 network of the widest kind", "2001:db8::/32"],
])("%s is blocked without a word", (_what, text) => {
  expect(guard(entriesOf(text), blocklist)).toEqual([]);
});

test("an address above an own domain is somebody else's", () => {
  expect(guard(entriesOf("ann@group.test"), { ...blocklist, ownDomains: ["ours.group.test"] })).toEqual([]);
  expect(refusalOf(() => guard(entriesOf("*.group.test"), { ...blocklist, ownDomains: ["ours.group.test"] }))).toMatch(
    /your own domain ours\.group\.test lies below it\.$/,
  );
});

test("what is overridden is carried out, and said", () => {
  expect(guard(entriesOf("@gmail.com", "evil.test"), { ...blocklist, override: true })).toEqual([
    "Blocking @gmail.com would stop everybody at gmail.com: it is a mail provider; name single addresses instead.",
  ]);
});

test("one refusal names every entry it is about, five at most", () => {
  const texts = ["ann@ours.test", "evil.test", "@gmail.com", "10.0.0.1", "10.0.0.2", "10.0.0.3", "10.0.0.4"];
  const refusal = refusalOf(() => guard(entriesOf(...texts), blocklist));
  expect(refusal?.match(/Blocking \S+/g)).toEqual([
    "Blocking ann@ours.test",
    "Blocking @gmail.com",
    "Blocking 10.0.0.1",
    "Blocking 10.0.0.2",
    "Blocking 10.0.0.3",
  ]);
  expect(refusal).toMatch(/There is 1 more of these\.$/);
});

test("a site that has not named its domains is told so when it blocks senders", () => {
  const unknown = { ...blocklist, ownDomains: [] };
  expect(guard(entriesOf("ann@evil.test"), unknown)).toEqual([
    "Whether an entry blocks your own mail was not looked at: name your own domains in the settings.",
  ]);
  expect(guard(entriesOf("192.0.2.7"), unknown)).toEqual([]);
});

test.each([
  [
    "an own domain",
    "@ours.test",
    "forged mail in your own name past the spam filter: ours.test is one of your own domains.",
  ],
  [
    "an own address",
    "ann@ours.test",
    "forged mail in your own name past the spam filter: ours.test is one of your own domains.",
  ],
  [
    "a mail provider",
    "@gmail.com",
    "everybody at gmail.com past the spam filter: it is a mail provider; name single addresses instead.",
  ],
  [
    "a public suffix",
    "*.com",
    "everybody below com past the spam filter: it is a public suffix, under which strangers have their names.",
  ],
  [
    "a wide network",
    "198.0.0.0/8",
    "very many hosts of strangers past the spam filter: the network is wider than /16.",
  ],
])("%s is not safelisted", (_what, text, complaint) => {
  expect(refusalOf(() => guard(entriesOf(text), safelist))).toBe(`Safelisting ${text} would let ${complaint}`);
});

test("whole domains on the safelist are warned of, single senders and hosts are not", () => {
  expect(guard(entriesOf("ann@partner.test", "10.0.0.25", "partner.test", "*.partner.test"), safelist)).toEqual([
    "Spam that forges a sender of @partner.test, *.partner.test passes the filter too; single addresses are safer than whole domains.",
  ]);
  expect(guard(entriesOf("ann@partner.test", "10.0.0.25"), { ...safelist, ownDomains: [] })).toEqual([]);
});

function pattern(written: string): Criterion {
  const [attribute = "", operator = "", ...value] = written.split(" ");
  return { attribute, operator, value: value.join(" ") };
}

test.each([
  [
    "what is not equal",
    "sender not-equal ann@evil.test",
    'nearly all mail: it matches whatever is not "ann@evil.test".',
  ],
  ["what does not contain", "ip not-contain 192.0.2.7", 'nearly all mail: it matches whatever has not "192.0.2.7".'],
  [
    "a recipient",
    "recipient equal ann@ours.test",
    'all mail to "ann@ours.test": a recipient is compared, and no sender.',
  ],
  ["the null sender", "sender equal <>", "bounces and receipts: they have no sender."],
  ["an empty text", "header-sender equal ", "bounces and receipts: they have no sender."],
  ["a short fragment", "sender contain bad", "very many strangers: fewer than 4 characters stand in very many names."],
  [
    "a fragment of an IP address",
    "ip contain 192.",
    "very many hosts of strangers: the fragment stands in too many addresses.",
  ],
  [
    "a look-alike at the front of an own domain",
    "sender contain @ours.te",
    'your own mail: addresses of ours.test, which is yours, have "@ours.te" in them.',
  ],
  [
    "a piece of an own domain",
    "header-sender contain ites",
    'your own mail: addresses of sites.example, which is yours, have "ites" in them.',
  ],
  [
    "an own domain",
    "sender contain @OURS.test",
    'your own mail: addresses of ours.test, which is yours, have "@ours.test" in them.',
  ],
  [
    "names below an own domain",
    "sender contain .ours.test",
    'your own mail: addresses of ours.test, which is yours, have ".ours.test" in them.',
  ],
  [
    "a piece of names below an own domain",
    "helo contain .ours.te",
    'your own mail: addresses of ours.test, which is yours, have ".ours.te" in them.',
  ],
  [
    "a host of one's own",
    "helo contain mail.ours.test",
    'your own mail: addresses of ours.test, which is yours, have "mail.ours.test" in them.',
  ],
  [
    "a look-alike at the front of a provider",
    "sender contain @gmail.co",
    'everybody at gmail.com: their addresses have "@gmail.co" in them.',
  ],
  ["a piece of a provider", "sender contain mail", 'everybody at gmail.com: their addresses have "mail" in them.'],
])("%s is not blocked as a pattern", (_what, written, complaint) => {
  const what = written.replace(/ ([^ ]*)$/, ' "$1"');
  expect(refusalOf(() => guardPatterns([pattern(written)], blocklist))).toBe(
    `Blocking ${what} would stop ${complaint}`,
  );
});

test.each([
  "sender equal ann@evil.test",
  "sender contain @evil.test",
  "sender contain .evil.test",
  "header-sender contain Invoice Department",
  "ip equal 192.0.2.7",
  "ip contain 198.51.",
  "ip contain 2001:db8:1:",
  "host equal mx.evil.test",
])("%s is blocked without a word", (written) => {
  expect(guardPatterns([pattern(written)], blocklist)).toEqual([]);
});

test("a pattern on the safelist is refused in the safelist's words", () => {
  expect(refusalOf(() => guardPatterns([pattern("sender contain @ours.te")], safelist))).toBe(
    'Safelisting sender contain "@ours.te" would let forged mail in your own name past the spam filter: addresses of ours.test, which is yours, have "@ours.te" in them.',
  );
  expect(guardPatterns([pattern("recipient equal abuse@ours.test")], safelist)).toEqual([]);
});

test("every pattern that is refused is named", () => {
  const patterns = ["sender contain bad", "sender equal ann@evil.test", "sender not-equal x"].map(pattern);
  expect(refusalOf(() => guardPatterns(patterns, blocklist))).toMatch(/contain "bad" .* not-equal "x" /);
});

test.each(["@", "@ours.test", "ann@ours.test"])("no part of a recipient's address is safelisted: %s", (part) => {
  expect(refusalOf(() => guardPatterns([pattern(`recipient contain ${part}`)], safelist))).toBe(
    `Safelisting recipient contain "${part}" would let all mail to whoever has "${part}" in the address past the spam filter: a recipient is compared, and no sender.`,
  );
});

test.each(["::/80", "::fffe:0:0/95", "0:0:0:0::/64"])(
  "a network of IPv6 in which all of IPv4 lies is refused: %s",
  (network) => {
    for (const site of [blocklist, safelist]) {
      expect(refusalOf(() => guard(entriesOf(network), site))).toMatch(/every IPv4 address|private or local/);
    }
    expect(refusalOf(() => guard(entriesOf(network), safelist))).toMatch(/every IPv4 address/);
  },
);

test("an overridden pattern is carried out, and said", () => {
  expect(guardPatterns([pattern("sender contain bad")], { ...blocklist, override: true })).toEqual([
    'Blocking sender contain "bad" would stop very many strangers: fewer than 4 characters stand in very many names.',
  ]);
});

test("no entry and no fragment that an own address would match gets onto the blocklist", () => {
  const label = fc.stringMatching(/^[a-z0-9]{1,8}$/);
  const own = fc.tuple(label, fc.constantFrom("test", "example", "co.uk")).map((parts) => parts.join("."));
  const cut = fc.tuple(fc.nat(), fc.nat());
  fc.assert(
    fc.property(own, fc.array(label, { maxLength: 2 }), cut, (domain, below, [start, length]) => {
      const site = { ...blocklist, ownDomains: ["other.test", domain] };
      const name = [...below, domain].join(".");
      for (const text of [`ann@${name}`, `@${name}`, `*.${name}`]) {
        expect(refusalOf(() => guard(entriesOf(text), site))).toContain(`Blocking ${text} would stop your own mail`);
      }
      const whole = `@${domain}`;
      const at = start % whole.length;
      const value = whole.slice(at, at + 1 + (length % whole.length));
      expect(refusalOf(() => guardPatterns([{ attribute: "sender", operator: "contain", value }], site))).toBeDefined();
    }),
  );
});
