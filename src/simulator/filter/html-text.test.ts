import { expect, test } from "vitest";
import { htmlToText } from "./html-text.ts";

test.each([
  ["<p>Hello <b>there</b></p>", "Hello there"],
  ["a<style>b { c }</style>d<SCRIPT src=x>e</script >f", "a d f"],
  ["a<script>never ends", "a"],
  ["4111&nbsp;1111&#32;&#x31;&#49;", "4111 1111 11"],
  ["1 < 2 <b>and</b> 3 > 2", "1 < 2 and 3 > 2"],
  ["&#99999999; &#x110000;", "&#99999999;"],
])("of %j one sees %j", (html, seen) => {
  expect(htmlToText(html).replace(/\s+/g, " ").trim()).toBe(seen);
});

test("markup made to be slow is not", () => {
  for (const piece of ["<", "<script>", "<script", "<style><script>", "&#1", "</script"]) {
    expect(htmlToText(piece.repeat(1_000_000)).length).toBeLessThanOrEqual(piece.length * 1_000_000);
  }
});
