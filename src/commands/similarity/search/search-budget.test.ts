import { expect, test } from "vitest";
import { bareContext } from "../../../../test/model/execute.ts";
import { createPps, isTrace, now } from "../../../../test/model/searched-mail.ts";
import { run } from "../../../core/run.ts";
import type { Ask } from "../../../core/steps.ts";
import { findCampaign } from "../find-campaign.ts";
import type { Seed } from "../seed.ts";

/** Reports of which each shows many senders in its header. */
function findMany(count: number, senders: number) {
  const system = createPps([]);
  const seeds = Array.from({ length: count }, (_, index): Seed => {
    const shown = Array.from({ length: senders }, (_, other) => `a${other}@d${index}x${other}.test`);
    return {
      ...{
        envelopeSender: `eve@evil${index}.test`,
        headerSenders: shown,
        displayNames: [],
        replyTo: [],
        returnPath: "",
      },
      ...{ subject: "", messageId: `m${index}@evil.test`, sendingIp: "", urls: [], hosts: [], attachments: [] },
      date: new Date(now - 3_600_000).toISOString(),
    };
  });
  const context = { ...bareContext, now, folders: [{ name: "Phish", moduleType: "mail" as const }] };
  const campaign = run(
    findCampaign(seeds, {
      ...{
        since: now - 24 * 3_600_000,
        folders: ["Phish"],
        areFoldersNamed: false,
        inspect: 0,
        threshold: 60,
        context,
      },
    }),
    system,
  );
  return { campaign, asked: system.asked.filter(isTrace) };
}

function countOf(asked: readonly Ask[], name: string): number {
  return asked.filter(({ query = [] }) => query.some(([key]) => key === name)).length;
}

test("where the search is given up, that alone is told, once; Message-IDs were looked for before", () => {
  const { campaign, asked } = findMany(100, 5);
  expect(campaign.truncated).toBe(true);
  expect(campaign.notes.filter((note) => /given up|More than/.test(note))).toEqual([
    "The search was given up after 400 requests; a later start or fewer folders need fewer.",
  ]);
  expect(countOf(asked, "hdr_mid")).toBe(100);
});

test("of the senders that a header shows, five are searched for: whoever writes it may name any number", () => {
  const { campaign, asked } = findMany(1, 50);
  expect(campaign.truncated).toBe(false);
  expect(countOf(asked, "env_from")).toBe(6);
});
