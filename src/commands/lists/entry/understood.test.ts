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
