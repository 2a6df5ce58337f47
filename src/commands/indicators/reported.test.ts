import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { emptyContents } from "../../../test/model/mail-system.ts";
import { inspectMail } from "../../client/mail/mail-contents.ts";
import type { MailContents } from "../../core/mail-file.ts";
import { type CarrierOrigin, chooseReported as choose } from "./reported.ts";

const own = ["example.com"];

function chooseReported(contents: MailContents, ownDomains: readonly string[], origin: CarrierOrigin = "inside") {
  return choose(contents, ownDomains, () => origin);
}

function message(from: string, more: Partial<MailContents> = {}): MailContents {
  return { ...emptyContents, from: [{ name: "", address: from }], ...more };
}

const file = (name: string, contentType: string) => ({ name, contentType, sizeBytes: 1, sha256: "", md5: "" });
const header = (name: string, value: string) => ({ name, value });

const phish = message("eve@shop.example", { subject: "Pay", urls: ["https://evil.example/"] });
const other = message("mallory@shop.example", { subject: "Pay more" });
const report = message("Ann@example.com", { attached: [phish], urls: ["https://evil.example/"], text: "Is it real?" });

test("a sample that was forwarded as an attachment is a report of what it carries", async () => {
  const bytes = readFileSync(new URL("../../../samples/mail/18-forwarded-as-attachment.eml", import.meta.url));
  const { reported, reporter, notes } = chooseReported(await inspectMail(bytes), own);
  expect(reported.map(({ subject, messageId }) => [subject, messageId])).toEqual([
    ["Kalibrierschein für Gerät 7", "kalib.7@lab.example"],
  ]);
  expect(reporter).toBe("tom.becker@example.com");
  expect(notes).toEqual(["The report of tom.becker@example.com carries 1 message; that one is looked at."]);
});

test("a message that carries none is what was reported", () => {
  const itself = { reported: [phish], reporter: "", leftOut: [], notes: [] };
  expect(chooseReported(phish, own)).toEqual(itself);
  expect(chooseReported(phish, [])).toEqual(itself);
});

test("all messages of a report were reported, and the reporter is the outer sender", () => {
  const { reported, reporter, notes } = chooseReported({ ...report, attached: [phish, other] }, own);
  expect(reported).toEqual([phish, other]);
  expect(reporter).toBe("ann@example.com");
  expect(notes).toEqual(["The report of ann@example.com carries 2 messages; they are looked at."]);
});

test("a report of somebody with a long signature and links is one where it comes from an own domain or none is known", () => {
  const wordy = { ...report, text: "x".repeat(5_000), urls: ["https://elsewhere.example/"] };
  expect(chooseReported(wordy, own).reported).toEqual([phish]);
  expect(chooseReported({ ...wordy, from: [{ name: "", address: "ann@mail.example.com" }] }, own).reported).toEqual([
    phish,
  ]);
  expect(chooseReported({ ...wordy, from: [] }, []).reported).toEqual([phish]);
  expect(chooseReported(wordy, ["example.net"]).reported).toEqual([wordy]);
});

describe("from elsewhere", () => {
  const elsewhere = { ...report, from: [{ name: "", address: "ann@partner.example" }] };

  test("a few words without links but those it carries, and those to own pages, are a report", () => {
    expect(chooseReported(elsewhere, own)).toMatchObject({ reported: [phish], reporter: "ann@partner.example" });
    expect(chooseReported(elsewhere, own).notes).toEqual([expect.stringContaining("from no own domain")]);
    expect(chooseReported(elsewhere, []).notes).toEqual([expect.not.stringContaining("from no own domain")]);
    const urls = elsewhere.urls.concat("https://www.example.com/imprint");
    expect(chooseReported({ ...elsewhere, urls }, own).reported).toEqual([phish]);
  });

  test.each([
    ["links of its own", { urls: ["https://evil.example/", "https://other.example/"] }],
    ["a long text", { text: "x".repeat(1_001) }],
  ])("%s make it a message to be looked at itself", (_name, more) => {
    const carrier = { ...elsewhere, ...more };
    const { reported, reporter, notes } = chooseReported(carrier, own);
    expect(reported).toEqual([carrier]);
    expect(reporter).toBe("");
    expect(notes).toEqual([expect.stringContaining("it is looked at itself, with what it carries: 1 message")]);
  });
});

test.each([
  ["its type", { headers: [header("Content-Type", 'multipart/report; report-type="delivery-status"; boundary=b')] }],
  ["a receipt's type", { headers: [header("content-type", "multipart/report; report-type=disposition-notification")] }],
  ["its sender", { from: [{ name: "", address: "MAILER-DAEMON@example.com" }] }],
  [
    "Exchange's own sender",
    { from: [{ name: "", address: "MicrosoftExchange329e71ec88ae4615bbc36ab6ce41109e@example.com" }] },
  ],
])("a notice of non-delivery, known by %s, is no report of what it carries", (_name, more) => {
  const notice = { ...report, ...more };
  const { reported, reporter, notes } = chooseReported(notice, own);
  expect(reported).toEqual([notice]);
  expect(reporter).toBe("");
  expect(notes).toEqual([expect.stringContaining("no report")]);
});

test("a complaint of a mail provider is a report, wherever it comes from", () => {
  const headers = [header("Content-Type", "multipart/report; report-type=feedback-report; boundary=b")];
  const complaint = message("postmaster@provider.example", { headers, attached: [phish], text: "x".repeat(5_000) });
  expect(chooseReported(complaint, own).reported).toEqual([phish]);
});

test("a complaint that somebody reports may be made up: neither it nor what it carries is taken", () => {
  const headers = [header("Content-Type", "multipart/report; report-type=feedback-report; boundary=b")];
  const complaint = message("fbl@provider.example", { headers, attached: [phish] });
  const handedOn = { ...report, attached: [complaint] };
  const { reported, leftOut } = choose(handedOn, own, (carrier) => (carrier === complaint ? "outside" : "inside"));
  expect({ reported, leftOut }).toEqual({ reported: [], leftOut: [complaint] });
});

test("a bounce that somebody reports is what was reported", () => {
  const bounce = message("mailer-daemon@example.com", { attached: [phish] });
  expect(chooseReported({ ...report, attached: [bounce] }, own).reported).toEqual([bounce]);
});

test("an own sender whom DMARC does not confirm hands nothing on: what it carries may be an honest sender's", () => {
  const honest = message("news@partner.example", { subject: "Minutes" });
  const forged = (result: string) =>
    message("boss@example.com", {
      attached: [honest],
      text: "x".repeat(2_000),
      authentication: [{ method: "dmarc", result, detail: "" }],
    });
  expect(chooseReported(forged("fail"), own).reported).toEqual([forged("fail")]);
  expect(chooseReported({ ...report, attached: [forged("fail")] }, own).reported).toEqual([forged("fail")]);
  expect(chooseReported({ ...report, attached: [forged("pass")] }, own).reported).toEqual([honest]);
});

test("a report that the help desk hands on is gone through to what was reported", () => {
  const handedOn = message("desk@example.com", { attached: [report, other] });
  expect(chooseReported(handedOn, own)).toMatchObject({ reported: [phish, other], reporter: "desk@example.com" });
  const carrier = message("eve@shop.example", { attached: [phish] });
  expect(chooseReported({ ...report, attached: [carrier] }, own).reported).toEqual([carrier]);
});

describe("of a report that was handed in", () => {
  const elsewhere = { ...report, from: [{ name: "", address: "ann@partner.example" }] };

  test.each<[string, MailContents, CarrierOrigin, RegExp]>([
    [
      "is recorded as coming from outside",
      report,
      "outside",
      /PPS recorded it as coming from outside, and it cannot be told/,
    ],
    [
      "says to come from elsewhere and so it did",
      elsewhere,
      "outside",
      /^The message of ann@partner\.example and 1 message /,
    ],
    ["says to come from elsewhere and has no one Message-ID", elsewhere, "unnamed", /it has no one Message-ID/],
    ["says to come from elsewhere and has no envelope sender", elsewhere, "senderless", /without an envelope sender/],
  ])("and %s neither it nor what it carries is taken", (_what, given, origin, note) => {
    const { reported, leftOut, notes } = chooseReported(given, own, origin);
    expect({ reported, leftOut }).toEqual({ reported: [], leftOut: [given] });
    expect(notes).toEqual([expect.stringMatching(note)]);
  });

  test.each<[CarrierOrigin, string]>([
    ["unrecorded", "PPS has no record of the report"],
    ["unknown", "PPS's record of the report cannot be read"],
    ["unnamed", "The report has no one Message-ID"],
    ["senderless", "PPS recorded the report without an envelope sender"],
  ])("which is %s what it carries is taken, and it says what is not known", (origin, note) => {
    const { reported, leftOut, notes } = chooseReported(report, own, origin);
    expect({ reported, leftOut }).toEqual({ reported: [phish], leftOut: [] });
    expect(notes).toContainEqual(expect.stringContaining(note));
  });

  test("nothing is asked where it is a complaint, or no own domain is known", () => {
    const headers = [header("Content-Type", "multipart/report; report-type=feedback-report; boundary=b")];
    expect(chooseReported({ ...elsewhere, headers }, own, "outside").reported).toEqual([phish]);
    expect(chooseReported(elsewhere, [], "outside").reported).toEqual([phish]);
  });
});

test.each<[CarrierOrigin, string]>([
  ["outside", "PPS recorded it as coming from outside"],
  ["unknown", "PPS's record of it cannot be read"],
  ["unrecorded", "PPS has no record of it"],
  ["unnamed", "it has no one Message-ID"],
  ["senderless", "PPS recorded it without an envelope sender"],
])("of a report within a report nothing is taken where it is %s, and the others go on", (origin, note) => {
  const handedOn = message("desk@example.com", { attached: [report, other] });
  const { reported, leftOut, notes } = choose(handedOn, own, (carrier) => (carrier === report ? origin : "inside"));
  expect({ reported, leftOut }).toEqual({ reported: [other], leftOut: [report] });
  expect(notes).toContainEqual(expect.stringContaining(note));
});

test.each([
  ["report.msg", "application/octet-stream"],
  ["", "application/vnd.ms-outlook"],
  ["winmail.dat", "application/ms-tnef"],
])("of a report that carries %j as %s nothing is looked at, and it says why", (name, contentType) => {
  const unreadable = message("ann@example.com", { attachments: [file(name, contentType)] });
  const { reported, reporter, notes } = chooseReported(unreadable, own);
  expect(reported).toEqual([]);
  expect(reporter).toBe("ann@example.com");
  expect(notes).toEqual([expect.stringContaining("cannot be read")]);
  expect(notes[0]).toContain(".eml");
});

test("beside what can be read, it says what cannot", () => {
  const attachments = [file("a.eml", "message/rfc822"), file("b.msg", "application/vnd.ms-outlook")];
  const { reported, notes } = chooseReported({ ...report, attachments }, own);
  expect(reported).toEqual([phish]);
  expect(notes).toEqual([expect.stringContaining("1 message"), expect.stringContaining('"b.msg"')]);
});

test("a stranger's message with an Outlook file and much to say is looked at itself", () => {
  const attachments = [file("offer.msg", "application/vnd.ms-outlook")];
  const offer = message("eve@shop.example", { attachments, urls: ["https://evil.example/"] });
  expect(chooseReported(offer, own)).toMatchObject({ reported: [offer], reporter: "" });
  expect(chooseReported(offer, [])).toMatchObject({ reported: [offer], reporter: "" });
});

test("it says how many of the attached messages were not looked into", () => {
  const attachments = Array.from({ length: 3 }, () => file("a.eml", "message/rfc822"));
  const { notes } = chooseReported({ ...report, attachments }, own);
  expect(notes[1]).toContain("Of the attached messages 2 could not be read");
});

test("a reporter's address with control characters stays on one line of a note", () => {
  const { notes } = chooseReported({ ...report, from: [{ name: "", address: "a\u001b[31m\n@example.com" }] }, own);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what must not be there
  expect(notes.join("")).not.toMatch(/[\u0000-\u001f]/);
});

test("notes never hold a name as it came", () => {
  const attachments = [file('\u001b]0;x\u0007".msg', "application/vnd.ms-outlook")];
  const { notes } = chooseReported(message("ann@example.com", { attachments }), own);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what must not be there
  expect(notes.join("")).not.toMatch(/[\u0000-\u001f]/);
});
