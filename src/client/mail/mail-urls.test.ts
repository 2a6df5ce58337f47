import { expect, test } from "vitest";
import { htmlToText } from "./html-text.ts";
import { createUrlCollection } from "./mail-urls.ts";

const fromText = (text: string) => {
  const urls = createUrlCollection();
  urls.addText(text);
  return urls.list();
};
const fromHtml = (html: string) => {
  const urls = createUrlCollection();
  urls.addHtml(html, htmlToText(html));
  return urls.list();
};

test.each([
  ["See https://example.com/a.", ["https://example.com/a"]],
  ["(https://example.com/a_(b))", ["https://example.com/a_(b)"]],
  ["[see https://example.com/a[0](b).)].", ["https://example.com/a[0](b)"]],
  ["<https://example.com/a>, <ftp://example.com/b>", ["https://example.com/a", "ftp://example.com/b"]],
  ["Go to www.example.com/x!", ["http://www.example.com/x"]],
  ["HTTPS://EXAMPLE.COM/A?b=c#d", ["HTTPS://EXAMPLE.COM/A?b=c#d"]],
  ["https://example.com/a https://example.com/a", ["https://example.com/a"]],
  ["https://bücher.example/ü", ["https://bücher.example/ü"]],
  ["mailto:ann@example.com javascript:alert(1) https://", []],
])("the text %j holds %j", (text, urls) => {
  expect(fromText(text)).toEqual(urls);
});

test.each([
  ['<a href="https://example.com/?a=1&amp;b=2">x</a>', ["https://example.com/?a=1&b=2"]],
  ["<A HREF='https://example.com/a'>x</A>", ["https://example.com/a"]],
  ["<a href=https://example.com/a>x</a>", ["https://example.com/a"]],
  ['<a title=">" href="https://example.com/hidden">x</a>', ["https://example.com/hidden"]],
  ['<a href="ht&#116;ps&colon;&sol;&sol;example.com/x">x</a>', ["https://example.com/x"]],
  ['<a href="ht\ntps://exa\tmple.com/x">x</a>', ["https://example.com/x"]],
  ['<a href="//example.com/x">x</a>', ["https://example.com/x"]],
  ['<base href="https://example.com/d/"><a href="e">x</a>', ["https://example.com/d/", "https://example.com/d/e"]],
  ['<meta http-equiv=refresh content="0; url=https://example.com/r">', ["https://example.com/r"]],
  ['<form action="https://example.com/post"><img src="cid:1"></form>', ["https://example.com/post"]],
  ["<p>plain https://example.com/seen</p>", ["https://example.com/seen"]],
  ['<a href="javascript:alert(1)">x</a><a href="#top">y</a><a href="mailto:ann@example.com">z</a>', []],
])("the HTML %j holds %j", (html, urls) => {
  expect(fromHtml(html)).toEqual(urls);
});

test.each([
  ["open tags", "<".repeat(500_000)],
  ["attributes without values", "href ".repeat(200_000)],
  ["unclosed quotes", `href="${"'".repeat(500_000)}`],
  ["brackets", `https://example.com/${")".repeat(500_000)}`],
  [
    "addresses that end in brackets",
    Array.from({ length: 125 }, (_, n) => `https://example.com/${n}${")".repeat(4000)}`).join(" "),
  ],
  ["entities", "&".repeat(500_000)],
  ["line breaks", " \n".repeat(250_000)],
  ["scripts", "<script".repeat(100_000)],
])("half a megabyte of %s is gone through in linear time", (_name, hostile) => {
  const begin = process.cpuUsage();
  fromHtml(hostile);
  const { user } = process.cpuUsage(begin);
  // Quadratic time would be minutes.
  expect(user / 1e6).toBeLessThan(5);
});
