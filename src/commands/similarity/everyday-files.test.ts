import { expect, test } from "vitest";
import { bareContext } from "../../../test/model/execute.ts";
import { createPps, now } from "../../../test/model/searched-mail.ts";
import { run } from "../../core/run.ts";
import type { Ask } from "../../core/steps.ts";
import type { MailIndicators } from "../indicators/mail-indicators.ts";
import { findCampaign } from "./find-campaign.ts";

const day = 86_400_000;

function spanOf({ query = [] }: Ask): number[] {
  const values = Object.fromEntries(query);
  return [values.from, values.to].map((text) => new Date(String(text).replace("+0000", "Z")).getTime());
}

/** Looks for the like of a message that carries a file of an everyday name, where this many others do. */
function findLike(count: number, date: number) {
  const records = Array.from({ length: count }, (_, index) => {
    const time = now - index * 1000;
    const date = new Date(time).toISOString().replace("T", " ").replace(/\..*/, " [UTC+0000]");
    const facts = { GUID: `g${index}`, Sender: `s@firm${index}.example`, Subject: "Lunch", Final_Action: "accept" };
    return { time, record: { ...facts, Date: date, Attachment_Names: "Scan-0815.pdf" } };
  });
  const asked: Ask[] = [];
  const isForFile = ({ query = [] }: Ask) => query.some(([name]) => name === "attach");
  const system = createPps([], {
    fate(request) {
      if (!isForFile(request)) return undefined;
      asked.push(request);
      const [from = 0, to = 0] = spanOf(request);
      const result = records.filter(({ time }) => time >= from && time <= to).map(({ record }) => record);
      return { status: 200, text: JSON.stringify({ result }) };
    },
  });
  const seed = {
    ...{ envelopeSender: "a@alder.example", returnPath: "", headerSenders: [], displayNames: [], replyTo: [] },
    ...{ subject: "Minutes of Tuesday", messageId: "", sendingIp: "", urls: [], hosts: [] },
    attachments: [{ name: "Scan-0815.pdf", sha256: "1" }],
    date: new Date(date).toISOString(),
  } as MailIndicators;
  const context = { ...bareContext, now, folders: [{ name: "Phish", moduleType: "mail" as const }] };
  const order = {
    since: now - 7 * day,
    folders: ["Phish"],
    areFoldersNamed: false,
    inspect: 20,
    threshold: 60,
    context,
  };
  const campaign = run(findCampaign([seed], order), system);
  const [first] = asked;
  return { campaign, span: first && spanOf(first) };
}

test("of a file everybody has the newest are looked at, and that there are more is told without calling the answer a part", () => {
  const { campaign } = findLike(400, now - 3600_000);
  expect(campaign.notes).toContain(
    "More than 200 messages carry Scan-0815.pdf; only the newest of them were looked at.",
  );
  expect(campaign.truncated).toBe(false);
  expect(campaign.messages).toEqual([]);
});

test("it is looked for within a day of what was reported, where that lies in the time that is searched", () => {
  const second = 1000;
  const narrow = "Many files are called Scan-0815.pdf: looked for within a day of what was reported only.";
  expect(findLike(1, now - 3 * day).campaign.notes).toContain(narrow);
  expect(findLike(1, now - 3 * day).span).toEqual([now - 4 * day - second, now - 2 * day + second]);
  expect(findLike(1, now - 7 * day + second).span?.[0]).toBe(now - 7 * day - second);
  for (const elsewhere of [now - 30 * day, now + 30 * day]) {
    expect(findLike(1, elsewhere).span?.[0]).toBe(now - 7 * day - second);
    expect(findLike(1, elsewhere).campaign.notes).not.toContain(narrow);
  }
});
