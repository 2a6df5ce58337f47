import { describe, expect, test } from "vitest";
import { cloudSite, createCloudLists } from "../../../../test/model/cloud-lists.ts";
import { bareContext } from "../../../../test/model/execute.ts";
import { createPps, isTrace, type Mail, now } from "../../../../test/model/searched-mail.ts";
import type { MailContents } from "../../../core/mail-file.ts";
import { run } from "../../../core/run.ts";
import { readSeeds } from "./seeds.ts";

const context = { ...bareContext, ...cloudSite, now: Date.UTC(2026, 2, 4, 12) };
const message = { handle: "m", head: "" };

function contents(given: Partial<MailContents>): MailContents {
  const empty = { headers: [], from: [], replyTo: [], to: [], cc: [], subject: "", messageId: "", date: "", text: "" };
  const unsaid = { authentication: [], authenticationServer: "", receivedBy: "" };
  return { ...empty, ...unsaid, urls: [], attachments: [], attached: [], ...given };
}

const phish = contents({
  from: [{ name: "Parcels", address: "billing@parcels.test" }],
  subject: "Your parcel",
  messageId: "1@parcels.test",
});

function read(given: Record<string, unknown>, found = phish) {
  const host = createCloudLists({ inspect: () => found });
  return run(readSeeds({ since: 0, ...given }, context), host).indicators;
}

test("what is given beside a message fills what it leaves open", () => {
  expect(
    read({ message, sender: "Bounce@parcels.test", subject: "Your parcel", messageId: "<1@parcels.test>" }),
  ).toMatchObject([
    { envelopeSender: "bounce@parcels.test", subject: "Your parcel", headerSenders: ["billing@parcels.test"] },
  ]);
});

test("what is given and is not what the message says is looked for as well", () => {
  expect(read({ message, subject: "Another parcel" })).toMatchObject([
    { subject: "Your parcel" },
    { subject: "Another parcel", messageId: "", headerSenders: [] },
  ]);
});

test("without a message what is given is all there is", () => {
  expect(read({ sender: "billing@parcels.test", messageId: "<2@parcels.test>" })).toMatchObject([
    { envelopeSender: "billing@parcels.test", subject: "", messageId: "2@parcels.test", urls: [], attachments: [] },
  ]);
});

test("bytes of which a parser makes nothing but text are no mail", () => {
  const refusal = expect.objectContaining({ code: "bad_input", field: "message" }) as Error;
  expect(() => read({ message, sender: "billing@parcels.test" }, contents({ text: "PDF" }))).toThrow(refusal);
});

test.each([
  ["a file of Outlook's", { handle: "m", head: "\xd0\xcf\x11\xe0\xa1\xb1" }, phish, /Outlook's own format/],
  [
    "a report whose message only Outlook can read",
    message,
    contents({
      from: [{ name: "Ann", address: "ann@example.com" }],
      attachments: [
        { name: "phish.msg", contentType: "application/vnd.ms-outlook", sizeBytes: 1, sha256: "", md5: "" },
      ],
    }),
    /^The report carries no message that can be read\. .*"phish\.msg"/,
  ],
])("%s is refused with what it is", (_what, file, found, sentence) => {
  expect(() => read({ message: file }, found)).toThrow(sentence);
});

test("of a mailbox file it is told that only its first message counts", () => {
  const host = createCloudLists({ inspect: () => phish });
  const box = { handle: "m", head: "From ann@example.com Thu Jan  1 00:00:00 2026\nFrom: Ann" };
  const { indicators, notes } = run(readSeeds({ since: 0, message: box }, context), host);
  expect(indicators).toHaveLength(1);
  expect(notes).toEqual([
    "It is a mailbox file, of which the first message alone is looked at.",
    expect.stringMatching(/^Who sent "Your parcel" is only what the file claims, for the trace could not be read: /),
  ]);
});

describe("what a file says is held against the trace", () => {
  const ownDomains = ["example.com"];
  const parcel = (more: Partial<MailContents> = {}) => contents({ ...phish, ...more });
  const from = (address: string, more: Partial<MailContents>) => contents({ from: [{ name: "", address }], ...more });

  function learn(found: MailContents, mails: readonly Mail[]) {
    const system = createPps(mails);
    system.inspect = () => found;
    const seeds = run(readSeeds({ since: now - 3_600_000, message }, { ...context, now, ownDomains }), system);
    return { ...seeds, asked: system.asked };
  }

  const sent: Mail = { guid: "a", sender: "eve@evil.test", subject: "Your parcel", messageId: "1@parcels.test" };

  test("with one call for a message, over thirty days, whatever time is searched for its like", () => {
    const { asked, confirmed, records } = learn(parcel(), [{ ...sent, minutesAgo: 29 * 24 * 60 }]);
    expect(asked.filter(isTrace)).toHaveLength(1);
    expect(asked).toHaveLength(1);
    expect(confirmed).toEqual(["eve@evil.test"]);
    expect(records).toMatchObject({ messageIds: ["1@parcels.test"], traced: [{ guid: "a" }] });
  });

  test("with one call more for each message that carries others", () => {
    const handedOn = from("ann@example.com", { messageId: "2@example.com", attached: [parcel()] });
    const desk = from("desk@example.com", { messageId: "3@example.com", attached: [handedOn] });
    const { asked, indicators } = learn(desk, [
      sent,
      { ...sent, guid: "r", sender: "ann@example.com", messageId: "2@example.com" },
    ]);
    expect(asked).toHaveLength(3);
    expect(indicators).toMatchObject([{ envelopeSender: "eve@evil.test", messageId: "1@parcels.test" }]);
  });

  test("a message of two Message-IDs is not known by either", () => {
    const headers = ["1@parcels.test", "other@evil.test"].map((value) => ({ name: "Message-ID", value: `<${value}>` }));
    const { asked, indicators, confirmed } = learn(parcel({ headers }), [sent]);
    expect({ asked, confirmed }).toEqual({ asked: [], confirmed: [] });
    expect(indicators).toMatchObject([{ isClaimed: true, messageId: "" }]);
  });

  test("with one call for a Message-ID that has blanks in its brackets", () => {
    const { asked, confirmed, records } = learn(parcel({ messageId: " 1@parcels.test " }), [sent]);
    expect({ asked: asked.length, confirmed }).toEqual({ asked: 1, confirmed: ["eve@evil.test"] });
    expect(records.messageIds).toEqual(["1@parcels.test"]);
  });

  describe("and of a carrier that cannot be told from what it carries", () => {
    const carrier = from("it@example.com", { subject: "See attached", messageId: "9@evil.test", attached: [parcel()] });
    const other = parcel({ messageId: "2@parcels.test", subject: "Another" });
    const report = (...attached: MailContents[]) => from("ann@example.com", { messageId: "3@example.com", attached });
    const stranger: Mail = { ...sent, guid: "b", sender: "eve@evil.test", messageId: "9@evil.test" };

    test.each<[string, MailContents, Mail[], RegExp]>([
      ["has no Message-ID", { ...carrier, messageId: "" }, [sent], /name that by its guid\.$/],
      ["is not on record", carrier, [sent], /name that by its guid\.$/],
      ["is a stranger's", carrier, [sent, stranger], /name that by its guid, b\.$/],
      ["is a stranger's, by an ID with blanks", { ...carrier, messageId: " 9@evil.test " }, [stranger], /guid, b\.$/],
    ])("and %s nothing is taken, and it says what to do", (_what, given, mails, hint) => {
      const refusal = { code: "bad_input", field: "message", hint: expect.stringMatching(hint) };
      expect(() => learn(report(given), mails)).toThrow(expect.objectContaining(refusal) as Error);
    });

    test("the others of the report are taken, and a note tells of it", () => {
      const { indicators, notes } = learn(report(carrier, other), [sent, stranger]);
      expect(indicators).toMatchObject([{ subject: "Another" }]);
      expect(notes).toContainEqual(expect.stringMatching(/^The message of it@example\.com and 1 message .* left out/));
    });
  });

  test("records of other Message-IDs, which one that is a pattern may match, are nobody's", () => {
    const system = createPps([]);
    const { ask } = createPps([{ ...sent, messageId: "9@honest.test", sender: "news@honest.test" }]);
    system.ask = (request) => ask({ ...request, query: request.query?.filter(([name]) => name !== "hdr_mid") ?? [] });
    system.inspect = () => parcel({ messageId: "*@honest.test" });
    const { confirmed, indicators } = run(readSeeds({ since: 0, message }, { ...context, now, ownDomains }), system);
    expect(confirmed).toEqual([]);
    expect(indicators).toMatchObject([{ isClaimed: true }]);
  });
});
