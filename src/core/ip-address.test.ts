import fc from "fast-check";
import { expect, test } from "vitest";
import { recogniseName } from "../client/names/recognised-name.ts";
import { readIpAddress } from "./ip-address.ts";

test("addresses are read as the host that knows all about names reads them", () => {
  const wrapped = fc.ipV4().map((address) => `::ffff:${address}`);
  const groups = fc.array(fc.constantFrom("0", "0000", "1", "ab", "FFFF", ""), { minLength: 1, maxLength: 9 });
  const soup = fc.oneof(
    groups.map((parts) => parts.join(":")),
    fc
      .array(fc.constantFrom("0", "7", "255", "256", ""), { minLength: 3, maxLength: 5 })
      .map((parts) => parts.join(".")),
  );
  const addresses = fc.oneof(fc.ipV4(), fc.ipV6(), wrapped, soup);
  fc.assert(
    fc.property(addresses, (address) => {
      expect(readIpAddress(address)).toEqual(recogniseName(address).ip);
    }),
    { numRuns: 2_000 },
  );
});

test.each([
  "",
  ":",
  ":::",
  "192.0.2",
  "192.0.2.256",
  "192.0.2.07",
  "2001:db8::1::2",
  "fe80::1%eth0",
  "::192.0.2.256",
  "12345::",
  "192.0.2.0/24",
])("%j is no address", (text) => {
  expect(readIpAddress(text)).toBeUndefined();
});
