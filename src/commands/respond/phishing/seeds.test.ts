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
  return { ...empty, authentication: [], urls: [], attachments: [], attached: [], ...given };
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
