import type { FailureKind } from "./failure.ts";

const kindByCode: Readonly<Record<string, FailureKind>> = {
  ENOTFOUND: "unknown-host",
  EAI_NONAME: "unknown-host",
  EAI_AGAIN: "no-name-service",
  EAI_FAIL: "no-name-service",
  ECONNREFUSED: "connection-refused",
  EHOSTUNREACH: "no-route",
  ENETUNREACH: "no-route",
  EHOSTDOWN: "no-route",
  EADDRNOTAVAIL: "no-route",
  UND_ERR_CONNECT_TIMEOUT: "connect-timeout",
  UND_ERR_SOCKET: "reset",
  UND_ERR_INFO: "reset",
  ECONNRESET: "reset",
  ECONNABORTED: "reset",
  EPIPE: "reset",
  UND_ERR_PRX_CONN: "proxy-refused",
  UND_ERR_PRX_TLS: "proxy-refused",
  CERT_HAS_EXPIRED: "tls-expired",
  CERT_NOT_YET_VALID: "tls-not-yet-valid",
  ERR_TLS_CERT_ALTNAME_INVALID: "tls-wrong-name",
  HOSTNAME_MISMATCH: "tls-wrong-name",
  DEPTH_ZERO_SELF_SIGNED_CERT: "tls-unknown-authority",
  SELF_SIGNED_CERT_IN_CHAIN: "tls-unknown-authority",
  UNABLE_TO_GET_ISSUER_CERT: "tls-unknown-authority",
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: "tls-unknown-authority",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: "tls-unknown-authority",
  CERT_UNTRUSTED: "tls-unknown-authority",
  ERR_SSL_WRONG_VERSION_NUMBER: "tls-not-spoken",
  ERR_SSL_HTTP_REQUEST: "tls-not-spoken",
  ERR_SSL_PACKET_LENGTH_TOO_LONG: "tls-not-spoken",
  ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED: "tls-client-certificate",
  ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE: "tls-other",
  ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE: "tls-client-certificate",
  ERR_SSL_TLSV1_ALERT_UNKNOWN_CA: "tls-client-certificate",
};

/** Certificate verdicts of OpenSSL, as Node spells them, beyond those with a sentence of their own. */
const certificateVerdict = /^(CERT_|CRL_|UNABLE_TO_|ERROR_IN_CERT|ERROR_IN_CRL|INVALID_|PATH_LENGTH|OUT_OF_MEM)/;

/** Tells what went wrong by the code of Node's or undici's error, and by how far the request had come. */
export function readFailureKind(error: unknown, at: { sent: boolean; answered: boolean }): FailureKind {
  const { code, message, name } = readError(error);
  if (name === "HTTPParserError") return at.answered ? "cut-short" : "not-http";
  if (code === "UND_ERR_RES_CONTENT_LENGTH_MISMATCH") return "cut-short";
  if (code === "UND_ERR_HEADERS_OVERFLOW") return "too-large";
  if (code === "ETIMEDOUT") return at.sent ? "timeout" : "connect-timeout";
  if (code === "UND_ERR_ABORTED" && /^Proxy response/.test(message)) return "proxy-refused";
  const kind = kindByCode[code];
  if (kind === "reset") return at.answered ? "cut-short" : at.sent ? "reset" : "connect-reset";
  if (kind !== undefined) return kind;
  if (code.startsWith("ERR_SSL_") || code.startsWith("ERR_TLS_") || code === "EPROTO") return "tls-other";
  if (certificateVerdict.test(code)) return "tls-other";
  return at.answered ? "cut-short" : at.sent ? "reset" : "connect-reset";
}

/** Several addresses of one host were tried: the first verdict stands for all. */
function readError(error: unknown): { code: string; message: string; name: string } {
  const found = error instanceof AggregateError && error.errors.length > 0 ? error.errors[0] : error;
  const text = (value: unknown) => (typeof value === "string" ? value : "");
  const { code, message, name } = found as { code?: unknown; message?: unknown; name?: unknown };
  return { code: text(code), message: text(message), name: text(name) };
}
