import { createHash } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { inspectMail } from "./mail-contents.ts";

const mail = (text: string) => Buffer.from(text.replace(/\n/g, "\r\n"), "latin1");

const attachment = Buffer.from("%PDF-1.4 invoice");
const phish = mail(`Received: from mx.example.net by pps.example.com; Wed, 4 Mar 2026 05:06:07 +0000
Authentication-Results: pps.example.com;
 spf=fail (sender ; not allowed) smtp.mailfrom=billing@shop.example;
 dkim=pass header.d=shop.example; dmarc=none
From: "Billing, Shop" <billing@shop.example>
Reply-To: help@shop-example.test
To: Ann <ann@example.com>, team: bob@example.com, carl@example.com;
Cc: dora@example.com
Subject: =?iso-2022-jp?B?GyRCQEE1YT1xGyhC?= 42
Message-ID: <1@shop.example>
Date: Wed, 4 Mar 2026 06:06:07 +0100
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary=b

--b
Content-Type: text/html; charset=utf-8

<p>Pay <a href="https://pay.shop-example.test/?a=1&amp;b=2">here</a></p>
--b
Content-Type: application/pdf; name="invoice.pdf"
Content-Disposition: attachment; filename="invoice.pdf"
Content-Transfer-Encoding: base64

${attachment.toString("base64")}
--b--
`);

test("a message is taken apart into headers, people, verdicts, links and attachments with hashes", async () => {
  const contents = await inspectMail(phish);
  expect(contents).toMatchObject({
    from: [{ name: "Billing, Shop", address: "billing@shop.example" }],
    replyTo: [{ name: "", address: "help@shop-example.test" }],
    to: [
      { name: "Ann", address: "ann@example.com" },
      { name: "", address: "bob@example.com" },
      { name: "", address: "carl@example.com" },
    ],
    cc: [{ address: "dora@example.com" }],
    subject: "請求書 42",
    messageId: "1@shop.example",
    date: "2026-03-04T05:06:07Z",
    authentication: [
      { method: "spf", result: "fail", detail: "(sender ; not allowed) smtp.mailfrom=billing@shop.example" },
      { method: "dkim", result: "pass", detail: "header.d=shop.example" },
      { method: "dmarc", result: "none", detail: "" },
    ],
    urls: ["https://pay.shop-example.test/?a=1&b=2"],
    attachments: [
      {
        name: "invoice.pdf",
        contentType: "application/pdf",
        sizeBytes: attachment.length,
        sha256: createHash("sha256").update(attachment).digest("hex"),
        md5: createHash("md5").update(attachment).digest("hex"),
      },
    ],
    text: "Pay here",
  });
  expect(contents.headers[0]).toEqual({ name: "Received", value: expect.stringContaining("mx.example.net") });
});

test("links and attachments of an attached message follow the message's own", async () => {
  const outer = mail(`From: ann@example.com
Subject: Is this real?
Content-Type: multipart/mixed; boundary=outer

--outer
Content-Type: text/plain

See https://wiki.example.com/phish
--outer
Content-Type: message/rfc822
Content-Disposition: attachment; filename="report.eml"

`);
  const contents = await inspectMail(Buffer.concat([outer, phish, mail("\n--outer--\n")]));
  expect(contents.subject).toBe("Is this real?");
  expect(contents.urls).toEqual(["https://wiki.example.com/phish", "https://pay.shop-example.test/?a=1&b=2"]);
  expect(contents.attachments.map(({ name, contentType }) => [name, contentType])).toEqual([
    ["report.eml", "message/rfc822"],
    ["invoice.pdf", "application/pdf"],
  ]);
});

test("a bare bounce without sender, subject and date leaves those empty", async () => {
  const contents = await inspectMail(mail("Return-Path: <>\n\nUndelivered.\n"));
  expect(contents).toMatchObject({ from: [], subject: "", messageId: "", date: "", urls: [], attachments: [] });
  expect(contents.text).toBe("Undelivered.");
});

test("a message nested too deep still tells its headers", async () => {
  let body = "Content-Type: text/plain\n\nInnermost https://deep.example.com/";
  for (let level = 0; level < 400; level++) {
    body = `Content-Type: multipart/mixed; boundary=b${level}\n\n--b${level}\n${body}\n--b${level}--`;
  }
  const contents = await inspectMail(mail(`Subject: Deep\nFrom: ann@example.com\n${body}\n`));
  expect(contents).toMatchObject({ subject: "Deep", from: [{ address: "ann@example.com" }] });
});

test("what is kept of a huge message is bounded", async () => {
  const headers = Array.from({ length: 800 }, (_, index) => `X-${index}: ${"y".repeat(20)}`).join("\n");
  const links = Array.from({ length: 900 }, (_, index) => `https://example.com/${index}`).join(" ");
  const text = `Subject: ${"s".repeat(10_000)}\nX-Long: ${"z".repeat(50_000)}\n${headers}\n\n${links}\n${"w ".repeat(50_000)}`;
  const contents = await inspectMail(mail(text));
  expect(contents.headers).toHaveLength(500);
  expect(Math.max(...contents.headers.map(({ value }) => value.length))).toBeLessThanOrEqual(10_000);
  expect(contents.urls).toHaveLength(500);
  expect(contents.text).toHaveLength(20_000);
});

test("no bytes make it fail", async () => {
  const soup = fc.string({
    unit: fc.constantFrom(
      "\r\n",
      "\n",
      ":",
      "--b",
      "Content-Type: multipart/mixed; boundary=b",
      "=?",
      "?=",
      "<",
      ">",
      "é",
      " ",
      "a",
    ),
  });
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(
        fc.uint8Array({ maxLength: 500 }),
        soup.map((text) => Buffer.from(text)),
      ),
      async (bytes) => {
        const contents = await inspectMail(bytes);
        expect(Array.isArray(contents.headers)).toBe(true);
      },
    ),
  );
});
