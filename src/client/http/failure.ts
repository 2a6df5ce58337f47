import { type ErrorCode, PpsError } from "../../core/errors.ts";

/** Why no usable answer came. */
export type FailureKind = keyof typeof failures;

/** What is known of the request when it failed. */
export interface FailureCircumstances {
  /** Host and port for the sentence; never with credentials. */
  target: string;
  /** Host and port of the proxy, where there is one. */
  proxy: string | undefined;
  /** The request had begun to leave. */
  sent: boolean;
  /** The answer had begun to arrive. */
  answered: boolean;
  timeoutMs: number;
  maxReplyBytes: number;
  redact: (text: string) => string;
}

/** A failure as retry and callers need it. */
export interface Failure {
  kind: FailureKind;
  /** Another try may go better; a wrong certificate stays wrong. */
  passing: boolean;
  /** PPS may have seen the request. */
  mayHaveHappened: boolean;
  error: PpsError;
}

interface FailureText {
  message: (at: FailureCircumstances) => string;
  hint: string;
  code?: ErrorCode;
  passing?: boolean;
  /** The request cannot have been acted on, even where some of it left. */
  surelyNotSent?: boolean;
}

const caHint =
  "Give the certificate of the authority that signed it (option ca, PPS_CA); on premises it is often PPS's own.";

const failures = {
  "unknown-host": {
    message: (at) => `No address was found for the host ${at.proxy ?? at.target}.`,
    hint: "Check the spelling of the host name and that this machine can resolve it.",
    surelyNotSent: true,
  },
  "no-name-service": {
    message: (at) => `The name service did not answer for the host ${at.proxy ?? at.target}.`,
    hint: "Check this machine's DNS settings and try again.",
    passing: true,
    surelyNotSent: true,
  },
  "connection-refused": {
    message: (at) => `${at.proxy === undefined ? "" : "The proxy "}${at.proxy ?? at.target} refused the connection.`,
    hint: "Check the host and port; the PPS API listens on port 10000.",
    passing: true,
    surelyNotSent: true,
  },
  "no-route": {
    message: (at) => `There is no way through the network to ${at.proxy ?? at.target}.`,
    hint: "Check the network, VPN and firewall between this machine and PPS.",
    passing: true,
    surelyNotSent: true,
  },
  "connect-timeout": {
    message: (at) => `No connection to ${at.proxy ?? at.target} came about within ${seconds(at.timeoutMs)}.`,
    hint: "A firewall may be dropping the connection; the PPS API listens on port 10000.",
    passing: true,
    surelyNotSent: true,
  },
  "tls-unknown-authority": {
    message: (at) => `The certificate of ${at.target} was signed by an authority that is not trusted here.`,
    hint: caHint,
    surelyNotSent: true,
  },
  "tls-expired": {
    message: (at) => `The certificate of ${at.target} has expired.`,
    hint: "Renew the certificate on PPS, and check this machine's clock.",
    surelyNotSent: true,
  },
  "tls-not-yet-valid": {
    message: (at) => `The certificate of ${at.target} is not valid yet.`,
    hint: "Check this machine's clock.",
    surelyNotSent: true,
  },
  "tls-wrong-name": {
    message: (at) => `The certificate of ${at.target} was made for another name.`,
    hint: "Use the host name that stands in the certificate.",
    surelyNotSent: true,
  },
  "tls-not-spoken": {
    message: (at) => `${at.target} does not speak TLS on this port.`,
    hint: "Check the port; the PPS API listens on port 10000.",
    surelyNotSent: true,
  },
  "tls-client-certificate": {
    message: (at) => `${at.target} did not accept the client certificate, or asks for one.`,
    hint: "Give the option clientCertificate with a certificate that PPS trusts.",
    surelyNotSent: true,
  },
  "tls-other": {
    message: (at) => `No protected connection to ${at.target} came about.`,
    hint: "PPS needs TLS 1.2 or newer; pps doctor shows the certificate and the protocol.",
    surelyNotSent: true,
  },
  "proxy-refused": {
    message: (at) => `The proxy ${at.proxy} did not let the connection to ${at.target} through.`,
    hint: "Check the proxy's address, user name and password, and whether it allows this host and port.",
    surelyNotSent: true,
  },
  "connect-reset": {
    message: (at) => `${at.proxy ?? at.target} closed the connection before the request was sent.`,
    hint: "Try again; if it stays so, something between this machine and PPS may be blocking TLS.",
    passing: true,
    surelyNotSent: true,
  },
  timeout: {
    message: (at) => `${at.target} did not answer in full within ${seconds(at.timeoutMs)}.`,
    hint: "Narrow the search or raise the timeout (option timeoutMs, PPS_TIMEOUT_MS).",
    passing: true,
  },
  cancelled: {
    message: (at) => `The call was cancelled before ${at.target} answered.`,
    hint: "Look at the message before you try again.",
  },
  reset: {
    message: (at) => `${at.target} closed the connection without an answer.`,
    hint: "Try again; PPS or a proxy may be restarting or overloaded, or may ask for a client certificate (option clientCertificate).",
    passing: true,
  },
  "cut-short": {
    message: (at) => `The answer of ${at.target} broke off before its end.`,
    hint: "Try again; PPS or a proxy may be restarting or overloaded.",
    passing: true,
  },
  "not-http": {
    message: (at) => `${at.target} answered with something that is not HTTP.`,
    hint: "Check the host and port; the PPS API listens on port 10000.",
    code: "unexpected",
  },
  "too-large": {
    message: (at) => `The answer of ${at.target} is larger than ${at.maxReplyBytes} bytes.`,
    hint: "Narrow the search or raise the option maxReplyBytes.",
    code: "unexpected",
  },
} satisfies Record<string, FailureText>;

/** States a failure as an error, in which no secret stands. */
export function createFailure(kind: FailureKind, at: FailureCircumstances, cause?: unknown): Failure {
  const text: FailureText = failures[kind];
  const mayHaveHappened = at.sent && text.surelyNotSent !== true;
  const error = new PpsError(text.code ?? "unreachable", text.message(at), {
    hint: text.hint,
    mayHaveHappened,
    ...(cause === undefined ? {} : { cause: describeCause(cause, at.redact) }),
  });
  return { kind, passing: text.passing ?? false, mayHaveHappened, error };
}

/** Node's and undici's errors may hold the options of the request; only their code and message are kept. */
function describeCause(cause: unknown, redact: (text: string) => string): Error {
  const { code, message } = cause as { code?: unknown; message?: unknown };
  const words = redact(String(message ?? cause));
  return new Error(typeof code === "string" && !words.includes(code) ? `${code}: ${words}` : words);
}

function seconds(milliseconds: number): string {
  return milliseconds === 1000 ? "1 second" : `${milliseconds / 1000} seconds`;
}
