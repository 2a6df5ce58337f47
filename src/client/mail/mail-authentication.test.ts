import { expect, test } from "vitest";
import { readAuthentication, readAuthenticationServer } from "./mail-authentication.ts";

test("every method of the receiving server's headers is read, with its detail", () => {
  const headers = [
    'mx.example.com 1; spf=pass smtp.mailfrom=example.net; dkim=fail reason="bad; signature" header.d=example.net',
    "mx.example.com; dmarc/1 = FAIL (p=reject; dis=none) header.from=example.net",
  ];
  expect(readAuthentication(headers)).toEqual([
    { method: "spf", result: "pass", detail: "smtp.mailfrom=example.net" },
    { method: "dkim", result: "fail", detail: 'reason="bad; signature" header.d=example.net' },
    { method: "dmarc", result: "fail", detail: "(p=reject; dis=none) header.from=example.net" },
  ]);
});

test("verdicts that came with the message from another server do not count", () => {
  const headers = ["mx.example.com; spf=fail", "evil.example.net; spf=pass; dkim=pass"];
  expect(readAuthentication(headers)).toEqual([{ method: "spf", result: "fail", detail: "" }]);
});

test.each([
  [["MX.Example.com 1; spf=pass", "other.example; spf=fail"], "mx.example.com"],
  [["(a comment) mx.example.com (another); none"], "mx.example.com"],
  [["; spf=pass"], ""],
  [[], ""],
])("of %j it is told who wrote the topmost", (headers, server) => {
  expect(readAuthenticationServer(headers)).toBe(server);
});

test.each([[[]], [["mx.example.com; none"]], [[""]], [["((((;;;;\\"]]])("%j holds no verdict", (headers) => {
  expect(readAuthentication(headers)).toEqual([]);
});
