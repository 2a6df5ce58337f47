import { createRequire } from "node:module";
import { domainToASCII } from "node:url";
import fc from "fast-check";
import { getPublicSuffix } from "tldts";
import { expect, test } from "vitest";
import { recogniseName as witness } from "../../../../client/names/recognised-name.ts";
import type { NameFacts } from "../../../../core/name-facts.ts";
import { mailProviders } from "./mail-providers.ts";
import { isPublicSuffix, listPublicSuffixes } from "./public-suffixes.ts";
import { decodeLabel, encodeLabel } from "./punycode.ts";
import { recogniseName } from "./recognised-name.ts";

// The witness is what Node runs on: its own IDNA, ipaddr.js, and the whole of publicsuffix.org and email-providers.
const addresses = fc.oneof(
  fc.ipV4(),
  fc.ipV6(),
  fc.tuple(fc.ipV4(), fc.nat(40)).map(([ip, prefix]) => `${ip}/${prefix}`),
  fc.tuple(fc.ipV6(), fc.nat(140)).map(([ip, prefix]) => `${ip}/${prefix}`),
  fc.tuple(fc.ipV4(), fc.nat(130)).map(([ip, prefix]) => `::ffff:${ip}/${prefix}`),
);

test("addresses and networks are read as Node reads them", () => {
  fc.assert(
    fc.property(addresses, (text) => {
      expect(recogniseName(text)).toEqual(witness(text));
    }),
    { numRuns: 1000 },
  );
});

test.each([
  "0300.1.1.1",
  "1.2.3",
  "1.2.3.4.5",
  "::1::2",
  "1:2:3:4:5:6:7:8:9",
  "fe80::1%eth0",
  "::ffff:1.2.3.4/200",
  ":1::",
])("%s is no address", (text) => {
  expect(recogniseName(text).ip).toBeUndefined();
  expect(witness(text).ip).toBeUndefined();
});

function spelling({ domain }: NameFacts) {
  return domain && { ascii: domain.ascii, unicode: domain.unicode };
}

test("a domain is either spelt as Node spells it, or not taken for one", () => {
  const label = fc.oneof(
    fc.string({ minLength: 1, maxLength: 12, unit: "binary" }),
    fc.stringMatching(/^[a-zA-Z0-9_-]{1,20}$/),
    fc.stringMatching(/^[àäöüßéñøåŁžçαβγωабвгд日本語コム가나]{1,8}$/),
  );
  const domain = fc.array(label, { minLength: 1, maxLength: 4 }).map((labels) => labels.join("."));
  let taken = 0;
  fc.assert(
    fc.property(domain, (text) => {
      const found = spelling(recogniseName(text));
      if (found === undefined) return;
      taken++;
      expect(found).toEqual(spelling(witness(text)));
    }),
    { numRuns: 3000 },
  );
  expect(taken).toBeGreaterThan(500);
});

test.each([
  "müller.example",
  "日本.example",
  "пример.test",
  "ΜΕΓΑ.example",
  "EXAMPLE.COM.",
  "xn--mller-kva.example",
  "a_b.example",
])("%s is a domain here as in Node", (text) => {
  expect(spelling(recogniseName(text))).toEqual(spelling(witness(text)));
  expect(recogniseName(text).domain?.ascii).toBe(domainToASCII(text).replace(/\.$/, ""));
});

test.each([
  "",
  "..",
  "a b.example",
  "-a.example",
  "a-.example",
  "xn--.example",
  "1.2",
  "example.9",
  "0X",
  "example.0x1f",
  `${"a".repeat(64)}.example`,
])("%j is nothing", (text) => {
  expect(recogniseName(text)).toEqual({});
});

test("a label comes back from Punycode as it went in", () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1, maxLength: 30, unit: "grapheme" }), (text) => {
      const lower = text.toLowerCase();
      expect(decodeLabel(encodeLabel(lower))).toBe(lower);
    }),
  );
});

test("every public suffix named here is one by publicsuffix.org", () => {
  const publicSuffixes = listPublicSuffixes();
  expect(publicSuffixes.length).toBeGreaterThan(200);
  const wrong = publicSuffixes.filter((name) => getPublicSuffix(name, { allowPrivateDomains: true }) !== name);
  expect(wrong).toEqual([]);
  expect(publicSuffixes.filter((name) => !isPublicSuffix(name))).toEqual([]);
  expect(["com", "example", "co.uk", "github.io"].filter(isPublicSuffix)).toHaveLength(4);
  expect(["example.com", "bbc.co.uk", "constructor.constructor", "a.b.co.uk"].filter(isPublicSuffix)).toEqual([]);
});

test("every mail provider named here is one by the package email-providers", () => {
  const all = new Set(createRequire(import.meta.url)("email-providers/all.json") as string[]);
  expect(Object.keys(mailProviders).filter((name) => !all.has(name))).toEqual([]);
  expect(Object.keys(mailProviders).length).toBeGreaterThan(140);
  expect(recogniseName("constructor").domain?.isMailProvider).toBe(false);
});
