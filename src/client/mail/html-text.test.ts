import { expect, test } from "vitest";
import { decodeEntities, htmlToText } from "./html-text.ts";

test.each([
  ["a &amp; b &lt;c&gt; &quot;d&quot;", 'a & b <c> "d"'],
  ["&#104;&#x74;&#X74;p", "http"],
  ["&#104&#116;", "ht"],
  ["&AMP;", "&"],
  ["&unknown; & &#0; &#x110000;", "&unknown; & &#0; &#x110000;"],
  ["&#128512;", "\u{1f600}"],
])("%j is read as %j", (text, decoded) => {
  expect(decodeEntities(text)).toBe(decoded);
});

test.each([
  ["<p>One</p><p>Two<br>Three</p>", "One\n\nTwo\nThree"],
  ["<style>p { color: red }</style><script>alert(1)</script>Text", "Text"],
  ["<SCRIPT>alert(1)</SCRIPT>Text", "Text"],
  ["Text<script>never closed", "Text"],
  ["<td>a</td><td>b</td>", "a b"],
  ["a&nbsp;&nbsp;b   c", "a b c"],
])("%j reads %j", (html, text) => {
  expect(htmlToText(html)).toBe(text);
});

test("of a huge body the first 4 MiB are read", () => {
  expect(htmlToText(`near${" ".repeat(4 << 20)}far`)).toBe("near");
});
