import { expect, test } from "vitest";
import { callsOf, failureOf, isTrace, run, systemOf } from "../../../test/model/hunted-mail.ts";
import type { Ask } from "../../core/steps.ts";

/** Said once of every hunt for senders. */
const envelopesAlone =
  "PPS searches envelope senders alone: an address that stands only in a From header is not found.";

test("messages come newest first, each once, with what became of it and what names it", () => {
  const system = systemOf([
    { guid: "old", ago: 7200 },
    { guid: "held", ago: 60, folder: "Phish", to: ["bob@example.com", "Cem@example.com"] },
    { guid: "stopped", ago: 600, trace: { Final_Action: "reject" } },
    { guid: "other", from: "ann@other.example" },
  ]);
  const { messages, ...summary } = run(system, { indicators: ["Ann[@]evil.example"], recipient: ["cem@example.com"] });
  expect(messages.map(({ guid, state, folders: in_, indicators }) => [guid, state, in_, indicators])).toEqual([
    ["held", "held", ["Phish"], ["ann@evil.example", "cem@example.com"]],
    ["stopped", "stopped", [], ["ann@evil.example"]],
    ["old", "delivered", [], ["ann@evil.example"]],
  ]);
  expect(messages[0]).toMatchObject({
    receivedAt: "2026-03-04T11:59:00Z",
    sender: "ann@evil.example",
    subject: "Hello",
    messageId: "held@evil.example",
    senderIp: "192.0.2.7",
    finalRule: "spam.definite",
  });
  const span = { first: "2026-03-04T10:00:00Z", last: "2026-03-04T11:59:00Z", state: "searched" };
  expect(summary).toMatchObject({
    indicators: [
      { indicator: "ann@evil.example", kind: "sender", messages: 3, recipients: 2, ...span },
      {
        indicator: "cem@example.com",
        kind: "recipient",
        messages: 1,
        recipients: 2,
        first: span.last,
        last: span.last,
      },
    ],
    recipients: [
      { recipient: "bob@example.com", messages: 3, delivered: 1 },
      { recipient: "Cem@example.com", messages: 1, delivered: 0 },
    ],
    senders: [{ sender: "ann@evil.example", messages: 3, delivered: 1 }],
    truncated: false,
    failed: false,
    notes: [envelopesAlone],
    since: "2026-02-25T12:00:00Z",
    until: null,
  });
  expect(summary.timeline.reduce((sum, { held, delivered, stopped }) => sum + held + delivered + stopped, 0)).toBe(3);
  expect(summary.requests).toBe(system.asked.length);
});

test("each sender takes one search of the trace and one of every folder", () => {
  const system = systemOf([{ guid: "a", folder: "Phish" }]);
  run(system, { indicators: ["ann@evil.example", "bob@other.example", "ANN@evil.example"] });
  expect(callsOf(system)).toEqual({ trace: 2, held: 6 });
});

test("many indicators take one reading of quarantine", () => {
  const system = systemOf([
    { guid: "a", folder: "Phish", subject: "No 7" },
    { guid: "b", folder: "Audit" },
  ]);
  const subject = Array.from({ length: 80 }, (_, index) => `No ${index}`);
  const { messages } = run(system, { subject });
  expect(messages).toMatchObject([{ guid: "a", state: "held", indicators: ["No 7"] }]);
  expect(callsOf(system)).toEqual({ trace: 80, held: 3 });
});

test("of many held messages each is named by its own indicators", () => {
  const mails = Array.from({ length: 260 }, (_, index) => {
    return { guid: `g${index}`, folder: index % 3 === 0 ? "Audit" : "Phish", subject: `No ${index % 90}`, ago: index };
  });
  const subject = Array.from({ length: 80 }, (_, index) => `No ${index}`);
  // Without the trace, which tells the same of them.
  const fate = (request: Ask) => (isTrace(request) ? { status: 403 } : undefined);
  const { messages } = run(systemOf(mails, { fate }), { subject });
  const expected = mails.filter(({ subject: own }) => subject.includes(own));
  expect(messages.map(({ guid, indicators }) => [guid, indicators])).toEqual(
    expected.map(({ guid, subject: own }) => [guid, [own]]),
  );
});

test("what only the trace can be searched for is looked up in the folder the trace names, by sender and time", () => {
  const system = systemOf([
    { guid: "a", folder: "Phish", ip: "198.51.100.9" },
    { guid: "b", folder: "Phish", ip: "198.51.100.9", ago: 90 },
    { guid: "c", ip: "198.51.100.9" },
    { guid: "d", folder: "Phish" },
  ]);
  const { messages } = run(system, { indicators: ["198.51.100.9"] });
  expect(messages.map(({ guid, state }) => [guid, state])).toEqual([
    ["b", "held"],
    ["a", "held"],
    ["c", "delivered"],
  ]);
  expect(callsOf(system)).toEqual({ trace: 1, held: 1 });
  expect(Object.fromEntries(system.asked[1]?.query ?? [])).toMatchObject({ folder: "Phish", from: "ann@evil.example" });
});

test("where more senders would have to be looked up than a folder takes to read, the folder is read", () => {
  const mails = Array.from({ length: 250 }, (_, index) => {
    return { guid: `g${index}`, folder: "Phish", from: `n${index}@evil.example`, ip: "198.51.100.9", ago: 60 + index };
  });
  const system = systemOf(mails);
  const { messages } = run(system, { indicators: ["198.51.100.9"] });
  expect(messages.filter(({ state }) => state === "held")).toHaveLength(250);
  expect(callsOf(system).held).toBe(1);
});

test("a folder only the trace knows is looked into as well, unless folders were named", () => {
  const mails = [{ guid: "a", folder: "Site's own" }];
  expect(run(systemOf(mails), { sender: "ann@evil.example" }).messages).toMatchObject([{ folders: ["Site's own"] }]);
  const named = systemOf(mails);
  expect(run(named, { sender: "ann@evil.example", folder: "Phish" }).messages).toMatchObject([
    { state: "unclear", folders: [] },
  ]);
  expect(callsOf(named)).toEqual({ trace: 1, held: 1 });
});

test("subjects count only where the whole subject is meant, which is told", () => {
  const system = systemOf([
    { guid: "a", subject: "Your invoice" },
    { guid: "b", subject: "Invoices of yours" },
    { guid: "c", subject: "Re: your invoice" },
  ]);
  const whole = run(system, { subject: ["your invoice"] });
  expect(whole.messages.map(({ guid }) => guid)).toEqual(["a"]);
  expect(whole.notes).toEqual([expect.stringContaining("finds subjects by their words")]);
  system.items = [];
  const part = run(system, { subject: ["*your invoice"] });
  expect(part.messages.map(({ guid }) => guid).sort()).toEqual(["a", "c"]);
  expect(part.notes).toContainEqual(expect.stringContaining("more may match among delivered mail"));
  expect(system.asked.filter(isTrace).map(({ query }) => Object.fromEntries(query ?? []).subject)).toEqual([
    "your invoice",
    "your invoice",
  ]);
});

test("PPS's own find is believed where its record leaves blank what was searched for", () => {
  const system = systemOf([{ guid: "a" }, { guid: "b", trace: { Attachment_Names: "other.exe" } }]);
  expect(run(system, { attachment: ["a.exe"] }).messages).toMatchObject([{ guid: "a", indicators: ["a.exe"] }]);
});

test("a limit keeps the newest and says that it cut", () => {
  const system = systemOf(["a", "b", "c", "d"].map((guid, index) => ({ guid, ago: 60 + index })));
  const result = run(system, { sender: ["ann@evil.example"], limit: 2 });
  expect(result.messages.map(({ guid }) => guid)).toEqual(["a", "b"]);
  expect(result).toMatchObject({ truncated: true, failed: false, indicators: [{ messages: 2 }] });
  expect(result.notes.join()).toContain("limit of 2");
});

test("nothing but links and hashes asks PPS for nothing, and does not look like nothing found", () => {
  const system = systemOf([{ guid: "a" }]);
  const result = run(system, { indicators: ["https://evil.example/", "a".repeat(64)] });
  expect(system.asked).toEqual([]);
  expect(result).toMatchObject({
    truncated: true,
    failed: true,
    indicators: [{ state: "not_searchable", reason: "PPS does not search for links" }, { state: "not_searchable" }],
    notes: ["None of the indicators can be searched for; the first because PPS does not search for links."],
  });
});

test("a file and arguments are hunted together, and what of the file is left out is told", () => {
  const file = "ann@evil.example\nnonsense\nhttps://evil.example/\n# This list is not complete. Cut.\n";
  const result = run(systemOf([{ guid: "a" }]), { file, indicators: ["ann@evil.example", "192.0.2.8"] });
  expect(result.indicators.map(({ indicator }) => indicator)).toEqual([
    "ann@evil.example",
    "192.0.2.8",
    "https://evil.example/",
  ]);
  expect(result.truncated).toBe(true);
  expect(result.notes).toEqual([
    'Left out of the file: line 2 holds "nonsense", which is no address, domain, IP address, Message-ID in angle brackets, link or hash.',
    "The file says that it lacks indicators.",
    "1 of 3 indicators cannot be searched for; the first because PPS does not search for links.",
    envelopesAlone,
  ]);
});

test("of a long list of what is left out, the first twenty are told and the rest counted", () => {
  const { notes } = run(systemOf([]), { file: `ann@evil.example\n${"nonsense\n".repeat(25)}` });
  expect(notes).toHaveLength(22);
  expect(notes[20]).toBe("5 more parts of the file were left out.");
});

test.each([
  ["an address", { indicators: ["ann@evil.example", "bob@evil.example"] }, [envelopesAlone]],
  ["a domain", { indicators: ["evil.example"] }, [envelopesAlone]],
  ["a part of one", { sender: ["ann*"] }, [envelopesAlone]],
  ["everybody", { sender: ["*"] }, []],
  ["an IP address", { indicators: ["192.0.2.7"] }, []],
])("of a hunt for %s it is said once whether a From header counts", (_what, asked, notes) => {
  expect(run(systemOf([{ guid: "a" }]), asked).notes).toEqual(notes);
});

test.each([
  ["MISP", { Attribute: [{ type: "email-reply-to", value: "collect@drop.test" }] }],
  [
    "STIX",
    {
      type: "indicator",
      id: "indicator--1",
      pattern_type: "stix",
      pattern: "[email-message:additional_header_fields.'Reply-To' = 'collect@drop.test']",
    },
  ],
])("an address for answers is told as not searchable, and not sought as a sender: %s", (_format, source) => {
  const system = systemOf([{ guid: "a" }]);
  const file = JSON.stringify(source);
  const reason = "PPS searches for envelope senders, not for addresses in a Reply-To header";
  expect(run(system, { file })).toMatchObject({
    ...{ truncated: true, failed: true },
    indicators: [{ indicator: "collect@drop.test", kind: "replyTo", state: "not_searchable", reason }],
  });
  expect(system.asked).toEqual([]);
  const both = run(systemOf([{ guid: "a", from: "collect@drop.test" }]), { file, sender: ["collect@drop.test"] });
  expect(both.indicators).toMatchObject([
    { kind: "sender", state: "searched", messages: 1 },
    { kind: "replyTo", state: "not_searchable", messages: 0 },
  ]);
});

test("what an own source has taken back is not hunted", () => {
  const event = { Attribute: [{ type: "email-src", value: "ann@evil.example", deleted: true }] };
  const result = run(systemOf([{ guid: "a" }]), { file: JSON.stringify(event), recipient: ["bob@example.com"] });
  expect(result.messages).toMatchObject([{ guid: "a", indicators: ["bob@example.com"] }]);
  expect(result.indicators[1]).toMatchObject({ state: "not_searchable", reason: "its source has taken it back" });
});

test("international domains are hunted as envelopes spell them", () => {
  const system = systemOf([{ guid: "a", from: "ann@xn--bnk-qla.example" }]);
  const result = run(system, { indicators: ["bänk.example", "ann@BÄNK.example", "xn--bnk-qla.example"] });
  expect(result.messages).toMatchObject([{ indicators: ["xn--bnk-qla.example", "ann@xn--bnk-qla.example"] }]);
});

test.each([
  [{ indicators: ["nonsense"] }, /^An argument holds "nonsense", which is no address/, "indicators"],
  [{ sender: ["a*b@evil.example"] }, /^An argument holds .*not at its start or end/, "sender"],
  [{ file: "nonsense\n" }, /^The file names no indicator that can be used: line 1 holds "nonsense"/, "file"],
  [{ file: "[]" }, "The file names no indicator that can be used: it is empty.", "file"],
  [{}, /^At least one of the following arguments must be specified: indicators, file/, undefined],
])("the input %j is refused", (raw, message, field) => {
  const wanted = { code: "bad_input", message: typeof message === "string" ? message : expect.stringMatching(message) };
  expect(failureOf(() => run(systemOf([]), raw))).toMatchObject({ ...wanted, field });
});
