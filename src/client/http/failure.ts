import { type ErrorCode, PpsError } from "../../core/errors.ts";
import type { Advice } from "./advice.ts";

/** Why no usable answer came. */
export type FailureKind = AdvisedKind | PlainKind;

type AdvisedKind = Exclude<keyof Advice, "redirect">;

/** What is remedied the same way, whoever was asked. */
type PlainKind =
  | "unknown-host"
  | "no-name-service"
  | "tls-not-yet-valid"
  | "tls-wrong-name"
  | "proxy-refused"
  | "cancelled"
  | "too-large";

/** What is known of the request when it failed. */
export interface FailureCircumstances {
  /** Host and port for the sentence; never with credentials. */
  target: string;
  /** Host and port of the proxy, where there is one. */
  proxy: string | undefined;
  /** The request had begun to leave. */
  sent: boolean;
  /** The request may change something. */
  change: boolean;
  timeoutMs: number;
  maxReplyBytes: number;
  redact: (text: string) => string;
  advice: Advice;
}

/** A failure as retry and callers need it. */
export interface Failure {
  kind: FailureKind;
  /** Another try may go better; a wrong certificate stays wrong. */
  passing: boolean;
  /** The server may have seen the request. */
  sent: boolean;
  /** A change may have been begun. */
  mayHaveHappened: boolean;
  error: PpsError;
}

interface FailureText {
  message: (at: FailureCircumstances) => string;
  code?: ErrorCode;
  passing?: boolean;
  /** The request cannot have been acted on, even where some of it left. */
  surelyNotSent?: boolean;
}

const failures: { [Kind in AdvisedKind]: FailureText } & { [Kind in PlainKind]: FailureText & { hint: string } } = {
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
    passing: true,
    surelyNotSent: true,
  },
  "no-route": {
    message: (at) => `There is no way through the network to ${at.proxy ?? at.target}.`,
    passing: true,
    surelyNotSent: true,
  },
  "connect-timeout": {
    message: (at) => `No connection to ${at.proxy ?? at.target} came about within ${seconds(at.timeoutMs)}.`,
    passing: true,
    surelyNotSent: true,
  },
  "tls-unknown-authority": {
    message: (at) => `The certificate of ${at.target} was signed by an authority that is not trusted here.`,
    surelyNotSent: true,
  },
  "tls-expired": {
    message: (at) => `The certificate of ${at.target} has expired.`,
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
    surelyNotSent: true,
  },
  "tls-client-certificate": {
    message: (at) => `${at.target} did not accept the client certificate, or asks for one.`,
    surelyNotSent: true,
  },
  "tls-other": {
    message: (at) => `No protected connection to ${at.target} came about.`,
    surelyNotSent: true,
  },
  "proxy-refused": {
    message: (at) => `The proxy ${at.proxy} did not let the connection to ${at.target} through.`,
    hint: "Check the proxy's address, user name and password, and whether it allows this host and port.",
    surelyNotSent: true,
  },
  "connect-reset": {
    message: (at) => `${at.proxy ?? at.target} closed the connection before the request was sent.`,
    passing: true,
    surelyNotSent: true,
  },
  timeout: {
    message: (at) => `${at.target} did not answer in full within ${seconds(at.timeoutMs)}.`,
    passing: true,
  },
  cancelled: {
    message: (at) => `The call was cancelled before ${at.target} answered.`,
    hint: "See what has become of it before you try again.",
  },
  reset: {
    message: (at) => `${at.target} closed the connection without an answer.`,
    passing: true,
  },
  "cut-short": {
    message: (at) => `The answer of ${at.target} broke off before its end.`,
    passing: true,
  },
  "not-http": {
    message: (at) => `${at.target} answered with something that is not HTTP.`,
    code: "unexpected",
  },
  "too-large": {
    message: (at) => `The answer of ${at.target} is larger than ${at.maxReplyBytes} bytes.`,
    hint: "Narrow the search or raise the option maxReplyBytes.",
    code: "unexpected",
  },
};

/** States a failure as an error, in which no secret stands. */
export function createFailure(kind: FailureKind, at: FailureCircumstances, cause?: unknown): Failure {
  const text: FailureText & { hint?: string } = failures[kind];
  const sent = at.sent && text.surelyNotSent !== true;
  const mayHaveHappened = sent && at.change;
  const error = new PpsError(text.code ?? "unreachable", text.message(at), {
    hint: text.hint ?? at.advice[kind as AdvisedKind],
    mayHaveHappened,
    ...(cause === undefined ? {} : { cause: describeCause(cause, at.redact) }),
  });
  return { kind, passing: text.passing ?? false, sent, mayHaveHappened, error };
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
