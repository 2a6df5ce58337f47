import { expect, test } from "vitest";
import { readFailureKind } from "./failure-kind.ts";

const unsent = { sent: false, answered: false };
const sent = { sent: true, answered: false };
const answered = { sent: true, answered: true };
const error = (code: string, message = "", name = "Error") => Object.assign(new Error(message), { code, name });

test.each([
  ["EAI_AGAIN", "no-name-service"],
  ["EHOSTUNREACH", "no-route"],
  ["ENETUNREACH", "no-route"],
  ["ETIMEDOUT", "connect-timeout"],
  ["UND_ERR_CONNECT_TIMEOUT", "connect-timeout"],
  ["CERT_NOT_YET_VALID", "tls-not-yet-valid"],
  ["SELF_SIGNED_CERT_IN_CHAIN", "tls-unknown-authority"],
  ["DEPTH_ZERO_SELF_SIGNED_CERT", "tls-unknown-authority"],
  ["CERT_REVOKED", "tls-other"],
  ["CERT_SIGNATURE_FAILURE", "tls-other"],
  ["EPROTO", "tls-other"],
  ["ERR_SSL_UNSUPPORTED_PROTOCOL", "tls-other"],
  ["UND_ERR_PRX_TLS", "proxy-refused"],
  ["", "connect-reset"],
] as const)("%s before the request left is %s", (code, kind) => {
  expect(readFailureKind(error(code), unsent)).toBe(kind);
});

test("one code means different things by how far the request had come", () => {
  expect(readFailureKind(error("ECONNRESET"), unsent)).toBe("connect-reset");
  expect(readFailureKind(error("ECONNRESET"), sent)).toBe("reset");
  expect(readFailureKind(error("ECONNRESET"), answered)).toBe("cut-short");
  expect(readFailureKind(error("ETIMEDOUT"), sent)).toBe("timeout");
  expect(readFailureKind(error("", "", "HTTPParserError"), sent)).toBe("not-http");
  expect(readFailureKind(error("", "", "HTTPParserError"), answered)).toBe("cut-short");
});

test("a client certificate asked for only after the request left is still told as such", () => {
  const asked = error("ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED");
  expect(readFailureKind(asked, sent)).toBe("tls-client-certificate");
});

test("when all addresses of a host fail, the first verdict stands", () => {
  const all = new AggregateError([error("ECONNREFUSED"), error("ENETUNREACH")]);
  expect(readFailureKind(all, unsent)).toBe("connection-refused");
});
