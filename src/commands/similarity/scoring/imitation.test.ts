import { describe, expect, test } from "vitest";
import { strongFrom, weakFrom } from "../campaign.ts";
import type { Seed } from "../seed.ts";
import type { Candidate } from "../traits/candidate.ts";
import { readTraits } from "../traits/traits.ts";
import { weights } from "../weights.ts";
import { knowSeeds } from "./knowledge.ts";
import { createJudge } from "./scorer.ts";

// What whoever imitates somebody copies, and what only a file says, does not make another's mail a campaign's.

const firm = "news@firm.test";
const subject = "Quarterly market outlook with seven charts and forecasts";

const seed: Seed = {
  envelopeSender: "eve@evil.test",
  headerSenders: [firm],
  displayNames: ["Firm News"],
  replyTo: [firm],
  returnPath: "",
  subject,
  messageId: "1@evil.test",
  sendingIp: "192.0.2.7",
  urls: ["https://www.firm.test/outlook"],
  hosts: ["www.firm.test"],
  attachments: [{ name: "a.pdf", sha256: "ab".repeat(32) }],
  date: "2026-03-04T10:00:00Z",
};

const inside = { ...seed, envelopeSender: "", messageId: "", sendingIp: "", attachments: [] };

/** The firm's own newsletter, opened. */
const genuine: Candidate = {
  sender: firm,
  recipients: ["ann@corp.example"],
  subject,
  messageId: "9@firm.test",
  receivedAt: "2026-03-04T11:00:00.000Z",
  sizeBytes: null,
  senderIp: "198.51.100.9",
  indicators: inside,
};

function judge(candidate: Partial<Candidate>, given: Partial<Seed> = {}) {
  const knowledge = knowSeeds([{ ...seed, ...given }], { ownDomains: ["corp.example"] });
  knowledge.sizes.push(2000);
  return createJudge(knowledge)(readTraits({ ...genuine, ...candidate }));
}

const bare = judge({ indicators: { ...inside, headerSenders: [], replyTo: [], urls: [], hosts: [] } });

test.each([
  ["by its own domain", firm],
  ["by a name below it", "bounce@em.firm.test"],
])(
  "of mail that its sender really sends, %s, nothing that an imitator copies counts but the subject",
  (_how, sender) => {
    expect(judge({ sender }).score).toBe(bare.score);
  },
);

test("what is sent for a firm by a mailer stays weak when header, subject, links, time and size are copied", () => {
  const sent = judge({ sender: "bounce@mailer.test", sizeBytes: 2000, finalRule: "spam.definite" });
  expect(sent.score).toBeLessThan(strongFrom);
  expect(sent.score).toBeGreaterThanOrEqual(weakFrom);
  expect(sent.reasons).toContain("but a header and a subject are easily copied");
});

test.each<[string, Partial<Candidate>]>([
  ["a sending host", { senderIp: "192.0.2.7" }],
  ["a sending network", { senderIp: "192.0.2.99" }],
  ["a file", { indicators: { ...inside, attachments: seed.attachments } }],
  ["a link elsewhere", { indicators: { ...inside, urls: ["https://pay.pages.test/form"], hosts: ["pay.pages.test"] } }],
])("one header under many envelopes holds together with one fact more: %s", (_what, more) => {
  const given = { urls: ["https://pay.pages.test/form"], hosts: ["pay.pages.test"] };
  const sender = "x77@rotating.test";
  expect(judge({ sender, ...more }, given).score).toBeGreaterThanOrEqual(strongFrom);
});

test("where it really comes from the domain that its header shows, header and links count", () => {
  expect(judge({ sender: "other@firm.test" }, { envelopeSender: firm }).score).toBeGreaterThanOrEqual(strongFrom);
});

test("the header sender counts less than the envelope sender", () => {
  const parts = { subject: "Hello", indicators: { ...inside, subject: "Hello", urls: [], hosts: [], replyTo: [] } };
  const header = judge({ ...parts, sender: "bounce@mailer.test" }, { subject: "Hello" }).score;
  const envelope = judge({ ...parts, sender: "eve@evil.test" }, { subject: "Hello" }).score;
  expect(header).toBeLessThan(envelope - 15);
});

describe("what only a file says of its sender", () => {
  const claimed: Partial<Seed> = { envelopeSender: firm, isClaimed: true };

  test.each<[string, Partial<Candidate>, Partial<Seed>]>([
    ["an envelope sender", {}, {}],
    ["a Message-ID", { messageId: seed.messageId }, {}],
    ["a Message-ID without a sender", { messageId: seed.messageId }, { envelopeSender: "", headerSenders: [] }],
    ["a header alone", {}, { envelopeSender: "" }],
    ["a sending host", { senderIp: "192.0.2.7" }, {}],
    ["a file's name", { attachmentNames: ["a_quarterly_outlook.pdf"] }, {}],
  ])("does not make a match strong: %s", (_what, candidate, given) => {
    const attachments = [{ name: "a_quarterly_outlook.pdf", sha256: "cd".repeat(32) }];
    const { score, reasons } = judge({ sizeBytes: 2000, ...candidate }, { ...claimed, attachments, ...given });
    expect(score).toBe(weights.copied);
    expect(score).toBeLessThan(strongFrom);
    expect(reasons).toContain("but who sent what was reported is only what a file claims");
  });

  test("is borne out by the same file, and by the same link to a third party", () => {
    const page = { urls: ["https://pay.pages.test/form"], hosts: ["pay.pages.test"] };
    const file = judge({ indicators: { ...inside, attachments: seed.attachments } }, claimed);
    expect(file.score).toBeGreaterThanOrEqual(strongFrom);
    const link = judge({ indicators: { ...inside, ...page } }, { ...claimed, ...page });
    expect(link.score).toBeGreaterThanOrEqual(strongFrom);
  });

  test("takes nothing from what is known of another reported message", () => {
    const knows = createJudge(
      knowSeeds([seed, { ...seed, ...claimed, envelopeSender: firm }], { ownDomains: ["corp.example"] }),
    );
    const own = readTraits({ ...genuine, sender: "eve@evil.test" });
    expect(knows(own).score).toBeGreaterThanOrEqual(strongFrom);
    expect(knows(readTraits(genuine)).score).toBeLessThan(strongFrom);
  });
});

test("a bounce-like message is the reported one by its Message-ID, where both have no envelope sender", () => {
  const bounce: Partial<Seed> = { envelopeSender: "", isBounce: true, headerSenders: ["postmaster@mx9.test"] };
  const same = { messageId: seed.messageId, indicators: { ...inside, headerSenders: ["postmaster@mx9.test"] } };
  expect(judge({ ...same, sender: "" }, bounce).reasons[0]).toBe("same Message-ID");
  expect(judge({ ...same, sender: "postmaster@mx9.test" }, bounce).reasons).toContain(
    "same Message-ID, but another sender",
  );
});

test("domains that differ by their numbers alone prove less than those that differ by a letter", () => {
  const numbered = { envelopeSender: "a@supplier12.test", subject: "", headerSenders: [] };
  const score = (sender: string) =>
    judge({ sender, receivedAt: null, indicators: { ...inside, urls: [], hosts: [], replyTo: [] } }, numbered).score;
  expect(score("b@supplier13.test")).toBe(weights.senderNumbered);
  expect(score("b@suppller12.test")).toBe(weights.senderAlike);
  expect(score("b@supplier13.example")).toBe(weights.senderAlike);
});
