import type { MailIndicators } from "../../src/commands/indicators/mail-indicators.ts";
import type { CampaignOrder } from "../../src/commands/similarity/campaign.ts";
import { findCampaign } from "../../src/commands/similarity/find-campaign.ts";
import type { RunContext } from "../../src/core/command.ts";
import { run } from "../../src/core/run.ts";
import { bareContext } from "./execute.ts";
import { createPps, type Mail, now } from "./searched-mail.ts";

const folders = ["Quarantine", "Phish", "Spam"].map((name) => ({ name, moduleType: "mail" as const }));
const context: RunContext = { ...bareContext, now, folders, ownDomains: ["corp.example"] };
const minutesOfWave = 600;

/** What was reported, an hour ago. */
export function report(sender: string, subject: string, sendingIp: string, given: Partial<MailIndicators> = {}) {
  const seed: MailIndicators = {
    ...{ envelopeSender: sender, headerSenders: [sender], displayNames: [], replyTo: [], returnPath: "", subject },
    ...{ messageId: "reported@mail.test", sendingIp, urls: [], hosts: [], attachments: [] },
    date: new Date(now - 60 * 60_000).toISOString(),
    ...given,
  };
  return seed;
}

/** What the search takes for the campaign, and what of it was honest or another's. */
export function judge(seed: MailIndicators, campaign: readonly Mail[], others: readonly Mail[], inspect = 0) {
  const system = createPps(campaign.concat(others));
  const order: CampaignOrder = {
    since: now - 7 * 86_400_000,
    folders: folders.map(({ name }) => name),
    areFoldersNamed: false,
    inspect,
    threshold: 60,
    context,
  };
  const { messages, truncated, notes } = run(findCampaign([seed], order), system);
  const strong = messages.filter(({ strength }) => strength === "strong").map(({ guid }) => guid);
  const wrong = strong.filter((guid) => others.some((mail) => mail.guid === guid));
  return {
    messages,
    recall: (strong.length - wrong.length) / campaign.length,
    wrong,
    truncated,
    notes,
    asked: system.asked,
  };
}

/** Messages of one kind, spread over the hours before now. */
export function many(count: number, make: (index: number) => Omit<Mail, "guid">, name: string): Mail[] {
  return Array.from({ length: count }, (_, index) => ({
    guid: `${name}${index}`,
    minutesAgo: 20 + ((index * 37) % minutesOfWave),
    ...make(index),
  }));
}

/** One of the values after the other, over and over. */
export function pick<T>(values: readonly T[], index: number): T {
  return values[index % values.length] as T;
}
