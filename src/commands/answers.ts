import type { Access } from "../core/command.ts";
import { type ErrorDetails, PpsError } from "../core/errors.ts";
import { replaceHalfCharacters } from "../core/half-characters.ts";
import { readRetryAfter } from "../core/retry-after.ts";
import type { Json, Reply } from "../core/steps.ts";

/** Longest piece of PPS's own words that is repeated to the user. */
const longestWords = 500;

/** For an answer that cannot be PPS's own. */
export const wrongPlaceHint =
  "Check that the address is that of the PPS API (port 10000) and that nothing between rewrites its answers.";

/** For a refused key of the cloud API (pps-api.md 7). */
export const keyHint = "Check client id and client secret; a key that was deleted or has expired is refused too.";

/** What an error must say of the request it is about. */
export interface Circumstances {
  /** What was asked for, such as `the quarantine search in folder Phish`. */
  what: string;
  access: Access;
  /** True when the request may change something. */
  change?: boolean;
  /** What the user can look at when PPS refuses it. */
  hint?: string;
}

/**
 * Lets a 2xx answer pass and throws PpsError for any other, in PPS's own words (pps-api.md 1, 4.3: judged by status).
 * A web page is never PPS's answer, whatever its status: a login page or a proxy stood in the way.
 */
export function requireSuccess(reply: Reply, circumstances: Circumstances): void {
  if (reply.status >= 200 && reply.status < 300) {
    if (isPage(reply.text)) throw notAnswered(reply, circumstances);
    return;
  }
  const words = wordsOf(reply);
  const said = words === "" ? "" : `: ${words}`;
  const what = circumstances.what;
  const speaker = speakerOf(circumstances.access);
  const details = { status: reply.status, requestId: reply.requestId };
  switch (reply.status) {
    case 401:
    case 403:
      throw denied(reply.status, `${what}${said}`, circumstances.access, details);
    case 404:
      throw new PpsError("not_found", `${speaker} found nothing (404) for ${what}${said}`, details);
    case 429:
    case 503: {
      const wait = readWait(reply.headers);
      throw new PpsError("busy", `${speaker} is too busy (${reply.status}) for ${what}${said}`, {
        ...details,
        retryAfterSeconds: wait,
        hint:
          wait === undefined ? "Try again in a minute." : `Try again in ${wait} ${wait === 1 ? "second" : "seconds"}.`,
      });
    }
  }
  if (reply.status >= 400 && reply.status < 500) {
    throw new PpsError("refused", `${speaker} refused ${what} (${reply.status})${said}`, {
      ...details,
      hint: circumstances.hint,
    });
  }
  throw new PpsError("unexpected", `${speaker} answered ${what} with status ${reply.status}${said}`, {
    ...details,
    mayHaveHappened: circumstances.change,
  });
}

/** Who answers: PPS itself, or Proofpoint's cloud API. */
function speakerOf(access: Access): string {
  return access === "Threat Protection" ? "Threat Protection" : "PPS";
}

function denied(status: 401 | 403, asked: string, access: Access, details: ErrorDetails): PpsError {
  if (access === "Threat Protection") {
    const message =
      status === 401
        ? `Threat Protection refused the token (401) for ${asked}`
        : `The key may not do this (403): ${asked}`;
    const hint =
      status === 401
        ? keyHint
        : "Give the key the module that the lists belong to in the admin portal, and check the cluster id.";
    return new PpsError("denied", message, { ...details, hint });
  }
  const message =
    status === 401
      ? `PPS refused the user name or password (401) for ${asked}`
      : `The account may not do this (403): ${asked}`;
  const hint =
    status === 401
      ? "Check the user name and password; the account needs an administrator role of type API, and single-sign-on accounts cannot be used."
      : `Tick the module ${access} under Managed Modules of the account's API role.`;
  return new PpsError("denied", message, { ...details, hint });
}

function notAnswered(reply: Reply, { what, change, access }: Circumstances): PpsError {
  return new PpsError("unexpected", `${speakerOf(access)} did not answer ${what}: ${wordsOf(reply)}`, {
    status: reply.status,
    requestId: reply.requestId,
    mayHaveHappened: change,
    hint: access === "Threat Protection" ? "Check the address of the Threat Protection API." : wrongPlaceHint,
  });
}

/** Seconds that PPS asks to wait, a date counted from the answer's own; undefined when it asks for no time worth telling. */
function readWait(headers: Reply["headers"]): number | undefined {
  const wait = readRetryAfter(headers["retry-after"], new Date(headers.date ?? "").getTime());
  return wait !== undefined && wait < 1_000_000_000 ? Math.ceil(wait / 1000) : undefined;
}

/** An error that is only a note beside what could be learnt: its message and its hint, as sentences. */
export function noteOf(error: PpsError): string {
  const message = asSentence(error.message);
  return error.hint === undefined ? message : `${message} ${error.hint}`;
}

/** With a full stop, so that more can be said after it. */
export function asSentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}

/** What the answer says to a person: one line, bounded, without markup or control characters. */
export function wordsOf(reply: Reply): string {
  const text = reply.text.trim();
  if (isPage(text)) return describePage(text);
  const parsed = parseJson(text);
  return cleanLine(parsed === undefined ? text : readJsonWords(parsed) || text);
}

function isPage(text: string): boolean {
  // Comments go first: one pattern for them and what stands between them would take exponential time.
  const start = text.slice(0, 4096).replace(/<!--[\s\S]*?-->/g, " ");
  return /^(<\?[^>]*>|\s)*<(!doctype|html|head|body)/i.test(start);
}

/** Undefined when the text is no JSON. */
export function parseJson(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

/** Cuts and cleans text that PPS or a sender wrote, so that it can stand in a message. */
export function cleanLine(text: string): string {
  const line = replaceHalfCharacters(text.replace(unseen, " "), " ").replace(/ +/g, " ").trim();
  return line.length > longestWords ? `${line.slice(0, longestWords).replace(/[\ud800-\udbff]$/, "")}...` : line;
}

/** Control characters, blanks, and what is not seen but turns or hides other text. */
const unseen =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is taken out
  /[\u0000-\u0020\u007f-\u00a0\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]+/g;

function describePage(html: string): string {
  const heading = /<title[^>]*>([^<]{1,200})/i.exec(html) ?? /<h1[^>]*>([^<]{1,200})/i.exec(html);
  const title = cleanLine(heading?.[1] ?? "");
  return title === ""
    ? "a web page came instead of an answer"
    : `a web page titled "${title}" came instead of an answer`;
}

/** PPS's JSON refusals: `{status}`, `{message}`, and the groups under `errors` of the end-user API (pps-api.md 6). */
function readJsonWords(body: Json): string {
  if (typeof body === "string") return body;
  if (typeof body !== "object" || body === null || Array.isArray(body)) return "";
  const words: string[] = [];
  gatherWords(body.errors, words, 0);
  ["message", "error", "errorMessage", "status"].forEach((key) => {
    const value = body[key];
    if (words.length === 0 && typeof value === "string") words.push(value);
  });
  return words.join("; ");
}

/** Texts below `errors`, whatever groups, lists and objects they stand in; of an object that tells of an error, that text. */
function gatherWords(value: Json | undefined, words: string[], depth: number): void {
  if (typeof value === "string" && value.trim() !== "") words.push(value);
  if (typeof value !== "object" || value === null || depth > 5) return;
  if (Array.isArray(value)) {
    value.forEach((item) => {
      gatherWords(item, words, depth + 1);
    });
    return;
  }
  const told = ["error", "message"].filter((key) => typeof value[key] === "string");
  (told.length > 0 ? told.slice(0, 1) : Object.keys(value)).forEach((key) => {
    gatherWords(value[key], words, depth + 1);
  });
}
