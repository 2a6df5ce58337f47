import { describe, expect, test } from "vitest";
import { strongFrom, weakFrom } from "../campaign.ts";
import type { Seed } from "../seed.ts";
import type { Candidate } from "../traits/candidate.ts";
import { readTraits } from "../traits/traits.ts";
import { weights } from "../weights.ts";
import { knowSeeds } from "./knowledge.ts";
import { createJudge } from "./scorer.ts";

// Of another sender's mail a phish may copy the words, and with them links, addresses and the names of files; and from a
// sender whom strangers share, or who was taken over, comes honest mail as well.

const subject = "Quarterly market outlook with seven charts and forecasts";

const seed: Seed = {
  envelopeSender: "eve@evil.test",
  headerSenders: ["eve@evil.test"],
  displayNames: [],
  replyTo: ["desk@helpdesk.test"],
  returnPath: "",
  subject,
  messageId: "1@evil.test",
  sendingIp: "192.0.2.7",
  urls: ["https://www.fair.test/register/visitors"],
  hosts: ["www.fair.test"],
  attachments: [
    { name: "Market_Outlook_Spring.pdf", sha256: "ab".repeat(32) },
    { name: "logo.png", sha256: "ef".repeat(32) },
  ],
  date: "2026-03-04T10:00:00Z",
};

const nothing = { ...seed, headerSenders: [], replyTo: [], messageId: "", urls: [], hosts: [], attachments: [] };

const honest: Candidate = {
  sender: "news@firm.test",
  recipients: ["ann@corp.example"],
  subject,
  messageId: "9@firm.test",
  receivedAt: "2026-03-04T11:00:00.000Z",
  sizeBytes: 2000,
  senderIp: "198.51.100.9",
  finalRule: "spam.definite",
  indicators: nothing,
};

function judge(candidate: Partial<Candidate>, given: Partial<Seed> = {}, threshold = strongFrom) {
  const knowledge = knowSeeds([{ ...seed, ...given }], { ownDomains: ["corp.example"] });
  knowledge.sizes.push(2000);
  knowledge.shares["rule:spam.definite"] = 1;
  return createJudge(knowledge, threshold)(readTraits({ ...honest, ...candidate }));
}

const copied: [string, Partial<Candidate>][] = [
  ["an address for answers", { indicators: { ...nothing, replyTo: seed.replyTo } }],
  ["the host of a link", { indicators: { ...nothing, hosts: seed.hosts } }],
  ["a file's name", { indicators: { ...nothing, attachments: [{ name: "Market_Outlook_Spring.pdf", sha256: "cd" }] } }],
  ["a picture", { indicators: { ...nothing, attachments: [{ name: "logo.png", sha256: "ef".repeat(32) }] } }],
  ["a Message-ID", { messageId: seed.messageId }],
  [
    "a domain that looks like the reported one's",
    { sender: "ann@evi1.test", indicators: { ...nothing, replyTo: seed.replyTo } },
  ],
  [
    "all of these",
    { messageId: seed.messageId, indicators: { ...seed, urls: [], attachments: seed.attachments.slice(1) } },
  ],
];

describe.each(copied)("beside the subject, %s", (_what, candidate) => {
  test("does not make another sender's mail strong, whatever threshold is asked for", () => {
    const { score, reasons, isTied } = judge(candidate);
    expect({ score, isTied }).toEqual({ score: weights.copied, isTied: false });
    expect(reasons).toContain("but all of this is easily copied");
    for (const threshold of [1, 20, 50, 55, 56]) expect(judge(candidate, {}, threshold).score).toBeLessThan(threshold);
  });

  test.each<[string, Partial<Candidate>]>([
    ["sender", { sender: "eve@evil.test" }],
    ["domain", { sender: "mia@evil.test" }],
    ["host", { senderIp: "192.0.2.7" }],
  ])("is not bounded in mail of the same %s, whose sender is the campaign's", (_source, source) => {
    const { score, reasons, isTied } = judge({ ...candidate, ...source });
    expect(isTied).toBe(true);
    expect(reasons.filter((reason) => /copied/.test(reason))).toEqual([]);
    expect(score).toBeGreaterThanOrEqual(Math.max(strongFrom, judge(source).score));
  });
});

test.each<[string, Partial<Candidate>]>([
  ["page", { indicators: { ...nothing, urls: seed.urls, hosts: seed.hosts } }],
  ["file", { indicators: { ...nothing, attachments: seed.attachments } }],
])("mail with the very same %s belongs, and ties its sender to nothing", (_what, candidate) => {
  const { score, isTied } = judge({ ...candidate, subject: "Hello" });
  expect(score).toBeGreaterThanOrEqual(strongFrom);
  expect(isTied).toBe(false);
});

test.each<[string, Partial<Candidate>, boolean]>([
  // So does the domain of a partner whom a phish imitates look like the phish's.
  ["looks like the campaign's by a letter", { sender: "x@evi1-desk.test" }, false],
  ["differs by its number alone", { sender: "x@evil-desk22.test" }, false],
  ["is a stranger's, from the same network", { senderIp: "192.0.2.99" }, false],
])("whether a domain ties its mail to the campaign that %s", (_what, candidate, isTied) => {
  const sender = "eve@evil-desk7.test";
  expect(judge(candidate, { envelopeSender: sender }).isTied).toBe(isTied);
});

test("of one sender and host, mail that shares nothing but day, rule and size is not strong", () => {
  const other = { sender: "eve@evil.test", senderIp: "192.0.2.7", subject: "Drawings of the harbour crane" };
  const { score, reasons } = judge(other);
  expect(reasons).toEqual([
    "same sender eve@evil.test",
    "within a day",
    "about the same size",
    "same rule spam.definite",
  ]);
  expect(score).toBeLessThan(strongFrom);
  expect(score).toBeGreaterThanOrEqual(weakFrom);
});

test.each<[string, Partial<Seed>]>([
  ["where it asks for answers", { replyTo: ["eve@evil.test"] }],
  ["the sender's site", { hosts: ["www.evil.test"] }],
  ["the sender's logo", { attachments: [{ name: "logo.png", sha256: "ef".repeat(32) }] }],
])("of one sender, who may have been taken over, what all of his mail shows is no second fact: %s", (_what, shown) => {
  const given = { replyTo: [], hosts: [], attachments: [], ...shown };
  const indicators = { ...nothing, ...shown };
  const other = {
    sender: "eve@evil.test",
    senderIp: "192.0.2.7",
    subject: "Drawings of the harbour crane",
    indicators,
  };
  expect(judge(other, given).score).toBeLessThan(strongFrom);
});

describe("a host that strangers to each other send through", () => {
  const senderIp = "192.0.2.7";

  test.each<[string, Partial<Candidate>, Partial<Seed>]>([
    ["a mass mailer's customer", { sender: "bounces+1@sendgrid.net" }, { envelopeSender: "bounces+777@sendgrid.net" }],
    ["a customer with a domain of his own", {}, { envelopeSender: "bounces+777@em1.sendgrid.net" }],
    ["one of whose other customers was reported", { sender: "bounces+1@sendgrid.net" }, {}],
  ])("says nothing of %s", (_whose, candidate, given) => {
    const { score, reasons, isTied } = judge({ senderIp, ...candidate }, given);
    expect(reasons.join()).not.toContain("192.0.2");
    expect({ score, isTied }).toMatchObject({ isTied: false });
    expect(score).toBeLessThan(strongFrom);
  });
});
