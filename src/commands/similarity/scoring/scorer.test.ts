import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { recogniseName } from "../../../client/names/recognised-name.ts";
import type { DomainFacts } from "../../../core/name-facts.ts";
import type { MailIndicators } from "../../indicators/mail-indicators.ts";
import { strongFrom, weakFrom } from "../campaign.ts";
import type { Candidate } from "../traits/candidate.ts";
import { readTraits } from "../traits/traits.ts";
import { knowSeeds } from "./knowledge.ts";
import { createJudge } from "./scorer.ts";

const seed: MailIndicators = {
  envelopeSender: "mia.berg@pay-desk7.example",
  headerSenders: ["mia.berg@pay-desk7.example"],
  displayNames: ["Accounts"],
  replyTo: ["settle@collect-now.example"],
  returnPath: "mia.berg@pay-desk7.example",
  subject: "Invoice 48213 overdue - settle immediately to avoid suspension",
  messageId: "48213.1@pay-desk7.example",
  sendingIp: "192.0.2.7",
  urls: ["https://portal.evil-pages.example/settle/48213?u=ann"],
  hosts: ["portal.evil-pages.example"],
  attachments: [{ name: "overdue_statement_48213.pdf", sha256: "ab".repeat(32) }],
  date: "2026-03-04T10:00:00Z",
};

/** A message that has nothing in common with the seed. */
const stranger: Candidate = {
  sender: "carl@firm.test",
  recipients: ["ann@corp.example"],
  subject: "Minutes of the roadmap review",
  messageId: "other@firm.test",
  receivedAt: "2026-02-01T10:00:00.000Z",
  sizeBytes: 20_000,
  senderIp: "198.51.100.9",
};

const opened: MailIndicators = {
  ...seed,
  envelopeSender: "",
  headerSenders: [],
  replyTo: [],
  subject: "",
  messageId: "",
  urls: [],
  hosts: [],
  attachments: [],
};

const facts: Record<string, DomainFacts> = {};
["gmail.com", "example", "test"].forEach((name) => {
  const { domain } = recogniseName(name);
  if (domain) facts[name] = domain;
});
const domains = { ownDomains: ["corp.example"], facts };

/** Judges by what the seeds alone tell. */
function createScorer(seeds: readonly MailIndicators[], known: typeof domains) {
  const judgeTraits = createJudge(knowSeeds(seeds, known));
  return (candidate: Candidate) => judgeTraits(readTraits(candidate));
}

function judge(candidate: Partial<Candidate>, seeds: Partial<MailIndicators> = {}) {
  return createScorer([{ ...seed, ...seeds }], domains)({ ...stranger, ...candidate });
}

function bandOf(score: number): "strong" | "weak" | "none" {
  if (score >= strongFrom) return "strong";
  return score >= weakFrom ? "weak" : "none";
}

const near = "2026-03-04T12:00:00.000Z";
const variant = "Invoice 99102 overdue - settle immediately to avoid suspension";

test.each<[string, Partial<Candidate>, "strong" | "weak" | "none"]>([
  [
    "the same message to somebody else",
    { messageId: "<48213.1@pay-desk7.example>", sender: "mia.berg@pay-desk7.example" },
    "strong",
  ],
  ["another sender's, whose Message-ID the phish carries", { messageId: "<48213.1@pay-desk7.example>" }, "none"],
  [
    "another sender's, whose conversation the phish has broken into",
    { messageId: "<48213.1@pay-desk7.example>", subject: seed.subject, receivedAt: near, sizeBytes: 20_000 },
    "weak",
  ],
  [
    "another number, another domain, the same host",
    { subject: variant, senderIp: "192.0.2.7", receivedAt: near },
    "strong",
  ],
  [
    "look-alike letters and another host of the network",
    {
      subject: "lnv\u043eice 1 \u043everdue - settle immediately to av\u043eid suspension",
      senderIp: "mx [192.0.2.80]",
      sender: "mia.berg31@cash-now.test",
      receivedAt: near,
    },
    "strong",
  ],
  [
    "the same sender, reworded",
    { sender: "mia.berg@pay-desk7.example", subject: "Settle your overdue invoice 7 immediately" },
    "strong",
  ],
  [
    "another domain of the same pattern with the same subject, as a partner who is imitated has as well",
    { sender: "lena@pay-desk12.test", subject: variant, receivedAt: near },
    "weak",
  ],
  [
    "the same subject and the same kind of file name, which whoever imitates it has as well",
    { subject: variant, attachmentNames: ["overdue_statement_99102.pdf"], receivedAt: near },
    "weak",
  ],
  [
    "an opened message with the same page for another reader",
    { indicators: { ...opened, urls: ["https://portal.evil-pages.example/settle/48213?u=bob"] } },
    "strong",
  ],
  [
    "an opened message with the same file",
    { indicators: { ...opened, attachments: [{ name: "a.pdf", sha256: "ab".repeat(32) }] } },
    "strong",
  ],
  ["the same subject alone", { subject: variant, receivedAt: near, sizeBytes: 20_000 }, "weak"],
  [
    "the same sender and host with nothing of the content",
    { sender: "mia.berg@pay-desk7.example", senderIp: "192.0.2.7", receivedAt: near },
    "weak",
  ],
  [
    "an opened message with a link to the same host alone",
    { indicators: { ...opened, hosts: ["portal.evil-pages.example"] } },
    "weak",
  ],
  ["the same sending host alone", { senderIp: "192.0.2.7", receivedAt: near }, "none"],
  [
    "an honest invoice",
    {
      sender: "billing@shop.test",
      subject: "Invoice 48213 from Shop",
      attachmentNames: ["invoice_48213.pdf"],
      receivedAt: near,
    },
    "none",
  ],
  [
    "a newsletter from the same host",
    { sender: "news@shop.test", subject: "Settle in: spring offers inside", senderIp: "192.0.2.7", receivedAt: near },
    "none",
  ],
  [
    "a colleague who forwards it",
    { sender: "bob@corp.example", subject: `Fwd: ${seed.subject}`, senderIp: "203.0.113.4", receivedAt: near },
    "none",
  ],
  ["its bounce", { sender: "", subject: `Undeliverable: ${seed.subject}`, receivedAt: near }, "none"],
])("%s scores %s", (_name, candidate, band) => {
  const { score, reasons } = judge(candidate);
  expect({ band: bandOf(score), score, reasons }).toMatchObject({ band });
});

test("reasons name the facts, the weightiest first", () => {
  expect(judge({ subject: variant, senderIp: "192.0.2.7", receivedAt: near }).reasons).toEqual([
    "same subject: invoice # overdue settle immediately to avoid suspension",
    "same sending host 192.0.2.7",
    "within a day",
  ]);
});

test("the rule of mail that nothing objected to is no reason", () => {
  const shared = { subject: variant, finalRule: "access.system" };
  const indicators = { ...seed, subject: variant };
  const knows = createScorer([seed], domains);
  expect(knows({ ...stranger, ...shared, indicators }).reasons.join()).not.toContain("rule");
});

test("a sender at a mail provider is known by his address, not by the provider", () => {
  const seeds = { envelopeSender: "evil.mia@gmail.com", returnPath: "", subject: "Hello", sendingIp: "" };
  expect(judge({ sender: "bob.jones@gmail.com", subject: "Hello", receivedAt: near }, seeds).score).toBeLessThan(10);
  expect(judge({ sender: "evil.mia@gmail.com", subject: "Hello" }, seeds).score).toBeGreaterThanOrEqual(weakFrom);
});

test("subjects that say little prove little, however equal they are", () => {
  for (const subject of ["Hello", "Re:", "", "12345", "Invoice"]) {
    expect(judge({ subject }, { subject }).score).toBeLessThan(20);
  }
});

test("a link to the sender's own site, which a phish that imitates it has too, proves nothing", () => {
  const brand = { urls: ["https://www.brand.test/legal/privacy"], hosts: ["www.brand.test"] };
  const honest = { sender: "noreply@brand.test", indicators: { ...opened, ...brand } };
  expect(judge(honest, brand).score).toBe(0);
  expect(judge({ ...honest, sender: "carl@firm.test" }, brand).score).toBeGreaterThanOrEqual(strongFrom);
});

test("mail from inside is judged as any other where what was reported came from inside", () => {
  const inside = { envelopeSender: "eve@corp.example", returnPath: "", headerSenders: [], sendingIp: "192.0.2.7" };
  const candidate = { sender: "bob@corp.example", subject: variant, senderIp: "192.0.2.7", receivedAt: near };
  expect(judge(candidate, inside).score).toBeGreaterThanOrEqual(strongFrom);
});

test("a header that names a famous sender does not make the famous sender's mail alike", () => {
  const seeds = { headerSenders: ["security@famous.test"] };
  expect(judge({ sender: "security@famous.test" }, seeds).score).toBe(0);
});

test("mail saved without its envelope is known by its header", () => {
  const seeds = { envelopeSender: "", returnPath: "" };
  const candidate = { sender: "mia.berg@pay-desk7.example", subject: variant };
  expect(judge(candidate, seeds).score).toBeGreaterThanOrEqual(strongFrom);
});

describe("whatever the message", () => {
  const pieces: Partial<Candidate>[] = [
    { sender: seed.envelopeSender },
    { sender: "mia.berg@other.test" },
    { sender: "x@pay-desk9.test" },
    { subject: variant },
    { subject: "Settle the invoice" },
    { messageId: seed.messageId },
    { senderIp: "192.0.2.7" },
    { senderIp: "192.0.2.200" },
    { attachmentNames: ["overdue_statement_1.pdf"] },
    { receivedAt: near },
    { indicators: { ...opened, hosts: seed.hosts } },
    { indicators: { ...opened, replyTo: seed.replyTo } },
  ];

  test("one more fact in common never lowers the score", () => {
    fc.assert(
      fc.property(fc.subarray(pieces), fc.constantFrom(...pieces), (some, more) => {
        const [key] = Object.keys(more) as (keyof Candidate)[];
        const before = Object.assign({}, ...some.filter((piece) => key === undefined || !(key in piece)));
        expect(judge({ ...before, ...more }).score).toBeGreaterThanOrEqual(judge(before).score);
      }),
    );
  });

  test("the score is between 0 and 100 and comes with a reason", () => {
    const text = fc.string({ unit: "binary", maxLength: 60 });
    fc.assert(
      fc.property(text, text, text, fc.subarray(pieces), (sender, subject, senderIp, some) => {
        const { score, reasons } = judge(
          Object.assign({ sender, subject, senderIp, attachmentNames: [subject] }, ...some),
        );
        expect(score).toBeGreaterThanOrEqual(0);
        expect(score).toBeLessThanOrEqual(100);
        expect(score < leastExplained || reasons.length > 0).toBe(true);
      }),
    );
  });

  test("host and subject alone are no proof, whoever shares them", () => {
    const subject = fc.constantFrom("Invoice 7", "Your order 12 has shipped", "Weekly report", "Payment reminder 3");
    fc.assert(
      fc.property(subject, (words) => {
        const shared = { subject: words, senderIp: "192.0.2.7", receivedAt: near };
        expect(judge(shared, { subject: words }).score).toBeLessThan(strongFrom);
      }),
    );
  });
});

/** A score of one point may be made of halves, none of which is worth telling. */
const leastExplained = 5;

test("which of two messages was reported makes no difference", () => {
  const other: MailIndicators = { ...seed, envelopeSender: "lena@pay-desk12.test", returnPath: "", subject: variant };
  const asCandidate = (mail: MailIndicators): Candidate => ({
    ...stranger,
    sender: mail.envelopeSender,
    subject: mail.subject,
    senderIp: mail.sendingIp,
    receivedAt: mail.date,
  });
  const there = createScorer([seed], domains)(asCandidate(other)).score;
  expect(createScorer([other], domains)(asCandidate(seed)).score).toBe(there);
});

test("where nobody knows who sent it, the Message-ID alone tells a reported message", () => {
  const senderless = { envelopeSender: "", headerSenders: [], returnPath: "" };
  const { score, reasons } = judge({ messageId: "48213.1@pay-desk7.example" }, senderless);
  expect(bandOf(score)).toBe("strong");
  expect(reasons[0]).toBe("same Message-ID");
});

test("of a sender who is all that was named, every message belongs", () => {
  const nothing = { ...opened, returnPath: "", sendingIp: "", displayNames: [], date: "" };
  const named = { ...nothing, envelopeSender: "mia.berg@pay-desk7.example" };
  const score = (candidate: Partial<Candidate>) => createScorer([named], domains)({ ...stranger, ...candidate }).score;
  expect(bandOf(score({ sender: "mia.berg@pay-desk7.example" }))).toBe("strong");
  expect(bandOf(score({ sender: "other@pay-desk7.example" }))).toBe("none");
});
