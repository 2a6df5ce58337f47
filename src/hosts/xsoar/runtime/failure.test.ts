import { expect, test } from "vitest";
import { createFailure } from "./failure.ts";

const at = { host: "pps.example.com:10000", timeoutSeconds: 60, parameter: "Server URL" };

// What Go's HTTP client says, which is the server's (xsoar-platform.md 3); the beginnings are those of xsoar-platform.md 4.
test.each<[string, string, boolean, boolean]>([
  ["timeout: request was not answered in time", "Connection Timeout Error - ", false, true],
  [
    "context deadline exceeded (Client.Timeout exceeded while awaiting headers)",
    "Connection Timeout Error - ",
    false,
    true,
  ],
  [
    "Get https://x: x509: certificate signed by unknown authority",
    "SSL Certificate Verification Failed - ",
    false,
    false,
  ],
  ["proxyconnect tcp: dial tcp 192.0.2.1:3128: connection refused", "Proxy Error - ", false, false],
  ["dial tcp: lookup pps.example.com: no such host", "Verify that the Server URL parameter is correct", true, false],
  [
    "dial tcp 192.0.2.1:10000: connect: connection refused",
    "Verify that the Server URL parameter is correct",
    true,
    false,
  ],
  ["read tcp 192.0.2.1: read: connection reset by peer", "Verify that the Server URL parameter is correct", true, true],
  ["", "Verify that the Server URL parameter is correct", true, true],
])(
  "%j is told by what it is, and whether it may be repeated and a change have happened",
  (words, start, passing, sent) => {
    const failure = createFailure({ ...at, words, change: true });
    expect(failure.error.message.startsWith(start)).toBe(true);
    expect(failure.error).toMatchObject({ code: "unreachable", mayHaveHappened: sent });
    expect(failure.passing).toBe(passing);
    expect(createFailure({ ...at, words, change: false }).error.mayHaveHappened).toBe(false);
  },
);
