import { expect, test } from "vitest";
import type { Intel, IntelKind } from "../../intel/intel.ts";
import { readMessage } from "../../quarantine/message.ts";
import { readTraceRecord } from "../../trace/record.ts";
import { createMatcher, factsOfMessage, factsOfRecord, type MessageFacts } from "./matcher.ts";

const message: MessageFacts = {
  sender: "Ann@Mail.Evil.example",
  recipients: ["bob@example.com", "Cem@example.com"],
  subject: "Your  Invoice of May",
  messageId: "1.A@mail.example",
  ip: "2001:db8::7",
  host: "MX1.evil.example",
  attachments: ["Bill.PDF", "a.exe"],
  viruses: ["Eicar-Test"],
};

const names = (kind: IntelKind, value: string, facts = message) =>
  createMatcher([{ kind, value, given: value, place: "" }])(facts).length === 1;

test.each<[IntelKind, string, boolean]>([
  ["sender", "ann@mail.evil.example", true],
  ["sender", "ann@evil.example", false],
  ["sender", "ann*", true],
  ["sender", "*@mail.evil.example", true],
  ["sender", "*", true],
  ["sender", "bob*", false],
  ["domain", "mail.evil.example", true],
  ["domain", "evil.example", false],
  ["domain", "*.evil.example", true],
  ["domain", "*.mail.evil.example", false],
  ["domain", "*.example", false],
  ["recipient", "cem@example.com", true],
  ["recipient", "*@example.com", true],
  ["recipient", "dan@example.com", false],
  ["subject", "Your invoice of may", true],
  ["subject", "Your invoice", false],
  ["subject", "Your invoice*", true],
  ["subject", "*of may", true],
  ["subject", "*voice*", true],
  ["subject", "*your invoice", false],
  ["subject", "of may*", false],
  ["messageId", "1.A@mail.example", true],
  ["messageId", "1.a@mail.example", false],
  ["ip", "2001:DB8:0:0::0007", true],
  ["ip", "2001:db8::8", false],
  ["host", "mx1.evil.example", true],
  ["host", "evil.example", true],
  ["host", "mx2.evil.example", false],
  ["host", "2001:db8::7", true],
  ["attachment", "bill.pdf", true],
  ["attachment", "bill", false],
  ["virus", "eicar-test", true],
  ["virus", "eicar", true],
  ["virus", "mydoom", false],
  ["url", "http://mail.evil.example/", false],
  ["hash", "a".repeat(32), false],
])("%s %s names the message: %s", (kind, value, isNamed) => {
  expect(names(kind, value)).toBe(isNamed);
});

test("all indicators that name a message are told, each once, and none that was taken back", () => {
  const intel: Intel[] = [
    { kind: "sender", value: "ann@mail.evil.example", given: "", place: "" },
    { kind: "recipient", value: "*@example.com", given: "", place: "" },
    { kind: "sender", value: "*@mail*", given: "", place: "", revoked: true },
    { kind: "subject", value: "*may", given: "", place: "" },
  ];
  expect(createMatcher(intel)(message).sort()).toEqual([0, 1, 3]);
});

test("a name every object has names no message", () => {
  expect(names("subject", "constructor", { ...message, subject: "__proto__" })).toBe(false);
  expect(names("sender", "__proto__", { ...message, sender: "constructor" })).toBe(false);
});

test("host and address are read from quarantine's way of writing them and from the trace's", () => {
  const held = readMessage({ host_ip: "mx.evil.example [192.0.2.7]", from: "a@b.example", rcpts: null }, "Quarantine");
  expect(factsOfMessage(held)).toMatchObject({ ip: "192.0.2.7", host: "mx.evil.example", recipients: [] });
  expect(factsOfMessage(readMessage({ host_ip: "[192.0.2.7] [192.0.2.7]" }, "")).ip).toBe("192.0.2.7");
  const traced = readTraceRecord({ Sender_Host: "mx", Sender_IP_Address: "192.0.2.7", Attachment_Names: "a b.exe,c" });
  expect(factsOfRecord(traced)).toMatchObject({ ip: "192.0.2.7", host: "mx", attachments: ["a b.exe", "c"] });
});

test.each([
  ["[IPv6:2001:DB8::1]", "ip", "2001:db8::1"],
  ["192.0.2.7", "ip", "192.0.2.7"],
  ["mx.example [2001:db8:0::1]", "host", "2001:db8:0:0::1"],
] as const)("a held message from %s is named by the %s %s", (hostIp, kind, value) => {
  expect(names(kind, value, factsOfMessage(readMessage({ host_ip: hostIp }, "")))).toBe(true);
});

test("what a trace record lacks names nothing", () => {
  const record = { guid: "a", receivedAt: null, sender: "", recipients: [], subject: "", messageId: "" };
  expect(factsOfRecord(record)).toMatchObject({ ip: "", host: "", attachments: [], viruses: [] });
  expect(names("host", "undefined", factsOfRecord(record))).toBe(false);
});

test("a sender's domain is the same with the root's dot", () => {
  expect(names("domain", "mail.evil.example", { ...message, sender: "ann@Mail.Evil.example." })).toBe(true);
});

test("an indicator is told once though several names of a message match it, and spellings of one are all told", () => {
  const of = (kind: IntelKind, value: string): Intel => ({ kind, value, given: "", place: "" });
  const matches = createMatcher([of("recipient", "*@example.com"), of("subject", "YOUR invoice*"), of("virus", "e")]);
  expect(matches({ ...message, viruses: ["Eicar", "Eicar-Test"] })).toEqual([0, 1, 2]);
  expect(createMatcher([of("attachment", "A.exe"), of("attachment", "a.EXE")])(message)).toEqual([0, 1]);
});
