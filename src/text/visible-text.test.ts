import fc from "fast-check";
import { expect, test } from "vitest";
import { safeJson, visibleText } from "./visible-text.ts";

const anyText = fc.string({ unit: "binary" });
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const dangerous = /[\u0000-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]|\p{Surrogate}/u;

test.each([
  ["an escape sequence", "\u001b[2J\u001b[31mred", "\\u{1b}[2J\\u{1b}[31mred"],
  ["an 8-bit control introducer", "a\u009b31m", "a\\u{9b}31m"],
  ["a right-to-left override", "invoice\u202efdp.exe", "invoice\\u{202e}fdp.exe"],
  ["a line feed and a tab", "one\ntwo\tthree", "one\\u{a}two\\u{9}three"],
  ["a zero-width space", "pay\u200bpal", "pay\\u{200b}pal"],
  ["a joiner inside Latin letters", "pay\u200cpal", "pay\\u{200c}pal"],
  ["tag characters", "a\u{e0041}", "a\\u{e0041}"],
  ["half a surrogate pair", "a\ud800b", "a\\u{d800}b"],
])("%s is shown instead of obeyed", (_what, hostile, shown) => {
  expect(visibleText(hostile)).toBe(shown);
});

test.each(["Überweisung", "日本語の件名", "نامه\u200cها", "👩\u200d💻 ❤\ufe0f", "e\u0301te\u0301"])(
  "%s keeps its letters",
  (text) => {
    expect(visibleText(text)).toBe(text);
  },
);

test("letters under a heap of marks keep at most eight of them", () => {
  expect(visibleText(`a${"\u0301".repeat(500)}b`)).toBe(`a${"\u0301".repeat(8)}b`);
});

test("no text can bring a terminal anything to obey, hide or reorder", () => {
  fc.assert(fc.property(anyText, (text) => !dangerous.test(visibleText(text))));
});

test("safe JSON is the same data", () => {
  fc.assert(
    fc.property(fc.jsonValue({ stringUnit: "binary" }), fc.constantFrom(0, 2), (value, indent) => {
      expect(JSON.parse(safeJson(value, indent))).toEqual(JSON.parse(JSON.stringify(value)));
    }),
  );
});

test("safe JSON of any text holds nothing dangerous", () => {
  fc.assert(fc.property(anyText, (text) => !dangerous.test(safeJson({ [text]: text }))));
});
