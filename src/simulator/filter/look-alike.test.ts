import { domainToASCII } from "node:url";
import { expect, test } from "vitest";
import { imitatedName, isOneSlip, protectNames } from "./look-alike.ts";

const names = protectNames(["example.com", "example.net", "*.example"], ["paypal"]);

test.each([
  ["examp1e.test", "example"],
  ["exarnple.test", "example"],
  ["exmaple.test", "example"],
  ["exampl.test", "example"],
  ["login.examplle.test", "example"],
  ["example-login.examp1e.test", "example"],
  ["paypa1.test", "paypal"],
  ["paypa1-service.test", "paypal"],
  [domainToASCII("ехample.test"), "example"],
  ["example.com.login.test", "example.com"],
  ["secure.example.net.login.test", "example.net"],
])("%s imitates %s", (domain, name) => {
  expect(imitatedName(domain, names)).toBe(name);
});

test.each([
  "example.com",
  "mail.example.com",
  "shop.example",
  "simple.test",
  "sample.test",
  "vendor.test",
  "localhost",
  "",
])("%j imitates nobody", (domain) => {
  expect(imitatedName(domain, names)).toBeUndefined();
});

test.each([
  ["example", "exmple", true],
  ["example", "exxample", true],
  ["example", "exbmple", true],
  ["example", "xeample", true],
  ["example", "example", false],
  ["example", "maple", false],
  ["abcd", "badc", false],
])("%s and %s: one slip is %s", (a, b, slip) => {
  expect([isOneSlip(a, b), isOneSlip(b, a)]).toEqual([slip, slip]);
});
