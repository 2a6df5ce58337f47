import fc from "fast-check";
import { expect, test } from "vitest";
import { unwrap } from "../lists/entry/unwrapped.ts";
import { hostOfWebAddress } from "../lists/entry/web-address.ts";
import { defang } from "./defang.ts";

test.each([
  ["https://evil.example/a.b?c=d@e", "hxxps://evil[.]example/a[.]b?c=d[@]e"],
  ["HTTP://EVIL.example", "hxxp://EVIL[.]example"],
  ["ann@evil.example", "ann[@]evil[.]example"],
  ["192.0.2.7", "192[.]0[.]2[.]7"],
  ["https://evil。example", "hxxps://evil[。]example"],
  ["See https://evil.example/a. Then go.", "See hxxps://evil[.]example/a. Then go."],
  ["hxxps://evil[.]example", "hxxps://evil[.]example"],
  ["Invoice 4711", "Invoice 4711"],
  ["", ""],
])("%j is shown as %j", (text, shown) => {
  expect(defang(text)).toBe(shown);
});

const label = fc.stringMatching(/^[a-z0-9]{1,8}$/);
const domain = fc.array(label, { minLength: 2, maxLength: 4 }).map((labels) => labels.join("."));
const localPart = fc.oneof(
  fc.stringMatching(/^[a-z0-9+_=-]{1,10}(\.[a-z0-9]{1,5})?$/),
  fc.constantFrom('"a.b@c"', '"a [.] b"', '"\\"."'),
);
const address = fc.tuple(localPart, domain).map((parts) => parts.join("@"));
const link = fc
  .tuple(fc.constantFrom("http", "https"), domain, fc.stringMatching(/^(:80)?\/[a-z0-9./?=&%-]{0,20}[a-z]$/))
  .map(([scheme, host, rest]) => `${scheme}://${host}${rest}`);

test("what is defanged is no link nor address any more, and is read back as it was", () => {
  fc.assert(
    fc.property(fc.oneof(domain, address, fc.ipV4()), (name) => {
      expect(unwrap(defang(name))).toBe(name);
      expect(defang(defang(name))).toBe(defang(name));
    }),
  );
  fc.assert(
    fc.property(link, (url) => {
      expect(defang(url)).not.toMatch(/https?:|[a-z0-9]\.[a-z0-9]/);
      expect(unwrap(defang(url)).replace(/^hxxp/, "http")).toBe(url);
      expect(hostOfWebAddress(unwrap(defang(url)))).toBe(hostOfWebAddress(url));
    }),
  );
});
