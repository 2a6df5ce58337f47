import { expect, test } from "vitest";
import { fileBytes, type RawReply, readReply } from "./reply.ts";

const secret = {
  redact: (text: string) => text.replaceAll("correct horse", "[secret]"),
  redactToken: (text: string) => text,
};
const read = (raw: Partial<RawReply>, expected: "text" | "file" = "text") =>
  readReply({ status: 200, headers: {}, body: Buffer.alloc(0), ...raw }, expected, secret);

test.each([
  ["text/plain; charset=iso-8859-1", "caf\u00e9"],
  ['text/plain; charset="ISO-8859-1"', "caf\u00e9"],
  ["text/plain", "caf\ufffd"],
  ["text/plain; charset=klingon", "caf\ufffd"],
])("a text of the type %s is decoded as it says, else as UTF-8", (type, text) => {
  expect(read({ headers: { "content-type": type }, body: Buffer.from("caf\xe9", "latin1") }).text).toBe(text);
});

test("a byte order mark is no part of the text", () => {
  expect(read({ body: Buffer.from("\ufeff{}") }).text).toBe("{}");
});

test.each([
  ["x-request-id"],
  ["request-id"],
  ["x-correlation-id"],
  ["x-amzn-requestid"],
  ["x-trace-id"],
  ["x-proofpoint-transaction-id"],
])("the header %s is kept as the request id", (name) => {
  expect(read({ headers: { [name]: "abc-1" } }).requestId).toBe("abc-1");
});

test.each([["x-request-id-hint"], ["x-identity"], ["etag"]])("the header %s is no request id", (name) => {
  expect(read({ headers: { [name]: "abc-1" } }).requestId).toBeUndefined();
});

test("a request id is short and printable", () => {
  expect(read({ headers: { "x-request-id": `a\u0000b${"c".repeat(500)}` } }).requestId).toMatch(/^a bc{197}$/);
});

test("cookies are not kept", () => {
  expect(read({ headers: { "set-cookie": ["session=1"], server: "x" } }).headers).toEqual({ server: "x" });
});

test("the password is blotted out of words, and left alone in records, where it may be an ordinary word", () => {
  expect(read({ status: 400, body: Buffer.from("no correct horse") }).text).toBe("no [secret]");
  expect(read({ body: Buffer.from("<p>correct horse") }).text).toBe("<p>[secret]");
  expect(read({ body: Buffer.from('{"subject":"correct horse"}') }).text).toBe('{"subject":"correct horse"}');
});

test("the bytes of a file held by another host cannot be had", () => {
  expect(() => fileBytes({ handle: "entry-1", head: "" })).toThrow(TypeError);
});
