import fc from "fast-check";
import { expect, test } from "vitest";
import { isPpsError, type PpsError } from "../core/errors.ts";
import type { Reply } from "../core/steps.ts";
import { cleanLine, requireSuccess, wordsOf } from "./answers.ts";

const circumstances = { what: "the quarantine search in folder Phish", access: "Quarantine" as const };

function reply(status: number, text = "", headers: Record<string, string> = {}): Reply {
  return { status, headers, text };
}

function failure(given: Reply, change = false): PpsError {
  try {
    requireSuccess(given, change ? { ...circumstances, change } : circumstances);
  } catch (error) {
    if (isPpsError(error)) return error;
    throw error;
  }
  throw new Error("it passed");
}

test.each([200, 202, 204, 299])("status %i is success whatever the body says (pps-api.md 4.3)", (status) => {
  for (const text of ["", "Invalid argument: targetfolder", '{"status":"error"}', "<4:2:6> will be released"]) {
    expect(() => requireSuccess(reply(status, text), circumstances)).not.toThrow();
  }
});

test("a refusal says what the user can look at", () => {
  const hint = "Look at the folders.";
  expect(() => requireSuccess(reply(400, "No such folder"), { ...circumstances, hint })).toThrow(
    expect.objectContaining({ code: "refused", hint }),
  );
});

test("a web page is no answer of PPS, even with status 200 (pps-api.md 11, faults)", () => {
  for (const text of ["<html>", " <!DOCTYPE html><title>Sign in</title>", "<?xml version='1.0'?>\n<html></html>"]) {
    expect(failure(reply(200, text))).toMatchObject({ code: "unexpected", status: 200 });
    expect(failure(reply(200, text)).mayHaveHappened).toBeUndefined();
    expect(failure(reply(200, text), true).mayHaveHappened).toBe(true);
  }
});

test("a page that begins with hundreds of comments is known at once", () => {
  const page = `${"<!---->".repeat(500)}<html><title>Sign in</title>`;
  expect(failure(reply(200, page))).toMatchObject({ code: "unexpected" });
  const begin = process.cpuUsage();
  expect(() => requireSuccess(reply(200, `${"<!---->".repeat(500)}4:2:6`), circumstances)).not.toThrow();
  // Exponential time would outlast the universe.
  expect(process.cpuUsage(begin).user / 1e6).toBeLessThan(2);
});

test.each([
  [401, "denied", "PPS refused the user name or password (401) for the quarantine search in folder Phish: why"],
  [403, "denied", "The account may not do this (403): the quarantine search in folder Phish: why"],
  [404, "not_found", "PPS found nothing (404) for the quarantine search in folder Phish: why"],
  [429, "busy", "PPS is too busy (429) for the quarantine search in folder Phish: why"],
  [503, "busy", "PPS is too busy (503) for the quarantine search in folder Phish: why"],
  [400, "refused", "PPS refused the quarantine search in folder Phish (400): why"],
  [409, "refused", "PPS refused the quarantine search in folder Phish (409): why"],
  [422, "refused", "PPS refused the quarantine search in folder Phish (422): why"],
  [500, "unexpected", "PPS answered the quarantine search in folder Phish with status 500: why"],
  [502, "unexpected", "PPS answered the quarantine search in folder Phish with status 502: why"],
  [504, "unexpected", "PPS answered the quarantine search in folder Phish with status 504: why"],
  [302, "unexpected", "PPS answered the quarantine search in folder Phish with status 302: why"],
])("status %i is %s, in PPS's own words", (status, code, message) => {
  expect(failure(reply(status, "why"))).toMatchObject({ code, message, status });
});

test("401 tells of the account and 403 of the module that is missing (pps-api.md 1, 10 row 6)", () => {
  expect(failure(reply(401)).hint).toContain("role of type API");
  expect(failure(reply(403)).hint).toContain("module Quarantine under Managed Modules");
});

test("an answer without words ends the sentence without a colon", () => {
  expect(failure(reply(403)).message).toBe("The account may not do this (403): the quarantine search in folder Phish");
  expect(failure(reply(500)).message).toBe("PPS answered the quarantine search in folder Phish with status 500");
});

test.each<[string | undefined, number | undefined, string]>([
  ["30", 30, "Try again in 30 seconds."],
  [" 5 ", 5, "Try again in 5 seconds."],
  ["Wed, 04 Mar 2026 05:06:07 GMT", undefined, "Try again in a minute."],
  ["-1", undefined, "Try again in a minute."],
  [undefined, undefined, "Try again in a minute."],
])("Retry-After %j is passed on as %j seconds", (header, seconds, hint) => {
  const error = failure(reply(503, "", header === undefined ? {} : { "retry-after": header }));
  expect(error.retryAfterSeconds).toBe(seconds);
  expect(error.hint).toBe(hint);
});

test("a date in Retry-After counts from the date of the answer", () => {
  const headers = { "retry-after": "Wed, 04 Mar 2026 05:06:37 GMT", date: "Wed, 04 Mar 2026 05:06:07 GMT" };
  expect(failure(reply(503, "", headers)).retryAfterSeconds).toBe(30);
  expect(failure(reply(503, "", { ...headers, date: headers["retry-after"] })).retryAfterSeconds).toBeUndefined();
});

test("a change may have happened after a server fault, and surely has not after a refusal", () => {
  expect(failure(reply(500), true).mayHaveHappened).toBe(true);
  expect(failure(reply(504), true).mayHaveHappened).toBe(true);
  for (const status of [400, 401, 403, 404, 429, 503])
    expect(failure(reply(status), true).mayHaveHappened).toBeUndefined();
  expect(failure(reply(500)).mayHaveHappened).toBeUndefined();
});

test("the request id goes with the error", () => {
  expect(failure({ ...reply(400, "no"), requestId: "r-1" }).requestId).toBe("r-1");
});

test.each([
  ["plain text", "Invalid argument: targetfolder\r\n", "Invalid argument: targetfolder"],
  ["JSON with a status", '{"status":"Message not found"}', "Message not found"],
  ["JSON with a message before a status", '{"status":"400","message":"No such folder"}', "No such folder"],
  ["a JSON text", '"No such folder"', "No such folder"],
  [
    "every group of errors of the end-user API (pps-api.md 6)",
    '{"status":400,"errors":{"invalidarguments":[{"error":"User already exists"}],"other":["Try later"],"one":"alone"}}',
    "User already exists; Try later; alone",
  ],
  ["a list of errors", '{"status":400,"errors":[{"error":"Bad name"},"Too long"]}', "Bad name; Too long"],
  [
    "errors in lists within groups, and beside other values",
    '{"errors":{"a":[["One"],[{"message":"Two","code":7}]],"b":{"field":"x","error":["Three"]},"c":null,"d":[]}}',
    "One; Two; x; Three",
  ],
  ["errors of an unknown shape", '{"errors":[1],"status":"bad"}', "bad"],
  ["JSON without words", '{"code":7}', '{"code":7}'],
  ["a JSON list", "[1]", "[1]"],
  ["text that only looks like JSON", "{status: done,}", "{status: done,}"],
  ["nothing", "  \r\n", ""],
  [
    "a page with a title",
    "<!DOCTYPE html><html><title>Sign in</title>",
    'a web page titled "Sign in" came instead of an answer',
  ],
  [
    "a page with a heading",
    "<html><body><h1>502 Bad\nGateway</h1>",
    'a web page titled "502 Bad Gateway" came instead of an answer',
  ],
  ["a page without either", "<HTML><p>Denied</p>", "a web page came instead of an answer"],
  ["a page with an empty title", "<html><title> </title>", "a web page came instead of an answer"],
  [
    "a page behind a comment and a declaration",
    '\ufeff<?xml version="1.0"?>\n<!-- proxy -->\n<html><title>Blocked</title>',
    'a web page titled "Blocked" came instead of an answer',
  ],
])("%s is said in plain words", (_kind, text, words) => {
  expect(wordsOf(reply(400, text))).toBe(words);
});

test("words are one line, cut at 500 characters", () => {
  expect(cleanLine(`a\r\n\tb\u0000\u001b[31mc\u202ed`)).toBe("a b [31mc d");
  expect(cleanLine("x".repeat(600))).toBe(`${"x".repeat(500)}...`);
  expect(cleanLine(`${"x".repeat(499)}\u{1f4e7}\u{1f4e7}`)).toBe(`${"x".repeat(499)}...`);
});

test("no text brings a control, format or half character into a message", () => {
  const hostile = fc.oneof(
    fc.string({ unit: "binary", maxLength: 700 }),
    fc
      .array(
        fc.constantFrom("\u001b[2J", "\u202e", "\u061c", "\u2066", "\u200b", "\u00ad", "\ufff9", "\u{1f4e7}", "x\n"),
      )
      .map((parts) => parts.join("")),
  );
  fc.assert(
    fc.property(hostile, (text) => {
      const line = cleanLine(text);
      expect(line).not.toMatch(/[\p{Cc}\p{Cs}\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/u);
      expect(line.length).toBeLessThanOrEqual(503);
      expect(line).toBe(line.trim());
    }),
    { numRuns: 1000 },
  );
});

test("no answer whatever makes its words hard to read or throws", () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.json(),
        fc.string({ unit: "binary" }),
        fc.string().map((text) => `<html><title>${text}`),
      ),
      (text) => {
        expect(wordsOf(reply(400, text))).not.toMatch(/\p{Cc}|\p{Cs}/u);
      },
    ),
  );
});
