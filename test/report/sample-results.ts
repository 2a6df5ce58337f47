import type { HuntedIndicator } from "../../src/commands/hunt/hunt-result.ts";
import type {
  FalsePositiveResult,
  HuntHit,
  HuntResult,
  PhishingResult,
  ResponseItem,
} from "../../src/commands/index.ts";
import type { ListOutcome } from "../../src/commands/lists/list-outcome.ts";

/** A command's result, as the commands state it. */
interface Result<Item, Summary extends object> {
  items: Item[];
  summary: Summary;
}

const noon = Date.parse("2026-03-04T12:00:00Z");

function at(minutes: number): string {
  return new Date(noon + minutes * 60_000).toISOString();
}

const states = ["delivered", "held", "held", "stopped", "held", "delivered", "unclear"] as const;

function hit(index: number): HuntHit {
  const state = states[index % states.length] ?? "unclear";
  return {
    guid: `Qm4rT7_yJ2wLx0Zc9VbN-pEa5sK${String(index).padStart(4, "0")}`,
    receivedAt: at(((index * index) % 2311) - 1300),
    state,
    sender: index % 9 === 0 ? "" : `billing+${index % 5}@invoices.evil.test`,
    recipients: [`anna.schmidt${index % 13}@example.com`, ...(index % 4 === 0 ? ["tom.becker@example.com"] : [])],
    subject: `Überfällige Rechnung 2026-${1000 + index}: bitte heute noch zahlen`,
    messageId: `${index}.invoice@invoices.evil.test`,
    senderIp: "203.0.113.17",
    folders: state === "held" ? ["Phish"] : [],
    finalRule: state === "stopped" ? "access.reject" : "spam.phish",
    indicators: index % 3 === 0 ? ["evil.test", "203.0.113.17"] : ["evil.test"],
  };
}

/** What `hunt` gives. */
export function huntResult(count = 60): Result<HuntHit, HuntResult> {
  const items = Array.from({ length: count }, (_, index) => hit(index));
  const timeline = Array.from({ length: 40 }, (_, index) => ({
    from: at((index - 20) * 60),
    minutes: 60,
    held: (index * 7) % 11,
    delivered: index > 18 && index < 27 ? 4 + (index % 5) : 0,
    stopped: index % 4 === 0 ? 12 : 2,
    unclear: index % 9 === 0 ? 1 : 0,
  }));
  const indicator = (
    value: string,
    kind: HuntedIndicator["kind"],
    messages: number,
    more: Partial<HuntedIndicator> = {},
  ): HuntedIndicator => ({
    indicator: value,
    kind,
    messages,
    recipients: Math.ceil(messages / 2),
    first: messages === 0 ? null : at(-1200),
    last: messages === 0 ? null : at(1100),
    state: "searched",
    ...more,
  });
  return {
    items,
    summary: {
      indicators: [
        indicator("evil.test", "domain", 60),
        indicator("203.0.113.17", "ip", 20),
        indicator("billing@invoices.evil.test", "sender", 12),
        indicator("https://login.evil.test/session?id=7f3a&next=%2Fportal", "url", 0, {
          state: "not_searchable",
          reason: "Neither quarantine nor trace can be searched for links.",
        }),
        indicator("9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08", "hash", 0),
        indicator("mail.other.test", "host", 0, { state: "failed", reason: "PPS is overloaded; try again later." }),
      ],
      timeline,
      recipients: Array.from({ length: 13 }, (_, index) => ({
        recipient: `anna.schmidt${index}@example.com`,
        messages: 20 - index,
        delivered: Math.max(0, 6 - index),
      })),
      senders: Array.from({ length: 5 }, (_, index) => ({
        sender: `billing+${index}@invoices.evil.test`,
        messages: 12 - index,
        delivered: 3,
      })),
      requests: 19,
      truncated: true,
      failed: true,
      notes: [
        "Links are searched for by their host: login.evil.test.",
        "The trace was cut at 1000 messages in the minute of 2026-03-04T12:07Z.",
      ],
      since: at(-10_080),
      until: at(0),
    },
  };
}

/** What `respond.phishing` gives: a plan unless something was done. */
export function phishingResult(outcome: "planned" | "done" = "done"): Result<ResponseItem, PhishingResult> {
  const messages = Array.from({ length: 24 }, (_, index) => ({
    ...hit(index),
    score: 97 - index * 2,
    reasons: ["the same sending address", "a link to the same host", "nearly the same subject"],
  }));
  const done = {
    outcome,
    message: outcome === "done" ? "Message deleted." : "Would delete it for good; nothing was sent.",
  };
  const lost = { outcome: "unknown", message: "No answer came within 60 seconds." } as const;
  const items = messages.map((message, index): ResponseItem => {
    const { state, guid, receivedAt, sender, recipients, subject, score, reasons } = message;
    const known = { state, guid, receivedAt, sender, recipients, subject, score, reasons };
    if (state !== "held") return { ...known, action: "none", outcome: "left", message: "PPS holds no copy of it." };
    const end = outcome === "done" && index === 4 ? lost : done;
    return { ...known, ...end, action: "delete", folder: "Phish", localGuid: `7:7:${index}` };
  });
  return {
    items: [
      { action: "block", entry: "billing+1@invoices.evil.test", outcome, message: "Blocked for everybody." },
      ...items,
    ],
    summary: {
      indicators: [
        {
          envelopeSender: "billing+1@invoices.evil.test",
          headerSenders: ["accounts@example.com"],
          displayNames: ["Example AG Accounts"],
          replyTo: ["pay@other.test"],
          returnPath: "billing+1@invoices.evil.test",
          subject: "Überfällige Rechnung 2026-1001: bitte heute noch zahlen",
          messageId: "1.invoice@invoices.evil.test",
          sendingIp: "203.0.113.17",
          urls: ["https://login.evil.test/session?id=7f3a&next=%2Fportal"],
          hosts: ["login.evil.test"],
          attachments: [
            {
              name: "Rechnung.pdf.html",
              sha256: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
            },
          ],
          date: at(-60),
        },
      ],
      campaign: {
        messages: 24,
        strong: 19,
        weak: 5,
        held: 9,
        delivered: 6,
        stopped: 4,
        senders: 5,
        recipients: 14,
        first: at(-1300),
        last: at(1000),
      },
      deliveries: messages
        .filter(({ state }) => state === "delivered")
        .flatMap(({ recipients, guid, messageId, sender, subject, receivedAt, score }) =>
          recipients.map((recipient) => ({ recipient, guid, messageId, sender, subject, receivedAt, score })),
        ),
      counts: {},
      notes: ["PPS cannot take mail back from mailboxes: the list of deliveries is for the tool that can."],
      truncated: false,
      failed: false,
      requests: 42,
    },
  };
}

/** What `respond.false-positive` gives: the message is released, another stays held, and its sender is not trusted. */
export function falsePositiveResult(): Result<ResponseItem, FalsePositiveResult> {
  const known = {
    guid: "Qm4rT7_yJ2wLx0Zc9VbN-pEa5sKdHu3f",
    localGuid: "7:7:12",
    folder: "Bulk",
    state: "held" as const,
    receivedAt: at(-90),
    sender: "orders@partner.test",
    recipients: ["tom.becker@example.com"],
    subject: "Order 4711",
  };
  const { sender } = known;
  const other = { ...known, guid: "Zc9VbN-pEa5sKdHu3fQm4rT7_yJ2wLx0", localGuid: "7:7:15", subject: "Order 4712" };
  const reasons = ["sender @partner.test", "folder Bulk", "rule spam.bulk"];
  const untrusted = "None of its recipients is a user of the site.";
  const held = "Held for the same reason; left there.";
  return {
    items: [
      { ...known, action: "release", outcome: "accepted", message: "Request sent." },
      { action: "trust", entry: sender, sender, outcome: "left", message: untrusted },
      { ...other, action: "release", outcome: "left", message: held, reasons },
    ],
    summary: {
      message: {
        ...known,
        from: ["orders@partner.test"],
        messageId: "4711@partner.test",
        senderIp: "198.51.100.7",
        finalRule: "spam.bulk",
        sizeBytes: 48_213,
        spamScore: 61,
        status: [],
        urls: ["https://shop.partner.test/orders/4711"],
        attachments: [
          { name: "order-4711.pdf", contentType: "application/pdf", sizeBytes: 40_112, sha256: "5e88", md5: "" },
        ],
      },
      checks: [
        { name: "held", state: "ok", detail: "It lies in Bulk, held by rule spam.bulk." },
        { name: "virus", state: "ok", detail: "No virus was found in it." },
        { name: "dlp", state: "ok", detail: "No DLP rule is known to hold it." },
        { name: "spf", state: "warn", detail: "SPF does not confirm the sending host: softfail." },
      ],
      counts: { accepted: 1, left: 2 },
      notes: [
        "SPF does not confirm the sending host: softfail.",
        `1 other is held for the same reason (${reasons.join(", ")}); ask for others to release them too.`,
      ],
      truncated: false,
      requests: 6,
    },
  };
}

/** What `blocklist.feed` gives. */
export function feedResult(): Result<ListOutcome, object> {
  const entry = (index: number, more: Partial<ListOutcome>): ListOutcome => ({
    action: "add",
    list: "blocklist",
    entry: `host${index}.evil.test`,
    attribute: "sender",
    operator: "ends with",
    value: `host${index}.evil.test`,
    outcome: "done",
    message: "Added until 2026-04-03.",
    ...more,
  });
  return {
    items: [
      ...Array.from({ length: 12 }, (_, index) => entry(index, {})),
      entry(20, { action: "remove", message: "Its time has come." }),
      entry(21, { action: "none", outcome: "left", message: "It is older than 90 days." }),
      entry(22, { action: "none", outcome: "left", message: "example.com is a domain of your own." }),
      ...Array.from({ length: 5 }, (_, index) =>
        entry(30 + index, { outcome: "unchanged", message: "It stands there." }),
      ),
    ],
    summary: { counts: { done: 13, left: 2 }, notes: ["2 rows could not be read."], truncated: false },
  };
}
