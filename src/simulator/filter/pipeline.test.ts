import { deflateRawSync } from "node:zlib";
import fc from "fast-check";
import { expect, test } from "vitest";
import { expandPlaceholders } from "../load/placeholders.ts";
import type { Verdict } from "../mail.ts";
import { createOwnDomains, defaultDomains } from "../smtp/own-domains.ts";
import { createFilters } from "./pipeline.ts";
import { type Rules, readRules } from "./rules.ts";
import type { ListSources } from "./sender-lists.ts";

const own = createOwnDomains(defaultDomains);

function arrivalOf(mail: string | Buffer, from = "ann@shop.test", to = ["ben@example.com"], ip = "192.0.2.7") {
  const raw = expandPlaceholders(Buffer.from(mail));
  const peer = { ip, host: "mx.shop.test", helo: "mx.shop.test", tls: "" };
  return { guid: "g", qid: "q", sid: "s", receivedAt: 0, envelope: { from, to }, peer, raw };
}

const noLists: ListSources = { organisation: { inForce: () => [] }, users: { find: () => undefined } };

const filtersOf = (rules: Rules) =>
  createFilters({ rules, domains: own, lists: noLists, precedence: "block", now: () => 0 });

/** The only part of a message about which no list says anything. */
async function examine(arrival: ReturnType<typeof arrivalOf>, yaml = "") {
  const { facts, parts } = await filtersOf(readRules(yaml)).examine(arrival);
  expect(parts.map(({ recipients }) => recipients)).toEqual([arrival.envelope.to]);
  return { facts, verdict: parts[0]?.verdict as Verdict };
}

const headers = "From: Ann <ann@shop.test>\r\nMessage-ID: <1@shop.test>\r\n";

test("a harmless message is delivered, with a spam score and access.system as the deciding rule", async () => {
  const { verdict, facts } = await examine(
    arrivalOf(`${headers}Subject: =?utf-8?q?Gr=C3=BC=C3=9Fe?=\r\n\r\nHello\r\n`),
  );
  expect(verdict).toMatchObject({
    action: "deliver",
    final: { module: "access", rule: "system" },
    hits: [],
    spamScore: 0,
  });
  expect(verdict.routes).toEqual(["default_inbound"]);
  expect(facts).toMatchObject({ subject: "Grüße", messageId: "1@shop.test", headerFrom: "ann@shop.test" });
});

test("of several rules that fire the first module decides, and all are written down", async () => {
  const { verdict } = await examine(
    arrivalOf(`${headers}Subject: x\r\nPrecedence: bulk\r\n\r\n{{EICAR}} {{GTUBE}} 4111111111111111\r\n`),
  );
  expect(verdict).toMatchObject({ action: "hold", folder: "Virus", spamScore: 100, viruses: ["Eicar-Test-Signature"] });
  expect(verdict.hits.map(({ module }) => module)).toEqual(["av", "dlp", "spam", "bulk"]);
  expect(verdict.dlp).toEqual([{ rule: "credit_card", matches: ["4111111111111111"] }]);
});

test("a rescan looks for viruses, blocked files and DLP only", async () => {
  const filters = filtersOf(readRules(""));
  const spam = await filters.rescan(arrivalOf(`${headers}Subject: x\r\n\r\n{{GTUBE}}\r\n`));
  expect(spam).toMatchObject({ action: "deliver", spamScore: undefined });
  const card = await filters.rescan(arrivalOf(`${headers}Subject: x\r\n\r\n{{GTUBE}} 4111111111111111\r\n`));
  expect(card).toMatchObject({ action: "hold", folder: "PCI" });
});

test("scored words add up across line breaks, and whole words count only", async () => {
  const words = "Viagra now, or\r\nonline\r\ncasino!";
  const { verdict } = await examine(arrivalOf(`${headers}Subject: x\r\n\r\n${words}\r\n`));
  expect(verdict).toMatchObject({ folder: "Quarantine", final: { module: "spam", rule: "spam" }, spamScore: 80 });
  const within = await examine(arrivalOf(`${headers}Subject: x\r\n\r\nspecialist casinos freedom\r\n`));
  expect(within.verdict.spamScore).toBe(0);
});

test("a word may speak for a message, and the score never leaves 0 to 100", async () => {
  const yaml =
    "spam: { folder: Spam, holdAt: 50, signatures: [], words: [{ text: offer, score: 90 }, { text: colleague, score: -95 }], " +
    "traits: { missingMessageId: 0, shoutingSubject: 0, manyExclamationMarks: 0 } }";
  const score = async (text: string) => (await examine(arrivalOf(`${headers}\r\n${text}\r\n`), yaml)).verdict.spamScore;
  expect([await score("an offer"), await score("an offer, colleague"), await score("x")]).toEqual([90, 0, 0]);
});

test("links to a listed host or below it are phish, whether in text or behind HTML", async () => {
  const text = await examine(arrivalOf(`${headers}\r\nSee http://login.phish.example/x\r\n`));
  expect(text.verdict).toMatchObject({ folder: "Phish", final: { module: "phish", rule: "listed_url" } });
  const html = `${headers}Content-Type: text/html\r\n\r\n<a href="https://PHISH.example:8443/x">www.example.com</a>\r\n`;
  expect((await examine(arrivalOf(html))).verdict.final.rule).toBe("listed_url");
  expect((await examine(arrivalOf(`${headers}\r\nhttp://notphish.example/\r\n`))).verdict.action).toBe("deliver");
});

test.each([
  ["a display name that shows an own address", '"ben@example.com" <x@shop.test>', ""],
  ["a display name only the house may carry", '"Ada Director (office)" <x@shop.test>', ""],
  ["an answer steered elsewhere with two telling phrases", "Ada <ada@shop.test>", "Reply-To: ada@other.test\r\n"],
])("%s makes an impostor", async (_what, from, more) => {
  const yaml =
    "phish: { folder: Phish, protectedNames: [], listedHosts: [], " +
    "impostor: { folder: Impostor, names: [ada director], phrases: [gift card, urgent payment] } }";
  const mail = `From: ${from}\r\n${more}\r\nAn urgent\r\npayment, or a gift card\r\n`;
  expect((await examine(arrivalOf(mail), yaml)).verdict.folder).toBe("Impostor");
  const inside = mail.replaceAll("shop.test", "example.com").replace("other.test", "example.com");
  expect((await examine(arrivalOf(inside), yaml)).verdict.action).toBe("deliver");
});

test("a virus is found in a zip inside a forwarded message", async () => {
  const virus = expandPlaceholders(Buffer.from("{{EICAR}}"));
  const inner = `${multipart("in", "application/zip", "a.zip", zip("readme.dat", virus).toString("base64"), "base64")}`;
  const outer = multipart("out", "message/rfc822", "fwd.eml", `Subject: inner\r\n${inner}`, "7bit");
  const { verdict } = await examine(arrivalOf(`${headers}Subject: x\r\n${outer}`));
  expect(verdict.folder).toBe("Virus");
});

test("a blocked file type is seen inside a zip, and under a double ending", async () => {
  const packed = multipart(
    "b",
    "application/zip",
    "a.zip",
    zip("run.exe", Buffer.from("MZ")).toString("base64"),
    "base64",
  );
  expect((await examine(arrivalOf(`${headers}${packed}`))).verdict.folder).toBe("Attachment Defense");
  const double = multipart("b", "application/pdf", "bill.pdf.js ", "x", "7bit");
  expect((await examine(arrivalOf(`${headers}${double}`))).verdict.folder).toBe("Attachment Defense");
});

test("an oversize message goes to the policy folder", async () => {
  const yaml =
    "policy:\n  attachments: { rule: a, folder: Blocked, extensions: [], types: [] }\n  oversize: { rule: big, folder: Audit, megabytes: 0.001 }\n";
  const { verdict } = await examine(arrivalOf(`${headers}Subject: x\r\n\r\n${"long line\r\n".repeat(200)}`), yaml);
  expect(verdict).toMatchObject({ folder: "Audit", final: { module: "policy", rule: "big" } });
});

test("listed hosts and senders are rejected, or dropped without a word", async () => {
  const yaml =
    'access:\n  blockedHosts: [198.51.100.0/24, "2001:db8::1"]\n  blockedSenders: ["*@bad.test"]\n  discardedSenders: ["*@dull.test"]\n';
  const action = async (from: string, ip: string) =>
    (await examine(arrivalOf(`${headers}\r\nx`, from, ["ben@example.com"], ip), yaml)).verdict.action;
  expect(await action("ann@shop.test", "198.51.100.77")).toBe("reject");
  expect(await action("ann@shop.test", "2001:db8::1")).toBe("reject");
  expect(await action("X@BAD.test", "192.0.2.1")).toBe("reject");
  expect(await action("x@bad.test.test", "192.0.2.1")).toBe("deliver");
  expect(await action("x@dull.test", "192.0.2.1")).toBe("discard");
});

test("a blocked host that is no address is refused by name", () => {
  const rules = readRules("access: { blockedHosts: [192.0.2.0/99], blockedSenders: [], discardedSenders: [] }");
  expect(() => filtersOf(rules)).toThrow('"192.0.2.0/99" is no address');
});

test("the route says which way a message goes", async () => {
  const route = async (from: string, to: string) => (await examine(arrivalOf(headers, from, [to]))).verdict.routes[0];
  expect(await route("ann@shop.test", "ben@example.com")).toBe("default_inbound");
  expect(await route("ben@example.com", "ann@shop.test")).toBe("outbound");
  expect(await route("ben@example.com", "carla@example.net")).toBe("internal_net");
});

test("whatever bytes arrive, they are examined and not thrown out", async () => {
  const mime = fc.constantFrom(
    ..."\r\n|--b|Content-Type: multipart/mixed; boundary=b|: |=?x?q?=|PK\u0003\u0004|message/rfc822|base64|<a href=http://[|\u00ff".split(
      "|",
    ),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(fc.oneof(mime, fc.string())), async (parts) => {
      const raw = Buffer.from(parts.join(""), "latin1");
      const { verdict, facts } = await examine(arrivalOf(raw));
      expect(["deliver", "hold"]).toContain(verdict.action);
      expect(facts.sizeBytes).toBe(raw.length);
    }),
  );
});

test("archives that would fill the memory are unpacked only so far, and their file names still count", async () => {
  const bomb = zip("run.exe", Buffer.alloc(19_000_000)).toString("base64");
  const parts = Array.from({ length: 400 }, () => multipart("in", "application/zip", "a.zip", bomb, "base64"));
  const mail = `${headers}Content-Type: multipart/mixed; boundary=out\r\n\r\n--out\r\n${parts.join("\r\n--out\r\n")}\r\n--out--\r\n`;
  const before = process.memoryUsage().arrayBuffers;
  const begin = process.cpuUsage();
  const { verdict } = await examine(arrivalOf(mail));
  expect(verdict.hits).toContainEqual({ module: "policy", rule: "blocked_attachment" });
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(200_000_000);
  expect(process.cpuUsage(begin).user / 1e6).toBeLessThan(5);
});

test.each([
  ["a Message-ID of blanks", `Message-ID: <1${" ".repeat(200_000)}2@shop.test>`],
  ["a sender's name of quotes", `From: "Ann ${"'".repeat(200_000)}x" <ann@shop.test>`],
])("%s is gone through in linear time", async (_name, header) => {
  const begin = process.cpuUsage();
  await examine(arrivalOf(`${header}\r\nSubject: x\r\n\r\nText\r\n`));
  // Quadratic time would be twenty seconds.
  expect(process.cpuUsage(begin).user / 1e6).toBeLessThan(5);
});

function multipart(boundary: string, type: string, name: string, body: string, encoding: string): string {
  return [
    `Content-Type: multipart/mixed; boundary=${boundary}`,
    "",
    `--${boundary}`,
    `Content-Type: ${type}; name="${name}"`,
    `Content-Disposition: attachment; filename="${name}"`,
    `Content-Transfer-Encoding: ${encoding}`,
    "",
    body,
    `--${boundary}--`,
    "",
  ].join("\r\n");
}

function zip(name: string, content: Buffer): Buffer {
  const packed = deflateRawSync(content);
  const local = Buffer.alloc(30);
  local.writeUInt32LE(0x04034b50, 0);
  local.writeUInt16LE(8, 8);
  local.writeUInt16LE(name.length, 26);
  const entry = Buffer.alloc(46);
  entry.writeUInt32LE(0x02014b50, 0);
  entry.writeUInt16LE(8, 10);
  entry.writeUInt32LE(packed.length, 20);
  entry.writeUInt16LE(name.length, 28);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt32LE(local.length + name.length + packed.length, 16);
  return Buffer.concat([local, Buffer.from(name), packed, entry, Buffer.from(name), end]);
}
