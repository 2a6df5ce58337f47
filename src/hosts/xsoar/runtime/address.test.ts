import { expect, test } from "vitest";
import { readAddress } from "./address.ts";

const form = { name: "Server URL", example: "https://pps.example.com:10000", defaultPort: 10_000 };

test.each([
  ["https://pps.example.com:10000", "https://pps.example.com:10000"],
  [" HTTPS://pps.example.com/ ", "https://pps.example.com:10000"],
  ["https://pps.example.com:443", "https://pps.example.com:443"],
  ["https://pps.example.com:10000/proxy//", "https://pps.example.com:10000/proxy"],
  ["https://[2001:db8::1]", "https://[2001:db8::1]:10000"],
  ["https://192.0.2.7:00443", "https://192.0.2.7:443"],
  ["http://127.0.0.1:8080", "http://127.0.0.1:8080"],
  ["http://localhost", "http://localhost:10000"],
])("%j is read as %s", (given, read) => {
  expect(readAddress(given, form)).toBe(read);
});

test("without a default the port stays the scheme's own", () => {
  expect(readAddress("https://cloud.example/v1/token", { name: "Token URL", example: "" })).toBe(
    "https://cloud.example/v1/token",
  );
});

test.each([
  ["", "is missing"],
  ["pps.example.com:10000", "does not begin with https://"],
  ["ftp://pps.example.com", "does not begin with https://"],
  ["http://pps.example.com", "would send the password unprotected"],
  ["https://ann:hush@pps.example.com", "holds a user name or password"],
  ["https://", "cannot be read|not an address"],
  ["https://pps.example.com:99999", "not an address"],
  ["https://pps.example.com:0", "not an address"],
  ["https://pps example.com", "not an address"],
  ["https://pps.example.com/?a=1", "not an address"],
  ["https://pps.example.com/#a", "not an address"],
])("%j is refused in one sentence that names the parameter and gives an example", (given, why) => {
  const read = () => readAddress(given, form);
  expect(read).toThrow(new RegExp(`^The parameter Server URL .*(${why})`));
  expect(read).not.toThrow(/hush/);
  expect(read).toThrow(
    expect.objectContaining({ code: "bad_input", hint: "Write it as https://pps.example.com:10000." }),
  );
});
