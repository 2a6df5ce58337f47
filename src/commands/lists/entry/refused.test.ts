import { expect, test } from "vitest";
import { createMailSystem } from "../../../../test/model/mail-system.ts";
import { run } from "../../../core/run.ts";
import { type Entry, type EntryReading, tryReadEntries } from "./entry.ts";

function tryRead(text: string): EntryReading {
  return run(tryReadEntries([text]), createMailSystem())[0] as EntryReading;
}

function readOne(text: string): Entry {
  const reading = tryRead(text);
  if ("complaint" in reading) throw new Error(reading.complaint);
  return reading.entry;
}

function complaintOf(text: string): string {
  const reading = tryRead(text);
  return "complaint" in reading ? reading.complaint : `understood as ${reading.entry.text}`;
}

test.each([
  ["a name without a dot", "evil", "has no dot in its domain: write the domain in full."],
  ["an address without a dot", "ann@evil", "has no dot in its domain: write the domain in full."],
  ["nothing", " ", "holds no entry."],
  ["an @ alone", "@", "names no domain and no IP address."],
  ["an address without a domain", "ann@", "names no domain and no IP address."],
  ["two @", "ann@b@evil.example", "holds more than one @."],
  ["two entries", "ann@evil.example, bob@evil.example", "holds more than one @."],
  ["two domains", "evil.example, good.example", "holds a comma: give one entry at a time."],
  ["a comma for a dot", "ann@evil.example,com", "holds a comma; did you mean ann@evil.example.com?"],
  ["a semicolon for a dot", "evil;example", "holds a semicolon; did you mean evil.example?"],
  ["a blank between words", "evil example", "holds a blank."],
  ["a blank beside a dot", "evil. example", "holds a blank; did you mean evil.example?"],
  ["a blank in a local part", "ann smith@evil.example", "holds a blank before the @."],
  ["a blank before the @", "block @evil.example", "has a blank before the @; did you mean block@evil.example?"],
  [
    "signs only quotes may hold",
    "ann(x)@evil.example",
    "holds before the @ what no address holds there without quotes.",
  ],
  ["an empty label", "evil..example", "has two dots in a row; did you mean evil.example?"],
  ["everybody", "*", "would match every sender."],
  ["everybody at everything", "*@*", "would match every sender."],
  [
    "a wildcard within a name",
    "e*l.example",
    "holds a * where none is taken: it stands before a domain, as in *.evil.example.",
  ],
  [
    "a wildcard without its dot",
    "*evil.example",
    "holds a * where none is taken: it stands before a domain, as in *.evil.example; did you mean *.evil.example?",
  ],
  [
    "a wildcard in a local part",
    "ann*@evil.example",
    "holds a * where none is taken: it stands before a domain, as in *.evil.example.",
  ],
  [
    "one name below a domain",
    "ann@*.evil.example",
    "asks for all names below a domain, which is written without an @.",
  ],
  [
    "everybody below a domain",
    "*@*.evil.example",
    "asks for all names below a domain, which is written without an @; did you mean *.evil.example?",
  ],
  [
    "a dot behind the @",
    "@.evil.example",
    "asks for all names below a domain, which is written without an @; did you mean *.evil.example?",
  ],
  [
    "a range",
    "192.0.2.1-192.0.2.9",
    "is a range of addresses, which is written as networks; did you mean 192.0.2.1, 192.0.2.2/31, 192.0.2.4/30, 192.0.2.8/31?",
  ],
  [
    "a range with a short end",
    "192.0.2.0 \u2013 255",
    "is a range of addresses, which is written as networks; did you mean 192.0.2.0/24?",
  ],
  ["a range of many networks", "192.0.2.1-192.0.2.254", "is a range of addresses, which is written as networks."],
  ["a range of IPv6 addresses", "2001:db8::1-2001:db8::9", "is a range of addresses, which is written as networks."],
  ["a range of one", "192.0.2.9-9", "is a range of addresses, which is written as networks; did you mean 192.0.2.9?"],
  [
    "everything as a range",
    "0.0.0.0-255.255.255.255",
    "is a range of addresses, which is written as networks; did you mean 0.0.0.0/0?",
  ],
  [
    "a wildcard behind the @",
    "ann@*evil.example",
    "holds a * where none is taken: it stands before a domain, as in *.evil.example.",
  ],
  ["a range backwards", "192.0.2.9-192.0.2.1", "ends before it begins."],
  ["a range that is none", "192.0.2.9-300", "is no range of IPv4 addresses."],
  [
    "a wildcard of IP addresses",
    "192.0.2.*",
    "is a range of addresses, which is written as networks; did you mean 192.0.2.0/24?",
  ],
  [
    "a wider wildcard of IP addresses",
    "198.51.*",
    "is a range of addresses, which is written as networks; did you mean 198.51.0.0/16?",
  ],
  ["a netmask", "198.51.100.0/255.255.255.0", "has a netmask instead of a prefix; did you mean 198.51.100.0/24?"],
  ["a netmask with holes", "198.51.100.0/255.0.255.0", "has a netmask instead of a prefix."],
  ["leading zeros", "192.0.02.007", "has leading zeros, which not all programs read alike; did you mean 192.0.2.7?"],
  ["a number above 255", "192.0.2.300", "is no IPv4 address: each of its numbers is 255 at most."],
  ["too long a prefix", "192.0.2.0/33", "is no IPv4 network: its prefix is 32 bits at most."],
  ["too few numbers", "192.0.2", "is neither an IP address nor a domain."],
  ["a broken IPv6 address", "2001:db8::1::2", "is no IPv6 address or network that can be read."],
  ["an IPv6 address with a zone", "fe80::1%eth0", "is no IPv6 address or network that can be read."],
  [
    "host bits",
    "198.51.100.7/24",
    "has host bits set; did you mean the network 198.51.100.0/24 or the address 198.51.100.7?",
  ],
  [
    "host bits of IPv6",
    "2001:DB8::1/64",
    "has host bits set; did you mean the network 2001:db8::/64 or the address 2001:db8::1?",
  ],
  [
    "an address at an IP address",
    "ann@[192.0.2.7]",
    "mixes an IP address with a domain's signs; did you mean 192.0.2.7?",
  ],
  ["a network behind an @", "@198.51.100.0/24", "mixes a network with a domain's signs; did you mean 198.51.100.0/24?"],
  ["a port", "evil.example:25", "has a port, which no list knows; did you mean evil.example?"],
  ["a path", "evil.example/login", "has a path, which no list knows; did you mean evil.example?"],
  ["a hyphen at an edge", "-evil.example", "has a hyphen at the edge of a name."],
  ["an odd sign", "ev!l.example", "holds no well-formed domain."],
  ["the null sender", "<>", "is the null sender, which bounces and receipts have; it is never put on a list."],
  [
    "the null sender with a name",
    "Mailer <>",
    "is the null sender, which bounces and receipts have; it is never put on a list.",
  ],
  ["a web address without a host", "http:///path", "names no domain and no IP address."],
  [
    "a web address of a host without a dot",
    "http://intranet/path",
    "has no dot in its domain: write the domain in full.",
  ],
])("%s is refused with the reason", (_what, given, reason) => {
  expect(complaintOf(given)).toBe(`"${given}" ${reason}`);
});

test.each([
  ["a control character", "ann\u0007@evil.example", /^"ann @evil\.example" holds a control character/],
  ["an encoded control character", "mailto:ann%07@evil.example", /holds a control character or a line break\.$/],
  ["two lines", "evil.example\ngood.example", /holds a control character or a line break\.$/],
  ["half a character", "a\ud800@evil.example", /^"a\?@evil\.example" holds half a character\.$/],
  ["too long a local part", `${"a".repeat(65)}@evil.example`, /has more than 64 characters before the @\.$/],
  ["too long a domain", `${"a.".repeat(130)}example`, /has a domain of more than 253 characters\.$/],
  ["too long a label", `${"a".repeat(64)}.example`, /has more than 63 characters between two dots\.$/],
  ["a text", "x".repeat(5000), /is 5000 characters long, too long for an entry\.$/],
])("%s is refused without being shown as it is", (_what, given, complaint) => {
  expect(complaintOf(given)).toMatch(complaint);
});

test("a domain of 253 characters and a local part of 64 are taken", () => {
  const domain = `${"a.".repeat(123)}example`;
  expect(readOne(`${"b".repeat(64)}@${domain}`).text).toBe(`${"b".repeat(64)}@${domain}`);
  expect(domain).toHaveLength(253);
});

test("what is suggested can be read", () => {
  const given = [
    "evil.example,com",
    "*evil.example",
    "@.evil.example",
    "192.0.2.*",
    "evil..example",
    "evil.example:25",
  ];
  const suggestions = given.map((text) => /did you mean (\S+)\?$/.exec(complaintOf(text))?.[1] ?? "");
  expect(suggestions.map((text) => readOne(text).text)).toEqual([
    "@evil.example.com",
    "*.evil.example",
    "*.evil.example",
    "192.0.2.0/24",
    "@evil.example",
    "@evil.example",
  ]);
});
