import fc from "fast-check";
import { expect, test } from "vitest";
import { toBase64 } from "./base64.ts";
import { createRedaction } from "./redaction.ts";

const standIn = "<XX_REPLACED>";

// Golden values: the rules of xsoar-platform.md 4, Redaction.
test.each([
  ["as it is", 'p"\\w ö'],
  ["in base64", "cCJcdyDDtg=="],
  ["as base64 of user and password", "YW5uOnAiXHcgw7Y="],
  ["as JSON", 'p\\"\\\\w ö'],
  ["as JSON in ASCII", 'p\\"\\\\w \\u00f6'],
  ["with backslashes doubled", 'p"\\\\w ö'],
  ["as an address has it", "p%22%5Cw+%C3%B6"],
])("a password is taken out %s", (_how, written) => {
  const { redact } = createRedaction({ credentials: { identifier: "ann", password: 'p"\\w ö' } });
  expect(redact(`before ${written} after`)).toBe(`before ${standIn} after`);
});

test.each([
  "apikey",
  "Private_text",
  "password",
  "client_secret",
  "token",
  "credentials",
  "service_account_json",
  "sshKey",
])("the text of a parameter named %s is a secret, at any depth", (name) => {
  const { redact } = createRedaction({ a: { b: [{ [name]: "hush-hush" }] } });
  expect(redact("it is hush-hush.")).toBe(`it is ${standIn}.`);
});

test("user names, addresses and empty texts are no secrets", () => {
  const { redact } = createRedaction({
    url: "https://pps.example.com",
    credentials: { identifier: "ann", password: "" },
  });
  expect(redact("ann at https://pps.example.com")).toBe("ann at https://pps.example.com");
});

test("of two secrets of which one holds the other the longer goes whole", () => {
  const { redact } = createRedaction({ token: "abc", key: "abcdef" });
  expect(redact("abcdef abc")).toBe(`${standIn} ${standIn}`);
});

test("from data only what cannot stand there by chance is taken", () => {
  const redaction = createRedaction({ credentials: { identifier: "ann", password: "invoice" } });
  redaction.add("token-1");
  const data = `invoice ${toBase64("ann:invoice")} token-1`;
  expect(redaction.redactTokens(data)).toBe(`invoice ${standIn} ${standIn}`);
  expect(redaction.redact(data)).toBe(`${standIn} ${standIn} ${standIn}`);
});

test("no secret is left of any text, in any writing, whatever other secrets there are", () => {
  const secret = fc.string({ minLength: 1, maxLength: 20, unit: fc.constantFrom(...'qzj"\\ ö+/&😀') });
  const writings: ((text: string) => string)[] = [
    (text) => text,
    toBase64,
    (text) => JSON.stringify(text).slice(1, -1),
    (text) => text.replaceAll("\\", "\\\\"),
    (text) => new URLSearchParams([["", text]]).toString().slice(1).replaceAll("*", "%2A"),
  ];
  fc.assert(
    fc.property(fc.array(secret, { minLength: 1, maxLength: 4 }), secret, (keys, password) => {
      const params = { keys: keys.map((key) => ({ key })), login: { identifier: "me", password } };
      const { redact } = createRedaction(params);
      expect(redact(`T${toBase64(`me:${password}`)}T`)).toMatch(/^T(<XX_REPLACED>)+T$/);
      for (const text of [...keys, password]) {
        for (const write of writings) expect(redact(`T${write(text)}T`)).toMatch(/^T(<XX_REPLACED>)+T$/);
      }
    }),
  );
});

test("a secret that the stand-in holds is taken out, and the stand-in stays whole", () => {
  const { redact } = createRedaction({ key: "X", token: "ED" });
  expect(redact("X and ED")).toBe(`${standIn} and ${standIn}`);
});
