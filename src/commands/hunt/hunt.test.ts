import { expect, test } from "vitest";
import { execute } from "../../../test/model/execute.ts";
import { createMailSystem, formatUtc, type Held, type MailSystem } from "../../../test/model/mail-system.ts";
import { isPpsError } from "../../core/errors.ts";
import type { Ask, Json } from "../../core/steps.ts";
import { hunt } from "./hunt.ts";
import type { HuntHit, HuntResult } from "./hunt-result.ts";

const noon = Date.UTC(2026, 2, 4, 12);
const folders = ["Quarantine", "Phish", "Audit"].map((name) => ({ name, moduleType: "mail" as const }));

interface Mail {
  guid: string;
  ago?: number;
  from?: string;
  to?: string[];
  subject?: string;
  ip?: string;
  /** Where it is held. */
  folder?: string;
  trace?: Record<string, Json>;
}

/** A system in which each of the messages has passed the filter, and some are held. */
function systemOf(mails: readonly Mail[], given: Partial<MailSystem> = {}): MailSystem {
  const timeOf = ({ ago = 3600 }: Mail) => noon - ago * 1000;
  const held = mails
    .filter(({ folder }) => folder !== undefined)
    .map((mail): Held => {
      const { guid, folder = "", from = "ann@evil.example", to = ["bob@example.com"], subject = "Hello" } = mail;
      const record = {
        rcpts: to,
        subject,
        messageid: `${guid}@evil.example`,
        host_ip: `mx [${mail.ip ?? "192.0.2.7"}]`,
      };
      return { guid, localguid: `1:1:${guid}`, folder, time: timeOf(mail), from, record };
    });
  const traced = mails
    .map((mail) => {
      const { guid, folder = "", from = "ann@evil.example", to = ["bob@example.com"], subject = "Hello" } = mail;
      const time = timeOf(mail);
      const record: Record<string, Json> = {
        ...{
          GUID: guid,
          Sender: from,
          Recipients: to.join(","),
          Subject: subject,
          Message_ID: `<${guid}@evil.example>`,
        },
        ...{ Sender_Host: "mx", Sender_IP_Address: mail.ip ?? "192.0.2.7", Date: `${formatUtc(time)} [UTC+0000]` },
        ...{ Final_Action: folder === "" ? "accept" : "discard", Final_Rule: "spam.definite" },
        ...{ Quarantine_Folder: folder, current_folder: folder, Attachment_Names: "", Virus_Names: "", ...mail.trace },
      };
      return { time, record };
    })
    .sort((one, other) => other.time - one.time);
  return createMailSystem({ held, traced, ...given });
}

function run(system: MailSystem, raw: Record<string, unknown>, more: object = {}) {
  const result = execute(hunt, raw, system, { now: noon, folders, ...more }) as HuntResult;
  return { messages: system.items as HuntHit[], ...result };
}

const isTrace = ({ path }: Ask) => path === "/pss/filter";
const callsOf = ({ asked }: MailSystem) => ({
  trace: asked.filter(isTrace).length,
  held: asked.filter((one) => !isTrace(one)).length,
});
const refused = (request: Ask) => (isTrace(request) ? { status: 403, text: "no" } : undefined);

function failureOf(work: () => unknown): unknown {
  try {
    work();
  } catch (error) {
    if (isPpsError(error))
      return { code: error.code, message: error.message, status: error.status, field: error.field };
    throw error;
  }
  return "it succeeded";
}

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
    notes: [],
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

test("a folder only the trace knows is looked into as well, unless folders were named", () => {
  const mails = [{ guid: "a", folder: "Site's own" }];
  expect(run(systemOf(mails), { sender: "ann@evil.example" }).messages).toMatchObject([{ folders: ["Site's own"] }]);
  const named = systemOf(mails);
  expect(run(named, { sender: "ann@evil.example", folder: "Phish" }).messages).toMatchObject([
    { state: "unclear", folders: [] },
  ]);
  expect(callsOf(named)).toEqual({ trace: 1, held: 1 });
});

test("without the right to the trace, quarantine is searched and it is told what cannot be known", () => {
  const system = systemOf([{ guid: "a", folder: "Phish", ip: "198.51.100.9" }, { guid: "b" }], { fate: refused });
  const result = run(system, { sender: ["ann@evil.example"], indicators: ["198.51.100.9"], attachment: ["a.exe"] });
  expect(result.messages).toMatchObject([
    { guid: "a", state: "held", indicators: ["198.51.100.9", "ann@evil.example"], finalRule: "" },
  ]);
  expect(result).toMatchObject({
    truncated: true,
    failed: true,
    indicators: [
      { indicator: "198.51.100.9", state: "searched", reason: "searched in quarantine only", messages: 1 },
      { indicator: "ann@evil.example", state: "searched", reason: "searched in quarantine only", messages: 1 },
      { indicator: "a.exe", state: "failed", reason: "only the trace knows of it, which could not be read" },
    ],
    notes: [
      expect.stringMatching(/^Only quarantine was searched, so that what was delivered is not known; .*module pss/),
    ],
  });
  expect(callsOf(system)).toEqual({ trace: 1, held: 3 });
});

test("senders alone are hunted without the trace, which is no failure", () => {
  const system = systemOf([{ guid: "a", folder: "Phish" }], { fate: refused });
  expect(run(system, { sender: ["ann@evil.example"] })).toMatchObject({ truncated: true, failed: false });
});

test("a trace nobody may read is an error where nothing else can be searched", () => {
  const system = systemOf([], { fate: refused });
  expect(failureOf(() => run(system, { virus: ["Eicar"] }))).toMatchObject({ code: "denied", status: 403 });
});

test("a wrong password is an error at once", () => {
  const system = systemOf([], { fate: () => ({ status: 401 }) });
  expect(failureOf(() => run(system, { sender: ["ann@evil.example"] }))).toMatchObject({ code: "denied", status: 401 });
  expect(system.asked).toHaveLength(1);
});

test("an indicator whose search failed says so, and the others are hunted", () => {
  const isFor = (request: Ask, name: string, value: string) =>
    request.query?.some(([one, other]) => one === name && other === value);
  const system = systemOf([{ guid: "a" }, { guid: "b", from: "bob@other.example" }], {
    fate: (request) => (isFor(request, "env_from", "bob@other.example") ? { status: 500, text: "down" } : undefined),
  });
  const result = run(system, { sender: ["ann@evil.example", "cem@third.example", "bob@other.example"] });
  expect(result.indicators.map(({ state }) => state)).toEqual(["searched", "searched", "failed"]);
  expect(result.indicators[2]?.reason).toMatch(
    /^The search of the trace for the sender bob@other\.example failed: .*500/,
  );
  expect(result).toMatchObject({ truncated: true, failed: true, notes: [result.indicators[2]?.reason] });
});

test("what may be held in a folder that could not be searched is not called stopped", () => {
  const system = systemOf([{ guid: "a", folder: "Phish", trace: { current_folder: "" } }], {
    fate: (request) =>
      request.query?.some(([, value]) => value === "Phish") ? { status: 500, text: "down" } : undefined,
  });
  const result = run(system, { sender: ["ann@evil.example"] });
  expect(result.messages).toMatchObject([{ guid: "a", state: "unclear" }]);
  expect(result).toMatchObject({
    truncated: true,
    failed: true,
    indicators: [{ state: "failed", reason: expect.stringContaining("did not come to its end in Phish") }],
  });
});

test("when every search fails, the hunt does", () => {
  const system = systemOf([{ guid: "a" }], { fate: () => ({ status: 500, text: "down" }) });
  expect(failureOf(() => run(system, { sender: ["ann@evil.example"] }))).toMatchObject({
    code: "unexpected",
    status: 500,
  });
});

test("folders the site does not have are told once and asked for once, and one that was named is missed", () => {
  const existing = { folders: ["Quarantine"] };
  const system = systemOf([], existing);
  expect(run(system, { sender: ["a@evil.example", "b@other.example"] })).toMatchObject({
    ...{ truncated: false, failed: false },
    notes: ["PPS refused folders that the site may not have; they were left out: Phish, Audit."],
  });
  expect(callsOf(system)).toEqual({ trace: 2, held: 4 });
  const named = run(systemOf([], existing), { sender: ["a@evil.example"], folder: ["Quarantine", "Phish"] });
  expect(named).toMatchObject({ truncated: true, failed: true, indicators: [{ state: "failed" }] });
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
  ]);
});

test("of a long list of what is left out, the first twenty are told and the rest counted", () => {
  const { notes } = run(systemOf([]), { file: `ann@evil.example\n${"nonsense\n".repeat(25)}` });
  expect(notes).toHaveLength(21);
  expect(notes[20]).toBe("5 more parts of the file were left out.");
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
