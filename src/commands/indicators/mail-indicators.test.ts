import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import { emptyContents } from "../../../test/model/mail-system.ts";
import { inspectMail } from "../../client/mail/mail-contents.ts";
import type { MailAttachment } from "../../core/mail-file.ts";
import { readIndicators } from "./mail-indicators.ts";

const samples = new URL("../../../samples/mail/", import.meta.url);

async function readSample(name: string) {
  return readIndicators(await inspectMail(readFileSync(new URL(name, samples))));
}

const header = (name: string, value: string) => ({ name, value });

const file = (name: string, contentType: string): MailAttachment => ({
  name,
  contentType,
  sizeBytes: 1,
  sha256: name,
  md5: "",
});

test("a phish tells who sent it from where, and where it leads", async () => {
  expect(await readSample("31-phish-look-alike.eml")).toEqual({
    envelopeSender: "",
    headerSenders: ["it-service@examp1e.test"],
    displayNames: ["Example IT Service"],
    replyTo: [],
    returnPath: "",
    subject: "Your password expires today",
    messageId: "pw.today@examp1e.test",
    sendingIp: "198.51.100.177",
    urls: ["https://portal.examp1e.test/keep?user=tom.becker", "https://portal.example.com/keep"],
    hosts: ["portal.examp1e.test", "portal.example.com"],
    attachments: [],
    date: "2026-11-18T14:20:00Z",
  });
});

test("every sample is read, and what it says is never undefined", async () => {
  for (const name of readdirSync(samples).filter((one) => one.endsWith(".eml"))) {
    const indicators = await readSample(name);
    expect(Object.values(indicators).flat()).not.toContain(undefined);
  }
});

test("the topmost Return-Path is the envelope's sender, in lower case and without brackets", () => {
  const headers = [header("Return-Path", " <Bounce@Shop.Example> "), header("return-path", "<old@shop.example>")];
  const indicators = readIndicators({ ...emptyContents, headers });
  expect(indicators).toMatchObject({ returnPath: "bounce@shop.example", envelopeSender: "bounce@shop.example" });
});

test.each([
  ["Received-SPF", "Fail (mx: not permitted) client-ip=203.0.113.9; envelope-from=<Pay@Shop.example>; helo=a.b"],
  ["Received-SPF", 'fail identity=mailfrom; client-ip=203.0.113.9; envelope-from="pay@shop.example"'],
])("without a Return-Path %s %j tells the envelope's sender and its address", (name, value) => {
  expect(readIndicators({ ...emptyContents, headers: [header(name, value)] })).toMatchObject({
    returnPath: "",
    envelopeSender: "pay@shop.example",
    sendingIp: "203.0.113.9",
  });
});

test.each([
  ["smtp.mailfrom=pay@shop.example", "pay@shop.example", ""],
  ["(sender IP is 203.0.113.9) smtp.mailfrom=pay@shop.example", "pay@shop.example", "203.0.113.9"],
  ["smtp.mailfrom=shop.example", "", ""],
  ["(sender IP is 10.0.0.1) smtp.mailfrom=@shop.example", "", ""],
])("the verdict on SPF %j tells the sender %j and the address %j", (detail, envelopeSender, sendingIp) => {
  const authentication = [{ method: "spf", result: "fail", detail }];
  expect(readIndicators({ ...emptyContents, authentication })).toMatchObject({ envelopeSender, sendingIp });
});

test("addresses and names are told once each, without what is empty", () => {
  const from = [
    { name: "  Billing\t Team ", address: "Billing@Shop.example" },
    { name: "billing team", address: "<billing@shop.example>" },
    { name: "", address: "" },
  ];
  expect(readIndicators({ ...emptyContents, from, replyTo: from })).toMatchObject({
    headerSenders: ["billing@shop.example"],
    displayNames: ["Billing Team"],
    replyTo: ["billing@shop.example"],
  });
});

test("links are told once each as they were before link rewriting, with the case of their paths", () => {
  const urls = [
    "https://urldefense.com/v3/__https://Evil.example/A__;!!key!sig$",
    "https://Evil.example/A",
    "https://evil.example/a",
  ];
  expect(readIndicators({ ...emptyContents, urls })).toMatchObject({
    urls: ["https://Evil.example/A", "https://evil.example/a"],
    hosts: ["evil.example"],
  });
});

test("files count, attached messages, signatures and pictures of the text do not", () => {
  const attachments = [
    file("invoice.pdf", "application/pdf"),
    file("scan-me.png", "image/png"),
    file("report.eml", "message/rfc822"),
    file("phish.eml", "application/octet-stream"),
    file("smime.p7s", "application/pkcs7-signature"),
    file("", "application/pgp-signature"),
    file("image001.png", "image/png"),
    file("image003.jpg@01DA1234.5678", "image/jpeg"),
    file("Outlook-abc123.png", "image/png"),
    file("", "image/gif"),
    file("", "text/calendar"),
    file("invite.ics", "text/calendar"),
    file("", "application/x-msdownload"),
  ];
  expect(readIndicators({ ...emptyContents, attachments }).attachments).toEqual([
    { name: "invoice.pdf", sha256: "invoice.pdf" },
    { name: "scan-me.png", sha256: "scan-me.png" },
    { name: "invite.ics", sha256: "invite.ics" },
    { name: "", sha256: "" },
  ]);
});

test("headers, names and addresses of 10 MB take little time", () => {
  const begin = process.cpuUsage();
  for (const piece of ["<", " ", "mailfrom=", "client-ip=", "mailfrom= ", "(", "a@", "\u0000"]) {
    const long = piece.repeat(10_000_000 / piece.length);
    const headers = ["Return-Path", "Received-SPF", "Received"].map((name) => header(name, long));
    const from = [{ name: long, address: long }];
    readIndicators({ ...emptyContents, headers, from, replyTo: from, subject: long, messageId: long });
  }
  expect(process.cpuUsage(begin).user / 1e6).toBeLessThan(10);
});

test("no message makes it fail, and addresses have no blank round them", async () => {
  const line = fc.tuple(
    fc.constantFrom("From", "Return-Path", "Received", "Received-SPF", "Authentication-Results", "Reply-To", "Subject"),
    fc.string({
      unit: fc.constantFrom(
        "<",
        ">",
        " ",
        "@",
        "a.b",
        "[192.0.2.7]",
        "(",
        ")",
        "by",
        "from ",
        "=?",
        "\u0001",
        ";",
        ",",
        "smtp.mailfrom=",
        "spf=fail",
      ),
    }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(line, { maxLength: 8 }), async (lines) => {
      const bytes = Buffer.from(`${lines.map(([name, value]) => `${name}: ${value}\r\n`).join("")}\r\nText`);
      const { envelopeSender, headerSenders, replyTo, returnPath, sendingIp } = readIndicators(
        await inspectMail(bytes),
      );
      for (const address of [envelopeSender, returnPath, ...headerSenders, ...replyTo]) {
        expect(address).toBe(address.trim().toLowerCase());
      }
      expect(sendingIp).toMatch(/^$|^192\.0\.2\.7$/);
    }),
  );
});
