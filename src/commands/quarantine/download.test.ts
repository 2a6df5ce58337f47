import { expect, test } from "vitest";
import { execute } from "../../../test/model/execute.ts";
import { createMailSystem, mailFile } from "../../../test/model/mail-system.ts";
import { quarantineDownload } from "./download.ts";

const guid = "-m4rT7_yJ2wLx0Zc9VbN-pEa5sKdHu3f";
const raw = "Received: from mail.shop.example\r\nSubject: hello\r\n\r\nhello\r\n";

function fetch(
  system = createMailSystem({ held: [{ guid, localguid: "1", folder: "Phish", time: 0, raw }] }),
  id = guid,
) {
  return execute(quarantineDownload, { guid: id }, system, { now: 0 });
}

test("a message is asked for by its guid alone, as bytes (pps-api.md 3)", () => {
  const system = createMailSystem({ held: [{ guid, localguid: "1", folder: "Phish", time: 0, raw }] });
  expect(fetch(system)).toEqual({ guid, fileName: `${guid}.eml`, sizeBytes: raw.length, file: mailFile(raw) });
  expect(system.asked).toEqual([
    { kind: "ask", method: "GET", path: "/quarantine", query: [["guid", guid]], effect: "read", expect: "file" },
  ]);
});

test.each([
  ["../../etc/passwd", ".._.._etc_passwd"],
  ["..", "_"],
  ["a/b\\c:d", "a_b_c_d"],
])("the guid %s cannot become a path", (id, name) => {
  const system = createMailSystem({ fate: () => ({ file: mailFile(raw) }) });
  expect(fetch(system, id).fileName).toMatch(/^[A-Za-z0-9_-][A-Za-z0-9_.-]*\.eml$/);
  expect(fetch(system, id).fileName).toContain(name.replace(/^\.+/, ""));
});

test("an unknown guid is not found", () => {
  expect(() => fetch(createMailSystem())).toThrow(
    expect.objectContaining({
      code: "not_found",
      status: 404,
      message: `No message found with GUID ${guid}.`,
    }) as Error,
  );
});

test.each([
  ["a login page", "<!DOCTYPE html><html><title>Sign in</title>", 'a web page titled "Sign in"'],
  ["a page behind blanks", "\r\n  <html>", "a web page"],
  ["a page behind a byte order mark", "\u00ef\u00bb\u00bf<html><title>Sign in</title>", 'a web page titled "Sign in"'],
  ["a search answer", '{"count":0,"records":[]}', '{"count":0,"records":[]}'],
  ["JSON behind a byte order mark", '\u00ef\u00bb\u00bf{"status":"no such message"}', "no such message"],
  ["a bare list", "[]", "[]"],
  ["nothing", "", "an empty answer"],
])("%s with status 200 is an error and not saved as mail (pps-api.md 3)", (_what, text, said) => {
  const system = createMailSystem({ fate: () => ({ file: mailFile(text) }) });
  expect(() => fetch(system)).toThrow(
    expect.objectContaining({ code: "unexpected", message: expect.stringContaining(said) as string }) as Error,
  );
});

test("an answer without a file is an error", () => {
  expect(() => fetch(createMailSystem({ fate: () => ({}) }))).toThrow(
    expect.objectContaining({ code: "unexpected" }) as Error,
  );
});

test.each([
  ["an mbox line", "From ann@example.com Wed Mar  4 05:06:07 2026\r\n"],
  ["a malformed mail without headers", "hello\r\n"],
  ["a folded header first", " folded\r\nSubject: x\r\n"],
])("%s is still mail", (_what, text) => {
  expect(fetch(createMailSystem({ fate: () => ({ file: mailFile(text) }) })).sizeBytes).toBe(text.length);
});

test.each([
  [401, "denied"],
  [403, "denied"],
  [503, "busy"],
  [500, "unexpected"],
  [400, "refused"],
])("status %i is %s", (status, code) => {
  expect(() => fetch(createMailSystem({ fate: () => ({ status }) }))).toThrow(
    expect.objectContaining({ code, status }) as Error,
  );
});
