import fc from "fast-check";
import { expect, test } from "vitest";
import { readMailContent } from "./mail-content.ts";
import { concernsMail } from "./organisation-entry.ts";

// pps-api.md 7, rows `attribute` and `operator`.

const mail = await readMailContent({
  guid: "g",
  qid: "q",
  sid: "s",
  receivedAt: 0,
  envelope: { from: "Bounce@Mailer.example", to: ["ann@example.com", "ben@example.com"] },
  peer: { ip: "198.51.100.7", host: "mx.mailer.example", helo: "[198.51.100.7]", tls: "" },
  raw: Buffer.from("From: Shop <news@Shop.example>\r\n\r\nText\r\n"),
});

const concerns = (attribute: string, operator: string, value: string, recipient = "ann@example.com", of = mail) =>
  concernsMail({ attribute, operator, value, comment: "" }, of, recipient);

test.each([
  ["$from", "equal", "bounce@mailer.EXAMPLE", true],
  ["$from", "equal", "mailer.example", false],
  ["$from", "equal", "news@shop.example", false],
  ["$from", "contain", "@mailer.example", true],
  ["$from", "contain", ".mailer.example", false],
  ["$from", "not_equal", "bounce@mailer.example", false],
  ["$from", "not_equal", "somebody@else.example", true],
  ["$from", "not_contain", "MAILER", false],
  ["$from", "not_contain", "shop", true],
  ["$hfrom", "equal", "NEWS@shop.example", true],
  ["$hfrom", "contain", "@shop.", true],
  ["$hfrom", "equal", "bounce@mailer.example", false],
  ["$host", "equal", "MX.mailer.example", true],
  ["$host", "contain", ".mailer.example", true],
  ["$helo", "equal", "[198.51.100.7]", true],
  ["$helo", "contain", "mailer", false],
  ["$rcpt", "equal", "Ann@example.com", true],
  ["$rcpt", "equal", "ben@example.com", false],
  ["$rcpt", "contain", "@example.com", true],
  ["$ip", "equal", "198.51.100.7", true],
  ["$ip", "equal", "198.51.100.0/24", true],
  ["$ip", "equal", "198.51.101.0/24", false],
  ["$ip", "equal", "198.51.100.0/99", false],
  ["$ip", "equal", "198.51.100.0/", false],
  ["$ip", "equal", "no address", false],
  ["$ip", "not_equal", "198.51.100.0/25", false],
  ["$ip", "not_equal", "203.0.113.0/24", true],
  ["$ip", "contain", "198.51.", true],
  ["$from", "is_in_list", "bounce@mailer.example", false],
  ["$subject", "contain", "", false],
  ["constructor", "not_equal", "x", false],
])("%s %s %j: %s", (attribute, operator, value, expected) => {
  expect(concerns(attribute, operator, value)).toBe(expected);
});

test("an IPv6 address is the same however it is written, and lies in its network", () => {
  const of = { ...mail, peer: { ...mail.peer, ip: "2001:db8::1" } };
  const ip = (value: string) => concerns("$ip", "equal", value, "ann@example.com", of);
  expect(["2001:DB8:0:0::1", "2001:db8::/32", "2001:db9::/32", "192.0.2.1", "192.0.2.0/24"].map(ip)).toEqual([
    true,
    true,
    false,
    false,
    false,
  ]);
});

test("the negated operators say the opposite, whatever the value", () => {
  const attribute = fc.constantFrom("$from", "$hfrom", "$ip", "$host", "$helo", "$rcpt");
  const value = fc.oneof(fc.string(), fc.constantFrom("198.51.100.7", "198.51.100.0/24", "mailer.example", "ann"));
  fc.assert(
    fc.property(attribute, value, (name, text) => {
      for (const operator of ["equal", "contain"]) {
        expect(concerns(name, `not_${operator}`, text)).toBe(!concerns(name, operator, text));
      }
    }),
  );
});
