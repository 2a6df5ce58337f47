import fc from "fast-check";
import { expect, test } from "vitest";
import { createMailSystem } from "../../../../test/model/mail-system.ts";
import { isPpsError, type PpsError } from "../../../core/errors.ts";
import { run } from "../../../core/run.ts";
import { type Entry, type EntryReading, readEntries, tryReadEntries } from "./entry.ts";

function tryRead(text: string): EntryReading {
  return run(tryReadEntries([text]), createMailSystem())[0] as EntryReading;
}

function read(...texts: string[]): Entry[] {
  return run(readEntries(texts, { field: "entries" }), createMailSystem());
}

function readOne(text: string): Entry {
  return read(text)[0] as Entry;
}

function complaintOf(text: string): string {
  const reading = tryRead(text);
  return "complaint" in reading ? reading.complaint : `understood as ${reading.entry.text}`;
}

test.each([
  ["an address", "ann@evil.example", "address", "ann@evil.example"],
  ["an address in upper case", "Ann@EVIL.Example", "address", "ann@evil.example"],
  ["a domain", "evil.example", "domain", "@evil.example"],
  ["a domain behind an @", "@evil.example", "domain", "@evil.example"],
  ["everybody of a domain", "*@evil.example", "domain", "@evil.example"],
  ["all names below a domain", "*.evil.example", "subdomains", "*.evil.example"],
  ["a domain behind a dot", ".evil.example", "subdomains", "*.evil.example"],
  ["a whole top-level domain", "*.test", "subdomains", "*.test"],
  ["an IPv4 address", "192.0.2.7", "ip", "192.0.2.7"],
  ["an IPv4 address in brackets", "[192.0.2.7]", "ip", "192.0.2.7"],
  ["an IPv6 address written long", "2001:0DB8:0:0::1", "ip", "2001:db8::1"],
  ["an IPv6 address in brackets", "[2001:db8::1]", "ip", "2001:db8::1"],
  ["an IPv6 address literal of mail", "[IPv6:2001:db8::1]", "ip", "2001:db8::1"],
  ["an IPv4 address written as IPv6", "::ffff:192.0.2.1", "ip", "192.0.2.1"],
  ["an IPv4 network", "198.51.100.0/24", "network", "198.51.100.0/24"],
  ["an IPv6 network", "2001:DB8::/32", "network", "2001:db8::/32"],
  ["a network of one address", "198.51.100.7/32", "ip", "198.51.100.7"],
  ["an IPv6 network of one address", "2001:db8::7/128", "ip", "2001:db8::7"],
  ["blanks around", "  evil.example\t", "domain", "@evil.example"],
  ["blanks beside the @", "ann @ evil.example", "address", "ann@evil.example"],
  ["a display name", '"Ann Example" <ann@evil.example>', "address", "ann@evil.example"],
  ["a display name that looks like an address", "ceo@good.example <ann@evil.example>", "address", "ann@evil.example"],
  ["angle brackets alone", "<ann@evil.example>", "address", "ann@evil.example"],
  ["quotes around", '"ann@evil.example"', "address", "ann@evil.example"],
  ["curly quotes around", "\u201cevil.example\u201d", "domain", "@evil.example"],
  ["parentheses around", "(evil.example)", "domain", "@evil.example"],
  ["a mailto: address", "mailto:ann@evil.example?subject=x", "address", "ann@evil.example"],
  ["a mailto: address in percent signs", "MAILTO:ann%2bx%40evil.example", "address", "ann+x@evil.example"],
  ["a mailto: address with a stray percent sign", "mailto:ann%zz@evil.example", "address", "ann%zz@evil.example"],
  ["a dot behind", "evil.example.", "domain", "@evil.example"],
  ["a comma and a semicolon behind", "ann@evil.example,;", "address", "ann@evil.example"],
  ["[.]", "evil[.]example", "domain", "@evil.example"],
  ["(.)", "evil(.)example", "domain", "@evil.example"],
  ["{.}", "evil{.}example", "domain", "@evil.example"],
  ["[dot]", "evil[dot]example", "domain", "@evil.example"],
  ["(DOT) between blanks", "evil (DOT) example", "domain", "@evil.example"],
  ["[@]", "ann[@]evil.example", "address", "ann@evil.example"],
  ["[at] and [dot]", "ann [at] evil [dot] example", "address", "ann@evil.example"],
  ["a defanged IPv4 address", "192.0.2[.]7", "ip", "192.0.2.7"],
  ["a defanged IPv6 address", "2001[:]db8::1", "ip", "2001:db8::1"],
  ["hxxp://", "hxxp://evil.example/path", "domain", "@evil.example"],
  ["hxxps[:]//", "hxxps[:]//evil[.]example", "domain", "@evil.example"],
  ["hxxps[://]", "hxxps[://]evil[.]example/", "domain", "@evil.example"],
  ["h**p://", "h**p://evil.example", "domain", "@evil.example"],
  ["meow://", "meow://evil.example", "domain", "@evil.example"],
  ["a web address with a deceiving user", "https://good.example@evil.example:443/x?y#z", "domain", "@evil.example"],
  ["a web address with a backslash", "https://evil.example\\@good.example/", "domain", "@evil.example"],
  ["a web address with an IPv4 host", "http://192.0.2.7:8080/x", "ip", "192.0.2.7"],
  ["a web address with an IPv6 host", "http://[2001:db8::1]:8080/", "ip", "2001:db8::1"],
  ["an international domain", "B\u00fccher.example", "domain", "@xn--bcher-kva.example"],
  ["an international domain below", "*.b\u00fccher.example", "subdomains", "*.xn--bcher-kva.example"],
  [
    "full-width letters",
    "\uff45\uff56\uff49\uff4c\uff0e\uff45\uff58\uff41\uff4d\uff50\uff4c\uff45",
    "domain",
    "@evil.example",
  ],
  ["a full-width @", "ann\uff20evil.example", "address", "ann@evil.example"],
  ["an ideographic dot", "evil\u3002example", "domain", "@evil.example"],
  ["full-width digits", "\uff11\uff19\uff12.0.2.7", "ip", "192.0.2.7"],
  ["invisible characters", "\u200bevil\u00ad.exa\u2060mple", "domain", "@evil.example"],
  ["invisible characters in an address", "a\u200bnn@evil.example", "address", "ann@evil.example"],
  ["an IPv4 address with ideographic dots", "192\u30020\u30022\uff617", "ip", "192.0.2.7"],
  ["blanks of all kinds and numbers", "ann\t @  evil (dot)\u00a0 example", "address", "ann@evil.example"],
  ["a dot behind the host of a web address", "https://evil.example./", "domain", "@evil.example"],
  ["a * in quotes", '"a*b"@evil.example', "address", '"a*b"@evil.example'],
  ["a dot at the edge of quotes", '".ann"@evil.example', "address", '".ann"@evil.example'],
  ["quotes and backslashes in quotes", '"a\\"b\\\\c"@evil.example', "address", '"a\\"b\\\\c"@evil.example'],
  ["a quoted local part", '"Ann B"@evil.example', "address", '"ann b"@evil.example'],
  ["a quoted local part with an @ and brackets", '"a@b [.] c"@evil[.]example', "address", '"a@b [.] c"@evil.example'],
  ["needless quotes", '"ann"@evil.example', "address", "ann@evil.example"],
  ["needless backslashes", '"a\\nn b"@evil.example', "address", '"ann b"@evil.example'],
  ["a plus address", "ann+news@evil.example", "address", "ann+news@evil.example"],
  ["a bounce address", "SRS0=x=y=evil.example=ann@evil.example", "address", "srs0=x=y=evil.example=ann@evil.example"],
  ["dots at odd places", "ann..b.@evil.example", "address", "ann..b.@evil.example"],
  ["letters beyond ASCII before the @", "Jos\u00e9@evil.example", "address", "jos\u00e9@evil.example"],
  ["an underscore", "_mail.evil.example", "domain", "@_mail.evil.example"],
])("%s is understood", (_what, given, kind, text) => {
  expect(readOne(given)).toMatchObject({ given, kind, text });
});

test("an entry knows its parts", () => {
  expect(readOne("Ann@Mail.Evil.Example")).toMatchObject({
    local: "ann",
    domain: { ascii: "mail.evil.example", isPublicSuffix: false },
  });
  expect(readOne("198.51.100.0/24").ip).toEqual({ version: 4, address: "198.51.100.0", prefix: 24 });
  expect(readOne("198.51.100.7/32").ip).toEqual({ version: 4, address: "198.51.100.7" });
});

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

test("a web address says that its host alone counts", () => {
  expect(readOne("hxxp://evil.example/path").note).toBe("Of the web address only the host counts: @evil.example.");
});

test("a name that shows in other letters than it is sent in says so", () => {
  // A Cyrillic letter that looks like an a.
  expect(readOne("p\u0430y.example").note).toBe("@xn--py-7kc.example shows as p\u0430y.example.");
  expect(readOne("xn--mnchen-3ya.example").note).toBe("@xn--mnchen-3ya.example shows as m\u00fcnchen.example.");
  expect(readOne("evil.example")).not.toHaveProperty("note");
});

test("different spellings of one entry are one entry, where the first of them stands", () => {
  expect(read("b.example", "EVIL[.]example", "@evil.example", "hxxp://evil.example", "b.example.")).toMatchObject([
    { text: "@b.example", given: "b.example" },
    { text: "@evil.example", given: "EVIL[.]example" },
  ]);
});

test("one error names what is refused, and where it stands", () => {
  const texts = ["evil.example", "evil", "a b.example"];
  const placeOf = (index: number) => `line ${index + 1} of the file`;
  expect(() => run(readEntries(texts, { field: "file", placeOf }), createMailSystem())).toThrow(
    expect.objectContaining({
      code: "bad_input",
      field: "file",
      message:
        'line 2 of the file: "evil" has no dot in its domain: write the domain in full. line 3 of the file: "a b.example" holds a blank.',
    }) as Error,
  );
});

test("of many that are refused five are shown and the rest are counted", () => {
  expect(() => read("a", "b", "c", "d", "e", "f", "g")).toThrow(/"e" has no dot.*There are 2 more of these\.$/);
  expect(() => read("a", "b", "c", "d", "e", "f", "g")).not.toThrow(/"f"/);
});

test("reading for removal keeps each text's place, refused or not", () => {
  const readings = run(tryReadEntries(["evil", "198.51.100.0/24", "x y", "evil.example"]), createMailSystem());
  expect(readings.map((reading) => ("entry" in reading ? reading.entry.text : "refused"))).toEqual([
    "refused",
    "198.51.100.0/24",
    "refused",
    "@evil.example",
  ]);
});

const label = fc.stringMatching(/^[a-z0-9]{1,12}$/);
const domain = fc
  .tuple(fc.array(label, { minLength: 1, maxLength: 4 }), fc.constantFrom("example", "test"))
  .map(([labels, top]) => [...labels, top].join("."));
const local = fc.stringMatching(/^[a-z0-9!#$%&'+/=?^_`|~-]{1,20}$/);
const address = fc.tuple(local, domain).map((parts) => parts.join("@"));
const ip = fc.oneof(fc.ipV4(), fc.ipV6());
const writable = fc.oneof(
  address,
  domain,
  ip,
  domain.map((name) => `*.${name}`),
  fc.ipV4().map((first) => `${first}/32`),
);

// Every sign that the reader acts on, so that random texts reach all of it.
const signs = [
  "@",
  ".",
  "*",
  "<",
  ">",
  '"',
  "\\",
  "[",
  "]",
  "(",
  ")",
  "{",
  "}",
  ",",
  ";",
  ":",
  "/",
  "?",
  "%",
  "-",
  " ",
  "\t",
  "a",
  "\u00dc",
  "\u0130",
  "1",
  "0",
  "255",
  "192.0.2.",
  "2001:db8::",
  "example",
  "mailto:",
  "hxxp://",
  "[.]",
  "(at)",
  "dot",
  "xn--",
  "\u3002",
  "\uff20",
  "\uff0e",
  "\u200b",
  "\ud800",
  "\u0000",
  "%40",
];
const anything = fc.oneof(
  fc.array(fc.constantFrom(...signs), { maxLength: 12 }).map((parts) => parts.join("")),
  fc.tuple(fc.constantFrom(...signs), writable, fc.constantFrom(...signs)).map((parts) => parts.join("")),
  fc.string({ unit: "binary" }),
);

test("what was understood is understood the same again", () => {
  fc.assert(
    fc.property(fc.oneof(writable, anything), (text) => {
      const reading = tryRead(text);
      if (!("entry" in reading)) return;
      const { given, note, ...entry } = reading.entry;
      expect(readOne(entry.text)).toMatchObject(entry);
    }),
    { numRuns: 2000 },
  );
});

test("whatever is written, it is understood or refused in one line that can be printed", () => {
  fc.assert(
    fc.property(anything, (text) => {
      try {
        for (const entry of read(text)) expect(entry.text).toMatch(/^[^\p{Cc}\p{Cs}]+$/u);
      } catch (error) {
        expect(isPpsError(error)).toBe(true);
        expect((error as PpsError).code).toBe("bad_input");
        expect((error as PpsError).message).toMatch(/^"[^\p{Cc}\p{Cs}]*[.?]$/u);
      }
    }),
    { numRuns: 2000 },
  );
});

test("a defanged entry means what it meant before", () => {
  const dot = fc.constantFrom("[.]", "(.)", "{.}", "[dot]", "(DOT)", " [.] ", " {dot} ");
  const at = fc.constantFrom("[@]", "(at)", " [at] ", "{AT}");
  fc.assert(
    fc.property(fc.oneof(address, domain, fc.ipV4()), dot, at, (text, dotSign, atSign) => {
      const name = text.lastIndexOf("@") + 1;
      const defanged = text.slice(0, name).replace("@", atSign) + text.slice(name).replaceAll(".", dotSign);
      expect(readOne(defanged).text).toBe(readOne(text).text);
    }),
  );
});

test("however often and however written, each entry is read once", () => {
  const dress = fc.constantFrom<(text: string) => string>(
    (text) => text,
    (text) => ` ${text}.`,
    (text) => text.toUpperCase(),
    (text) => `<${text}>`,
    (text) => `'${text}',`,
  );
  fc.assert(
    fc.property(
      fc.array(fc.tuple(writable, fc.array(dress, { minLength: 1, maxLength: 3 })), { maxLength: 8 }),
      (all) => {
        const texts = all.flatMap(([text, dresses]) => dresses.map((put) => put(text)));
        const once = read(...all.map(([text]) => text)).map(({ text }) => text);
        expect(read(...texts).map(({ text }) => text)).toEqual(once);
        expect(new Set(once).size).toBe(once.length);
      },
    ),
  );
});
