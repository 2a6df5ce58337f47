import { expect, test } from "vitest";
import { createOwnDomains, defaultDomains } from "./own-domains.ts";

test.each([
  ["example.com", true],
  ["EXAMPLE.net", true],
  ["shop.example", true],
  ["mail.shop.example", true],
  ["example", false],
  ["mail.example.com", false],
  ["notexample.com", false],
  ["shop.test", false],
  ["", false],
])("by default %j is an own domain: %s", (domain, own) => {
  expect(createOwnDomains(defaultDomains).includes(domain)).toBe(own);
});
