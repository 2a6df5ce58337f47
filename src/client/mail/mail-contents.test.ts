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

/** A message that carries others as a mail program attaches them. */
function carrying(type: string, ...carried: Buffer[]): Buffer {
  // Longer than all it carries, and so a boundary of its own.
  const boundary = `b${Buffer.concat(carried).length}`;
  const parts = carried.flatMap((one) => [mail(`\n--${boundary}\n${type}\n\n`), one]);
  const head = mail(`From: ann@example.com\nSubject: Report\nContent-Type: multipart/mixed; boundary=${boundary}\n`);
  return Buffer.concat([head, ...parts, mail(`\n--${boundary}--\n`)]);
}

const inBase64 = (bytes: Buffer) => Buffer.from(bytes.toString("base64").replace(/.{76}/g, "$&\r\n"));

test.each([
  ["message/rfc822", "Content-Type: message/rfc822", phish],
  ["message/global", "Content-Type: message/global", phish],
  ["a file of any kind", 'Content-Type: application/octet-stream; name="phish.EML"', phish],
  [
    "base64",
    'Content-Type: application/octet-stream\nContent-Transfer-Encoding: base64\nContent-Disposition: attachment; filename="=?utf-8?q?phish=2Eeml?="',
    inBase64(phish),
  ],
  ["a message in base64", "Content-Type: message/rfc822\nContent-Transfer-Encoding: base64", inBase64(phish)],
  ["text", "Content-Type: text/plain\nContent-Disposition: attachment; filename=phish.eml", phish],
])("a message attached as %s is told by itself", async (_name, type, carried) => {
  const { attached, subject } = await inspectMail(carrying(type, carried));
  expect(subject).toBe("Report");
  expect(attached).toHaveLength(1);
  expect(attached[0]).toMatchObject({
    subject: "請求書 42",
    from: [{ address: "billing@shop.example" }],
    urls: ["https://pay.shop-example.test/?a=1&b=2"],
    attachments: [{ name: "invoice.pdf" }],
    authentication: [{ method: "spf" }, { method: "dkim" }, { method: "dmarc" }],
    authenticationServer: "pps.example.com",
    receivedBy: "pps.example.com",
    text: "Pay here",
    attached: [],
  });
});

test("what is no message is not told as one, whatever its name", async () => {
  const { attached, attachments } = await inspectMail(
    carrying("Content-Type: application/octet-stream; name=a.eml", Buffer.from([0, 1, 2, 255]), Buffer.from("")),
  );
  expect(attached).toEqual([]);
  expect(attachments.map(({ name }) => name)).toContain("a.eml");
});

test("attached messages are told three deep", async () => {
  let message = mail("Subject: level 5\n\nhttps://example.com/5\n");
  for (let level = 4; level >= 1; level--) {
    const inner = carrying("Content-Type: message/rfc822", message).toString("latin1");
    message = Buffer.from(inner.replace("Subject: Report", `Subject: level ${level}`), "latin1");
  }
  const subjects: string[] = [];
  for (let at = [await inspectMail(message)]; at[0] !== undefined; at = at[0].attached) subjects.push(at[0].subject);
  expect(subjects).toEqual(["level 1", "level 2", "level 3", "level 4"]);
});

test("twenty attached messages are told, of all levels together and the upper ones first", async () => {
  const small = mail("From: eve@shop.example\nSubject: Small\n\nText\n");
  const middle = carrying("Content-Type: message/rfc822", ...Array.from({ length: 8 }, () => small));
  const { attached, attachments } = await inspectMail(
    carrying("Content-Type: message/rfc822", ...Array.from({ length: 5 }, () => middle)),
  );
  expect(attached.map((one) => one.attached.length)).toEqual([8, 7, 0, 0, 0]);
  expect(attachments.filter(({ contentType }) => contentType === "message/rfc822")).toHaveLength(5 + 5 * 8);
});

test("one attached message with a thousand files does not hide the next", async () => {
  const files = `--x\nContent-Type: image/png\n\na\n`.repeat(1_000);
  const many = mail(`Subject: Many\nContent-Type: multipart/mixed; boundary=x\n\n${files}--x--\n`);
  const { attached, attachments } = await inspectMail(carrying("Content-Type: message/rfc822", many, phish));
  expect(attached.map(({ subject }) => subject)).toEqual(["Many", "請求書 42"]);
  expect(attachments).toHaveLength(500);
});

test.each([
  ["\r\n", ""],
  ["\n", ""],
  ["\n", "From here on we meet on Mondays, from 2026.\n\nFrom now on, too.\n"],
])("of a mailbox file with line ends %j the first message alone is told", async (end, more) => {
  const one = (name: string) =>
    `From ${name}@shop.example Thu Jan  1 00:00:00 2026\nFrom: ${name}@shop.example\nSubject: Of ${name}\n\nhttps://${name}.example/\n${more}`;
  const box = Buffer.from(`${one("ann")}\n${one("bob")}`.replace(/\n/g, end));
  const { subject, urls, text } = await inspectMail(box);
  expect({ subject, urls }).toEqual({ subject: "Of ann", urls: ["https://ann.example/"] });
  expect(text).not.toContain("bob");
  expect(text).toContain(more.trim().replace(/\n/g, end));
});

test("a message that quotes a mailbox line is no mailbox", async () => {
  const { urls } = await inspectMail(
    mail("From: ann@example.com\n\nHello\n\nFrom bob@shop.example Thu Jan  1 00:00:00 2026\n\nhttps://bob.example/\n"),
  );
  expect(urls).toEqual(["https://bob.example/"]);
});

test("every sender of a From header is told", async () => {
  const { from } = await inspectMail(mail("From: Ann <ann@example.com>, =?utf-8?q?B=C3=B6b?= <bob@shop.example>\n\n"));
  expect(from).toEqual([
    { name: "Ann", address: "ann@example.com" },
    { name: "Böb", address: "bob@shop.example" },
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

test.each([
  ["a header of 10 MB", () => Buffer.concat([mail("From: ann@example.com\nSubject: "), Buffer.alloc(10 << 20, "x")])],
  ["10 MB of senders", () => mail(`From: ${"a@b.example, ".repeat(800_000)}\n\n`)],
  [
    "20 MB of attached messages",
    () => carrying("Content-Type: message/rfc822", ...Array(400).fill(mail(`Subject: a\n\n${"<".repeat(50_000)}`))),
  ],
  [
    "400 messages one in another",
    () => mail(`${"Content-Type: message/rfc822\nSubject: a\n\n".repeat(400)}https://example.com/`),
  ],
  ["5 million empty lines", () => mail(`Subject: a\n\n${"\n".repeat(5_000_000)}`)],
  [
    "a million lines, four messages deep",
    () => mail(`${"Content-Type: message/rfc822\nSubject: a\n\n".repeat(4)}${"a\n".repeat(1_000_000)}`),
  ],
  [
    "addresses that are relative to a very long one",
    () =>
      mail(
        `Content-Type: text/html\n\n<base href="https://x.example/${"a".repeat(2 << 20)}/">${"<a href=b>".repeat(200_000)}`,
      ),
  ],
])("%s is gone through in little time", async (_name, make) => {
  const hostile = make();
  const begin = process.cpuUsage();
  const contents = await inspectMail(hostile);
  const { user } = process.cpuUsage(begin);
  expect(user / 1e6).toBeLessThan(10);
  expect(JSON.stringify(contents).length).toBeLessThan(4 << 20);
});

test("an attachment of many full lines is read to its end", async () => {
  const lines = `${"A".repeat(76)}\r\n`.repeat(120_000);
  const head = "Content-Type: application/zip; name=a.zip\r\nContent-Transfer-Encoding: base64\r\n\r\n";
  const { attachments } = await inspectMail(Buffer.from(head + lines));
  expect(attachments).toMatchObject([{ name: "a.zip", sizeBytes: 120_000 * 57 }]);
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
