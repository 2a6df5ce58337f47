import fc from "fast-check";
import { expect, test } from "vitest";
import { isPpsError } from "../../core/errors.ts";
import { hostOf, portOf, readAddress } from "./address.ts";

test.each([
  ["https://pps.example.com", "https://pps.example.com:10000"],
  ["https://pps.example.com/", "https://pps.example.com:10000"],
  [" https://PPS.example.com:10000 ", "https://pps.example.com:10000"],
  ["https://pps.example.com:8443", "https://pps.example.com:8443"],
  ["https://pps.example.com:443", "https://pps.example.com"],
  ["https:\\\\pps.example.com:443\\", "https://pps.example.com"],
  ["https://192.0.2.7", "https://192.0.2.7:10000"],
  ["https://[2001:db8::7]", "https://[2001:db8::7]:10000"],
  ["http://127.0.0.1:8080", "http://127.0.0.1:8080"],
  ["http://localhost", "http://localhost:10000"],
  ["http://[::1]:80", "http://[::1]"],
])("%j is read as %s", (text, origin) => {
  expect(readAddress(text).origin).toBe(origin);
});

test.each([
  ["", /missing/],
  ["pps.example.com:10000", /begin with https/],
  ["http://pps.example.com", /unprotected/],
  ["http://127.example.com", /unprotected/],
  ["ftp://pps.example.com", /ftp/],
  ["https://", /cannot be|no host|not an address/],
  ["https://pps.example.com:99999", /not an address/],
  ["https://admin:secret@pps.example.com", /user name or password/],
  ["https://pps.example.com/rest/v1", /host and port/],
  ["https://pps.example.com?x=1", /host and port/],
  ["https://pps.example.com:443?", /host and port/],
])("%j is refused", (text, complaint) => {
  expect(() => readAddress(text)).toThrow(expect.objectContaining({ code: "bad_input", field: "url" }));
  expect(() => readAddress(text)).toThrow(complaint);
  expect(() => readAddress(text)).not.toThrow(/secret/);
});

const pieces = fc.constantFrom(
  ...["https:", "http:", "HTTPS:", "ftp:", "//", "/", "\\\\", "pps.example.com", "127.0.0.1", "[::1]", "localhost"],
  ...[
    ":",
    ":443",
    ":80",
    ":10000",
    ":0",
    "@",
    "user:secret@",
    "?",
    "#",
    "?x=1",
    "/rest/v1",
    " ",
    "\t",
    "%41",
    "ü",
    ".",
  ],
);

test("whatever is given is either refused as bad input or read to an origin that leads to itself", () => {
  const address = fc.array(fc.oneof(pieces, fc.string({ maxLength: 3 })), { maxLength: 7 }).map((all) => all.join(""));
  fc.assert(
    fc.property(
      fc.oneof(
        address,
        address.map((rest) => `https://pps.example.com${rest}`),
      ),
      (text) => {
        let url: URL;
        try {
          url = readAddress(text);
        } catch (error) {
          return isPpsError(error);
        }
        // An address written out names its port, unless it is the scheme's own.
        const written = `${url.protocol}//${url.hostname}:${portOf(url)}`;
        return readAddress(written).href === url.href && url.href === `${url.origin}/` && hostOf(url) !== "";
      },
    ),
    { numRuns: 2000 },
  );
});
