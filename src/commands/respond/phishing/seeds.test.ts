import { expect, test } from "vitest";
import { cloudSite, createCloudLists } from "../../../../test/model/cloud-lists.ts";
import { bareContext } from "../../../../test/model/execute.ts";
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
