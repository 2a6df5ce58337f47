/** What the host's `http` takes. Header values are lists, and Basic is left to the server (xsoar-platform.md 3). */
export interface HttpRequest {
  Method: string;
  Headers: { [name: string]: string[] };
  Body?: string;
  Username?: string;
  Password?: string;
  /** The body of the answer goes to a file of the host, whose id is then `Path`. */
  SaveToFile?: boolean;
}

/** What it gives. It does not throw: a StatusCode of -1, 0 or none means that no whole answer came. */
export interface HttpResult {
  StatusCode?: number;
  /** The status line, or what went wrong. */
  Status?: string;
  Body?: string;
  /** A handle that only `saveFile` can use. */
  Bytes?: unknown;
  Headers?: { [name: string]: string[] };
  Path?: string;
}

/** The one way out: `(url, request, insecure, useProxy, noRedirect, _, timeoutMs)`. */
export type Http = (
  url: string,
  request: HttpRequest,
  insecure: boolean,
  useProxy: boolean,
  noRedirect: boolean,
  unused: undefined,
  timeoutMs: number,
) => HttpResult | undefined;

/** What XSOAR gives to one run of the integration. */
export interface XsoarHost {
  command: string;
  args: Readonly<Record<string, unknown>>;
  params: Readonly<Record<string, unknown>>;
  http: Http;
  saveFile(bytes: unknown): string;
  /** Blocks for so many seconds. */
  wait(seconds: number): void;
  logDebug(text: string): void;
  /** State kept between runs; empty at first, and where the server does not hand it out. */
  readState(): Record<string, unknown>;
  /** Keeps state where the server takes it; nothing done so far is lost where it does not. */
  writeState(state: Record<string, unknown>): void;
}

// Ambient in this module alone, so that no other code takes a name such as `args` for granted.
declare const command: string;
declare const args: Record<string, unknown> | undefined;
declare const params: Record<string, unknown> | undefined;
declare const http: Http;
declare const saveFile: (bytes: unknown) => string;
declare const wait: (seconds: number) => void;
declare const logDebug: (text: string) => void;
declare const getIntegrationContext: () => unknown;
declare const setIntegrationContext: (state: object) => unknown;

/** Takes the globals as they are at this moment: they belong to one call, and some are not there in every one. */
export function readHost(): XsoarHost {
  const debug = (text: string) => {
    if (typeof logDebug === "function") logDebug(text);
  };
  return {
    command: String(command),
    args: typeof args === "undefined" ? {} : (args ?? {}),
    params: typeof params === "undefined" ? {} : (params ?? {}),
    http,
    saveFile: (bytes) => saveFile(bytes),
    wait(seconds) {
      if (typeof wait === "function") wait(seconds);
    },
    logDebug: debug,
    readState() {
      try {
        const state = typeof getIntegrationContext === "function" ? getIntegrationContext() : undefined;
        return typeof state === "object" && state !== null ? (state as Record<string, unknown>) : {};
      } catch {
        debug("The integration context could not be read.");
        return {};
      }
    },
    writeState(state) {
      try {
        if (typeof setIntegrationContext === "function") setIntegrationContext(state);
      } catch {
        debug("The integration context could not be kept.");
      }
    },
  };
}
