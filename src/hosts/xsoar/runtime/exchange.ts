import type { MailFile } from "../../../core/mail-file.ts";
import { redirectError } from "../../../core/redirect.ts";
import { findRequestId } from "../../../core/request-id.ts";
import type { Ask, Reply } from "../../../core/steps.ts";
import { hostOf } from "./address.ts";
import { createFailure, type Failure } from "./failure.ts";
import type { HttpRequest, HttpResult, XsoarHost } from "./host-globals.ts";
import type { Redaction } from "./redaction.ts";

/** An answer of whatever status with the reason in its status line, or why there is none. */
export type Answer = { reply: Reply; reason: string; failure?: never } | { failure: Failure; reply?: never };

/** Whom requests go to, and how. */
export interface Endpoint {
  /** What answers, for sentences. */
  speaker: string;
  /** Without a slash at its end. */
  base: string;
  /** What the settings page calls the address. */
  parameter: string;
  insecure: boolean;
  useProxy: boolean;
  timeoutSeconds: number;
}

/** One request in the host's words. */
export interface Outgoing extends Pick<Ask, "effect" | "expect"> {
  /** Behind the endpoint's base, with its query. */
  target: string;
  request: HttpRequest;
}

/** Sends single requests, without repeating any. Throws PpsError `unexpected` for a redirect, which is never followed. */
export type Exchange = (endpoint: Endpoint, outgoing: Outgoing) => Answer;

/** Below this a saved file is fetched again to be looked at; no page in disguise is larger. */
const largestDisguise = 1_000_000;

/** The way out of XSOAR: its own blocking `http`. */
export function createExchange(host: XsoarHost, { redact, redactTokens }: Redaction): Exchange {
  function send({ base, insecure, useProxy, timeoutSeconds }: Endpoint, target: string, request: HttpRequest) {
    try {
      // A login page or another server must not get the secrets: redirects are not followed.
      return host.http(`${base}${target}`, request, insecure, useProxy, true, undefined, timeoutSeconds * 1000) ?? {};
    } catch (error) {
      return { StatusCode: -1, Status: String((error as Error)?.message ?? error) };
    }
  }

  function read(endpoint: Endpoint, { effect, expect }: Outgoing, result: HttpResult): Answer {
    const change = effect !== "read";
    const status = result.StatusCode ?? -1;
    if (status <= 0) {
      const words = redact(result.Status || result.Body || "");
      const { base, parameter, timeoutSeconds } = endpoint;
      return { failure: createFailure({ words, host: hostOf(base), change, timeoutSeconds, parameter }) };
    }
    const isSuccess = status >= 200 && status < 300;
    const text = result.Body ?? "";
    // Mail and users may say by chance what is a password here; the answer to a change is only words.
    const isData = isSuccess && !change && /^\s*[[{]/.test(text);
    const headers = readHeaders(result.Headers, redactTokens);
    const requestId = findRequestId(headers, redact);
    const reply: Reply = {
      status,
      headers,
      text: isSuccess && expect === "file" ? "" : isData ? redactTokens(text) : redact(text),
      ...(requestId === undefined ? {} : { requestId }),
    };
    if (status >= 300 && status < 400) {
      const hint = `Check the parameter ${endpoint.parameter}; redirects are not followed.`;
      throw redirectError(reply, { speaker: endpoint.speaker, change, hint });
    }
    return { reply, reason: redact(readReason(result.Status, status)) };
  }

  /**
   * The body goes to a file of the host, however large it is. Whether the host shows the beginning as well is not known
   * (xsoar-platform.md 3): where it does not, what is small enough to be an error in disguise is fetched once more, to be looked at.
   */
  function fetchFile(endpoint: Endpoint, outgoing: Outgoing): Answer {
    const saved = send(endpoint, outgoing.target, { ...outgoing.request, SaveToFile: true });
    const answer = read(endpoint, outgoing, saved);
    if (answer.failure) return answer;
    const isSaved = answer.reply.status < 300 && saved.Path !== undefined && saved.Path !== "";
    const size = readSize(answer.reply.headers);
    if (isSaved && saved.Body) return withFile(answer, { handle: saved.Path, head: saved.Body.slice(0, 512) }, size);
    // No beginning to show, but too large to be anything but mail.
    if (isSaved && (size ?? 0) > largestDisguise)
      return withFile(answer, { handle: saved.Path, head: "(not shown)" }, size);
    const shown = send(endpoint, outgoing.target, outgoing.request);
    const again = read(endpoint, outgoing, shown);
    if (again.failure || again.reply.status >= 300) return again;
    const head = (shown.Body ?? "").slice(0, 512);
    return withFile(
      again,
      { handle: isSaved ? saved.Path : host.saveFile(shown.Bytes), head },
      readSize(again.reply.headers),
    );
  }

  return (endpoint, outgoing) =>
    outgoing.expect === "file"
      ? fetchFile(endpoint, outgoing)
      : read(endpoint, outgoing, send(endpoint, outgoing.target, outgoing.request));
}

function withFile(answer: Answer & { reply: Reply }, file: MailFile, size: number | undefined): Answer {
  return { ...answer, reply: { ...answer.reply, file: size === undefined ? file : { ...file, sizeBytes: size } } };
}

function readSize(headers: Reply["headers"]): number | undefined {
  const length = headers["content-length"] ?? "";
  return /^\d+$/.test(length) ? Number(length) : undefined;
}

function readHeaders(given: HttpResult["Headers"], redact: (text: string) => string): Record<string, string> {
  const headers: Record<string, string> = {};
  Object.keys(given ?? {}).forEach((name) => {
    const values = given?.[name];
    // Cookies are of no use here and would only be one more secret to keep.
    if (values === undefined || name.toLowerCase() === "set-cookie") return;
    headers[name.toLowerCase()] = redact(([] as string[]).concat(values).join(", "));
  });
  return headers;
}

/** `Forbidden` of `403 Forbidden`. */
function readReason(line: string | undefined, status: number): string {
  return (line ?? "").replace(new RegExp(`^(HTTP/\\S+ )?${status}\\s*`), "").trim();
}
