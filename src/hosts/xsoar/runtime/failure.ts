import { asSentence, cleanLine } from "../../../commands/answers.ts";
import { PpsError } from "../../../core/errors.ts";

/** Why no whole answer came, and whether another try may go better. */
export interface Failure {
  error: PpsError;
  passing: boolean;
}

/** What is known of a request that was not answered. */
export interface FailedRequest {
  /** What the host said, without secrets. */
  words: string;
  /** Host and port. */
  host: string;
  /** The request may change something. */
  change: boolean;
  timeoutSeconds: number;
  /** What the settings page calls the address. */
  parameter: string;
}

interface Kind {
  sign: RegExp;
  passing: boolean;
  /** The request cannot have been acted on. */
  surelyNotSent: boolean;
  message(at: FailedRequest, words: string): string;
  hint: string;
}

/** The host tells kinds of failures apart by its words alone; they are those of Go's HTTP client (xsoar-platform.md 3). */
const kinds: readonly Kind[] = [
  {
    sign: /x509|certificate|tls: handshake|ssl/i,
    passing: false,
    surelyNotSent: true,
    message: ({ host }, words) =>
      `SSL Certificate Verification Failed - the certificate of ${host} is not trusted${words}`,
    hint: "Have its authority added to those XSOAR trusts; 'Trust any certificate' is no protection.",
  },
  {
    sign: /proxyconnect|proxy/i,
    passing: false,
    surelyNotSent: true,
    message: ({ host }, words) => `Proxy Error - the proxy gave no way to ${host}${words}`,
    hint: "Check XSOAR's proxy settings, or take the mark from 'Use system proxy settings'.",
  },
  {
    sign: /no such host|connection refused|no route to host|network is unreachable/i,
    passing: true,
    surelyNotSent: true,
    message: unreached,
    hint: "Check host and port, and that the XSOAR server or engine may connect to them.",
  },
  {
    sign: /^timeout|timed out|deadline exceeded/i,
    // Another wait as long would outlast the time XSOAR gives to a command.
    passing: false,
    surelyNotSent: false,
    message: ({ host, timeoutSeconds }) =>
      `Connection Timeout Error - ${host} did not answer in full within ${timeoutSeconds} ${timeoutSeconds === 1 ? "second" : "seconds"}.`,
    hint: "Narrow the search, or raise the parameter Request Timeout.",
  },
];

const other: Omit<Kind, "sign"> = {
  passing: true,
  surelyNotSent: false,
  message: unreached,
  hint: "Check host and port, and that the XSOAR server or engine may connect to them.",
};

function unreached({ parameter, host }: FailedRequest, words: string): string {
  return `Verify that the ${parameter} parameter is correct - no answer came from ${host}${words}`;
}

/** States why no answer came. A change that may have left is said to be of unknown outcome, never to have failed. */
export function createFailure(at: FailedRequest): Failure {
  const words = cleanLine(at.words).slice(0, 300);
  const kind = kinds.filter(({ sign }) => sign.test(words))[0] ?? other;
  const error = new PpsError("unreachable", kind.message(at, words === "" ? "." : `: ${asSentence(words)}`), {
    hint: kind.hint,
    mayHaveHappened: at.change && !kind.surelyNotSent,
  });
  return { error, passing: kind.passing };
}
