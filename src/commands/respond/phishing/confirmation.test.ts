import { describe, expect, test } from "vitest";
import { PpsError } from "../../../core/errors.ts";
import type { MailIndicators } from "../../indicators/mail-indicators.ts";
import type { TraceRecord } from "../../trace/record.ts";
import { confirmSender as confirm, type Evidence } from "./confirmation.ts";
import type { FileWitness } from "./contradiction.ts";
import { originOf } from "./recorded-mail.ts";

const unsaid: FileWitness = { senders: [], receivedAt: null, deliveredFrom: "", isReceived: false, isYoung: false };
const evidence = { named: "", held: [], witness: unsaid, ownDomains: ["example.com"], isOneParty: () => true };
const confirmSender = (indicators: MailIndicators, recorded: Evidence["recorded"], named: string) =>
  confirm(indicators, { ...evidence, recorded, named });

const subject = "Your parcel waits";
const read: MailIndicators = {
  ...{ envelopeSender: "news@honest.example", headerSenders: ["news@honest.example"], displayNames: [], replyTo: [] },
  ...{ returnPath: "news@honest.example", subject, messageId: "1@evil.test", sendingIp: "192.0.2.7" },
  ...{ urls: [], hosts: [], attachments: [], date: "" },
};

const record = (sender: string, more: Partial<TraceRecord> = {}) =>
  ({ sender, subject, senderIp: "198.51.100.4", ...more }) as TraceRecord;
const book = (...records: TraceRecord[]) => ({ records, isCut: false });

test("the one sender whom the trace has is the sender, whatever the file claims, and so is his host", () => {
  const { seed, note } = confirmSender(read, book(record("Eve@evil.test"), record("eve@evil.test")), "");
  expect(note).toBeUndefined();
  expect(seed).toEqual({ ...read, envelopeSender: "eve@evil.test", returnPath: "", sendingIp: "198.51.100.4" });
});

test("a message that the trace has without a sender has none", () => {
  const { seed } = confirmSender(read, book(record("")), "");
  expect(seed).toMatchObject({ envelopeSender: "", returnPath: "", isBounce: true });
  expect(seed.isClaimed).toBeUndefined();
});

test.each([
  ["two senders", book(record("eve@evil.test"), record("news@honest.example"))],
  ["a sender and none", book(record("eve@evil.test"), record(""))],
  ["more than can be looked at", { ...book(record("eve@evil.test")), isCut: true }],
])("of %s none is taken", (_what, recorded) => {
  const { seed, note } = confirmSender(read, recorded, "");
  expect(seed).toMatchObject({ envelopeSender: "", returnPath: "", sendingIp: "", isClaimed: true });
  expect(note).toContain("none of them is taken");
});

const failed = { records: [], isCut: false, error: new PpsError("denied", "PPS refused the trace search.") };

test.each([
  ["no Message-ID", undefined, "it has no one Message-ID"],
  ["no record", book(), "has no record under its Message-ID"],
  ["a record of something else", book(record("eve@evil.test", { subject: "Minutes" })), "another subject"],
  ["a trace that cannot be read", failed, "the trace could not be read: PPS refused the trace search."],
])("with %s the file's claims stay claims, and it says why", (_what, recorded, why) => {
  const { seed, note } = confirmSender(read, recorded, "");
  expect(seed).toEqual({ ...read, isClaimed: true });
  expect(note).toMatch(/^Who sent "Your parcel waits" is only what the file claims/);
  expect(note).toContain(why);
});

test("a file so young that the trace need not have it yet is to be given again later", () => {
  const { note } = confirm(read, { ...evidence, recorded: book(), witness: { ...unsaid, isYoung: true } });
  expect(note).toMatch(/Message-ID\. It may be too new for that; run it again in some minutes\.$/);
});

test.each([
  ["the mark of a gateway", `[EXTERNAL] ${subject}`, subject],
  ["its end cut off", "A long subject ".repeat(8).slice(0, 90), "A long subject ".repeat(8)],
])("a subject that the trace has with %s is the same", (_what, traced, said) => {
  const recorded = book(record("eve@evil.test", { subject: traced }));
  expect(confirmSender({ ...read, subject: said }, recorded, "").seed.isClaimed).toBeUndefined();
});

describe("several senders on record", () => {
  const said = (sender: string): FileWitness => ({
    ...unsaid,
    isReceived: true,
    senders: [sender],
    deliveredFrom: sender,
  });
  const eve = (more: Partial<TraceRecord> = {}) => record("eve@evil.test", { senderIp: "192.0.2.9", ...more });
  const list = (more: Partial<TraceRecord> = {}) => record("team@lists.example", more);

  test.each<[string, TraceRecord[], FileWitness, string[]]>([
    ["one beside own addresses", [record("ann+srs@example.com"), eve()], unsaid, ["eve@evil.test"]],
    [
      "those of one party",
      [record("b+1@evil.test"), record("b+2@evil.test")],
      unsaid,
      ["b+1@evil.test", "b+2@evil.test"],
    ],
    ["the one from whom it was delivered", [list(), eve()], said("eve@evil.test"), ["eve@evil.test"]],
  ])("lead to %s", (_which, records, witness, confirmed) => {
    const known = confirm(read, { ...evidence, recorded: book(...records), witness });
    expect(known.confirmed).toEqual(confirmed);
    expect(known.seed).toMatchObject({ envelopeSender: confirmed[0], returnPath: "" });
    expect([known.seed.isClaimed, known.note]).toEqual([undefined, undefined]);
  });

  test("of one party lead to the one whom the file names among them", () => {
    const records = [record("b+1@evil.test"), record("b+2@evil.test")];
    const { seed } = confirm(read, { ...evidence, recorded: book(...records), witness: said("b+2@evil.test") });
    expect(seed.envelopeSender).toBe("b+2@evil.test");
  });

  test.each<[string, TraceRecord[], FileWitness, boolean]>([
    ["of a domain that many share", [record("a@mail.example"), record("b@mail.example")], unsaid, false],
    ["whom only the file names", [list(), eve()], { ...said("eve@evil.test"), deliveredFrom: "" }, true],
    ["under another subject", [list(), eve({ subject: "Minutes" })], said("eve@evil.test"), true],
    ["from another network", [list(), eve({ senderIp: "203.0.113.9" })], said("eve@evil.test"), true],
    [
      "whom another header contradicts",
      [list(), eve()],
      { ...said("eve@evil.test"), senders: ["eve@evil.test", ""] },
      true,
    ],
  ])("do not lead to one %s, and it says what decides", (_what, records, witness, isParty) => {
    const isOneParty = () => isParty;
    const { seed, note } = confirm(read, { ...evidence, recorded: book(...records), witness, isOneParty });
    expect(seed).toMatchObject({ isClaimed: true, envelopeSender: "" });
    expect(note).toContain("Its guid, or its sender beside the file, decides.");
  });
});

describe("one sender on record", () => {
  const noon = Date.UTC(2026, 2, 4, 12);
  const delivered = record("news@honest.example", { receivedAt: new Date(noon).toISOString() });
  const held = { ...delivered, quarantineFolder: "Quarantine" };
  const witness = (more: Partial<FileWitness>): FileWitness => ({ ...unsaid, isReceived: true, ...more });

  test.each<[string, FileWitness, TraceRecord]>([
    ["another sender in its headers", witness({ senders: ["eve@evil.test"] }), delivered],
    ["no sender in its headers", witness({ senders: [""] }), delivered],
    ["one other sender in its headers", witness({ senders: ["news@honest.example", "eve@evil.test"] }), delivered],
    ["another host and address of the same domain", witness({ senders: ["ads@honest.example"] }), delivered],
    ["a later time of receipt", witness({ receivedAt: noon + 3_600_001 }), delivered],
    ["another sender, before any server took it", { ...unsaid, senders: ["eve@evil.test"] }, delivered],
  ])("is not taken for that of a file with %s", (_what, said, recorded) => {
    const { seed, note } = confirm(read, { ...evidence, recorded: book(recorded), witness: said });
    expect(seed).toEqual({ ...read, isClaimed: true });
    expect(note).toMatch(
      /^Who sent "Your parcel waits" is only what the file claims: .* one of news@honest\.example, but /,
    );
  });

  test.each<[string, FileWitness, TraceRecord]>([
    ["the same sender", witness({ senders: ["news@honest.example"] }), delivered],
    ["a sender below his domain", witness({ senders: ["b1@bounce.honest.example"] }), { ...delivered, senderIp: "" }],
    ["a time of receipt soon after", witness({ receivedAt: noon + 3_600_000 }), delivered],
    ["a later time of receipt, of what PPS held", witness({ receivedAt: noon + 90_000_000 }), held],
    ["a time of receipt before", witness({ receivedAt: noon - 90_000_000 }), delivered],
  ])("is that of a file with %s", (_what, said, recorded) => {
    expect(confirm(read, { ...evidence, recorded: book(recorded), witness: said }).seed.isClaimed).toBeUndefined();
  });
});

describe("a sender whom a person names", () => {
  test.each([
    ["where the file says no other", { envelopeSender: "", returnPath: "" }, "eve@evil.test"],
    ["where the file says the same", {}, "news@honest.example"],
  ])("is taken for it %s, and none of its other claims", (_when, claims, named) => {
    const { seed, note } = confirmSender({ ...read, ...claims }, book(), named);
    expect({ seed, note }).toEqual({ seed: { ...read, envelopeSender: named, returnPath: "", sendingIp: "" } });
  });

  test("does not make true what the file says of another", () => {
    const { seed, note } = confirmSender(read, book(), "eve@evil.test");
    expect(seed).toEqual({ ...read, isClaimed: true });
    expect(note).toBeDefined();
  });
});

test.each<[string, Parameters<typeof originOf>[0], ReturnType<typeof originOf>]>([
  ["a stranger", book(record("eve@evil.test")), "outside"],
  ["a stranger among others", book(record("ann@example.com"), record("eve@evil.test")), "outside"],
  ["no sender at all", book(record("")), "senderless"],
  ["a name that only ends alike", book(record("eve@notexample.com")), "outside"],
  ["an own domain", book(record("ann@example.com"), record("bob@mail.EXAMPLE.com")), "inside"],
  ["nobody on record", book(), "unrecorded"],
  ["a stranger and no sender", book(record(""), record("eve@evil.test")), "outside"],
  ["an own domain, among more than can be read", { ...book(record("ann@example.com")), isCut: true }, "unknown"],
  ["a trace that cannot be read", failed, "unknown"],
  ["nothing that was asked", undefined, "unnamed"],
])("by %s a message comes from where that is", (_what, recorded, origin) => {
  expect(originOf(recorded, ["example.com"])).toBe(origin);
});
