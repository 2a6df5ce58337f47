import { describe, expect, test } from "vitest";
import { recogniseName } from "./recognised-name.ts";

describe("an IP address", () => {
  test.each([
    ["192.0.2.7", { version: 4, address: "192.0.2.7" }],
    ["2001:DB8:0:0::1", { version: 6, address: "2001:db8::1" }],
    ["::ffff:192.0.2.7", { version: 4, address: "192.0.2.7" }],
    ["198.51.100.77/24", { version: 4, address: "198.51.100.0", prefix: 24 }],
    ["::ffff:192.0.2.77/120", { version: 4, address: "192.0.2.0", prefix: 24 }],
    ["::ffff:192.0.2.77/24", { version: 6, address: "::", prefix: 24 }],
    ["0.0.0.0/0", { version: 4, address: "0.0.0.0", prefix: 0 }],
    ["2001:db8::1/32", { version: 6, address: "2001:db8::", prefix: 32 }],
  ])("%s is known in its canonical spelling", (name, ip) => {
    expect(recogniseName(name)).toEqual({ ip });
  });

  test.each(["192.0.2", "192.0.2.256", "0300.0.2.7", "3221225991", "fe80::1%eth0", "192.0.2.7/33", "192.0.2.7/8/8"])(
    "%s is none, and no domain either",
    (name) => {
      expect(recogniseName(name)).toEqual({});
    },
  );
});

describe("a domain", () => {
  test.each([
    ["EVIL.Example", { ascii: "evil.example", unicode: "evil.example", isPublicSuffix: false, isMailProvider: false }],
    ["bücher.example.", { ascii: "xn--bcher-kva.example", unicode: "bücher.example" }],
    ["xn--bcher-kva.example", { ascii: "xn--bcher-kva.example", unicode: "bücher.example" }],
    ["Faß.example", { ascii: "xn--fa-hia.example", unicode: "faß.example" }],
    ["ｅｖｉｌ。example。", { ascii: "evil.example", unicode: "evil.example" }],
    ["co.uk", { ascii: "co.uk", isPublicSuffix: true }],
    ["com", { ascii: "com", isPublicSuffix: true }],
    ["github.io", { ascii: "github.io", isPublicSuffix: true }],
    ["gmail.com", { ascii: "gmail.com", isPublicSuffix: false, isMailProvider: true }],
    ["müll.email", { ascii: "xn--mll-hoa.email", isPublicSuffix: false, isMailProvider: true }],
    ["公司.cn", { ascii: "xn--55qx5d.cn", isPublicSuffix: true }],
    ["xn--p1ai", { unicode: "рф", isPublicSuffix: true }],
    ["anything.ck", { isPublicSuffix: true }],
    ["www.ck", { isPublicSuffix: false }],
    ["_dmarc.evil.example", { ascii: "_dmarc.evil.example" }],
  ])("%s is known, and whose it is", (name, domain) => {
    expect(recogniseName(name)).toMatchObject({ domain });
  });

  test.each([
    "",
    "evil..example",
    "-evil.example",
    "evil-.example",
    "a b.example",
    "evil.example/path",
    "evil.123",
    "evil.0x7f",
    "\ud800.example",
  ])("%j is none", (name) => {
    expect(recogniseName(name)).toEqual({});
  });
});

test.each([
  ["evil.c0m", true],
  ["gmail.con", true],
  ["evil.com", false],
  ["evil.co.uk", false],
  ["evil.test", false],
  ["mail.internal", false],
])("%s ends in no top-level domain there is: %s", (name, isUnknown) => {
  expect(recogniseName(name).domain?.hasUnknownTop).toBe(isUnknown);
});
