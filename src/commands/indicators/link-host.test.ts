import fc from "fast-check";
import { expect, test } from "vitest";
import { hostOf } from "./link-host.ts";

test.each([
  ["https://Shop.Example/a@b", "shop.example"],
  ["https://bank.example@evil.example:8443/", "evil.example"],
  ["https://user:p%40ss@evil.example", "evil.example"],
  ["https:\\\\evil.example\\a", "evil.example"],
  ["https:/evil.example", "evil.example"],
  ["https://ev%69l.example/", "evil.example"],
  ["https://evil。example", "evil.example"],
  ["https://evil.example.?a", "evil.example"],
  ["https://evil.example#@bank.example", "evil.example"],
  ["https://[2001:db8::1]:443/", "2001:db8::1"],
  ["https://%/", "%"],
  ["mailto:ann@shop.example", ""],
  ["https://", ""],
  ["", ""],
])("the host of %j is %j", (url, host) => {
  expect(hostOf(url)).toBe(host);
});

test("it is the host a browser goes to", () => {
  fc.assert(
    fc.property(fc.webUrl({ withFragments: true, withQueryParameters: true }), (url) => {
      expect(hostOf(url)).toBe(new URL(url).hostname);
    }),
  );
});
