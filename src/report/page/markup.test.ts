import fc from "fast-check";
import { expect, test } from "vitest";
import { breakable, escapeText, html } from "./markup.ts";

const anyText = fc.string({ unit: "binary" });
const risky = fc
  .array(fc.constantFrom("<", ">", '"', "'", "&", "`", "lt;", "script", "/", "@a", "\u202e", "\ud83d", "\0"))
  .map((parts) => parts.join(""));

test("no text gets out of its element or attribute, and nothing in it is hidden", () => {
  fc.assert(
    fc.property(fc.oneof(anyText, risky), (text) => {
      expect(escapeText(text)).not.toMatch(/[<>"'`]|&(?!(amp|lt|gt|quot|#39|#96);)/);
      expect(escapeText(text)).not.toMatch(/[\p{Cc}\p{Surrogate}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u);
    }),
  );
});

test("text without anything to hide comes back when it is read as HTML", () => {
  const characters: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', "#39": "'", "#96": "`" };
  fc.assert(
    fc.property(fc.string({ unit: "grapheme-ascii" }), (text) => {
      const read = escapeText(text).replace(/&([^;]+);/g, (_, name: string) => characters[name] ?? "?");
      expect(read).toBe(text);
    }),
  );
});

test("what may be broken is the same text", () => {
  fc.assert(
    fc.property(fc.oneof(anyText, risky, fc.webUrl(), fc.emailAddress()), (text) => {
      expect(breakable(text).text.replaceAll("<wbr>", "")).toBe(escapeText(text));
    }),
  );
  expect(breakable("hxxps://evil[.]test/a?b=c").text).toBe("hxxps://<wbr>evil[.]<wbr>test/<wbr>a?<wbr>b=<wbr>c");
});

test("of a huge text the beginning is shown, whole characters only, and how much is left out", () => {
  expect(escapeText("a".repeat(2000))).toBe("a".repeat(2000));
  expect(escapeText(`${"a".repeat(1999)}\u{1f600}${"b".repeat(1_000_000)}`)).toBe(
    `${"a".repeat(1999)} \u2026 (1,000,002 more characters)`,
  );
});

test("a template takes text for text and finished HTML for HTML", () => {
  const cell = html`<b>${"<i>"}</b>`;
  expect(html`<p title="${'"'}">${[cell, 1234, undefined, "&"]}</p>`.text).toBe(
    '<p title="&quot;"><b>&lt;i&gt;</b>1234&amp;</p>',
  );
});

test("nothing that was read from JSON passes for finished HTML", () => {
  const forged = JSON.parse('{ "text": "<script>" }');
  expect(html`${forged}`.text).toBe("[object Object]");
});
