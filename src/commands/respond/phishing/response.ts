import type { RunContext } from "../../../core/command.ts";
import { PpsError } from "../../../core/errors.ts";
import { agree, found, type Steps } from "../../../core/steps.ts";
import { cleanLine } from "../../answers.ts";
import type { MailIndicators } from "../../indicators/mail-indicators.ts";
import { subjectCore } from "../../indicators/subject.ts";
import { deleteAction } from "../../quarantine/actions/delete-action.ts";
import type { Campaign } from "../../similarity/campaign.ts";
import { findCampaign } from "../../similarity/find-campaign.ts";
import type { Seed } from "../../similarity/seed.ts";
import { spellFolder, spellFolders } from "../../site-folders.ts";
import { type BlockChoice, blockSenders, leaveClaimed, leaveUntied, planBlocks, readBlocking } from "./blocking.ts";
import { requireFolder } from "./deleted-folder.ts";
import { deleteMessages } from "./deletion.ts";
import { type Delivery, listDeliveries } from "./deliveries.ts";
import { type CampaignFacts, describeCampaign } from "./facts.ts";
import { findUntraced } from "./held-records.ts";
import { noteBelow, notePlan, noteReported, noteSenders } from "./notes.ts";
import { planMessages } from "./plan.ts";
import type { ReportedPhish } from "./reported-file.ts";
import { includeReported } from "./reported-message.ts";
import { readSeeds, type Seeds } from "./seeds.ts";
import { chooseSenders } from "./senders.ts";

/** What was reported, and what is to be done about it. */
export interface PhishingOrder extends ReportedPhish {
  threshold: number;
  weak: boolean;
  deletedFolder?: string | undefined;
  block: BlockChoice;
  inspect: number;
  limit: number;
  clusterId?: string | undefined;
}

/** What stands beside the outcomes. */
export interface PhishingResult {
  /** What was looked for: one for each message that was reported. */
  indicators: MailIndicators[];
  campaign: CampaignFacts;
  /** Who has it in a mailbox, for the tool that can take it out. */
  deliveries: Delivery[];
  counts: { [outcome: string]: number };
  notes: string[];
  /** True when messages or deliveries are known to be missing, or left because of the limit; `notes` say why. */
  truncated: boolean;
  /** True when a search broke off or a folder that was named is refused, while the rest went on. */
  failed: boolean;
  /** Requests it took, searches and changes. */
  requests: number;
}

/** How much of a subject stands in the comment of an entry. */
const longestSubject = 100;

/** Finds the campaign, says what would be done, and does it once that is agreed to. Nothing is searched in between. */
export function* respondToPhish(
  order: PhishingOrder,
  context: RunContext,
): Steps<Omit<PhishingResult, "counts" | "requests">> {
  const blocking = readBlocking(order.block, order.clusterId, context);
  const deletedFolder = order.deletedFolder && spellFolder(context.folders, order.deletedFolder);
  const doubts = deletedFolder ? yield* requireFolder(deletedFolder, context) : [];
  let seeds = yield* readSeeds(order, context);
  let campaign = yield* searchFor(seeds, order, context);
  const untraced = findUntraced(campaign.messages, seeds.records);
  if (untraced.length > 0) {
    seeds = yield* seeds.holdAgainst(untraced);
    campaign = yield* searchFor(seeds, order, context);
  }
  const { indicators, confirmed, records, reported, notes: learnt } = seeds;
  const { messages: alike, below, ...search } = campaign;
  const isNothingAsked = search.requests === 0 && records.messageIds.length === 0;
  if (isNothingAsked && reported === undefined) throw nothingTelling();
  const messages = includeReported(alike, reported);
  const deletion = deleteAction(deletedFolder);
  const plan = planMessages(messages, { ...order, deletion, folders: context.folders });
  const senders = chooseSenders(indicators, messages, confirmed);
  const blocks = yield* planBlocks(senders.senders, blocking, reasonOf(indicators), context);
  const { deliveries, isCut, notes: delivered } = listDeliveries(messages, order.weak);
  const notes = noteReported(indicators).concat(
    learnt,
    doubts,
    search.notes,
    noteBelow(below, order.threshold, reported),
    delivered,
    notePlan(
      plan,
      order.limit,
      indicators.some(({ isClaimed }) => isClaimed === true),
    ),
    blocks.notes,
    blocking.kind === "none" ? [] : noteSenders(senders),
  );
  const truncated = search.truncated || isCut || plan.beyondLimit > 0;
  const result = {
    indicators: indicators.map(toIndicators),
    campaign: describeCampaign(messages),
    deliveries,
    notes,
    truncated,
    failed: search.failed,
  };
  const planned = plan.deletions.map(({ item }) => item).concat(blocks.planned);
  const left = blocks.settled.concat(
    leaveClaimed(senders.claimed, blocking),
    leaveUntied(senders.untied, blocking),
    plan.left,
  );
  const all = planned.concat(left);
  if (context.dryRun || planned.length === 0) {
    yield* found(all);
    return result;
  }
  if ((yield* agree(all, notes)) === "declined") return { ...result, notes: [] };
  yield* found(left);
  // Blocking comes first: what is held does no harm while it waits, what still comes in does.
  yield* blockSenders(blocks, blocking);
  yield* deleteMessages(plan.deletions, deletion, context);
  return result;
}

function searchFor(
  { indicators, records }: Seeds,
  { since, folder, inspect, threshold }: PhishingOrder,
  context: RunContext,
): Steps<Campaign> {
  const folders = spellFolders(context.folders, folder ?? context.folders.map(({ name }) => name));
  const order = { since, folders, areFoldersNamed: folder !== undefined, inspect, threshold, records, context };
  return findCampaign(indicators, order);
}

/** How sure it is who sent it, the notes say. */
function toIndicators({ isClaimed: _, isBounce: __, ...indicators }: Seed): MailIndicators {
  return indicators;
}

/** What was not looked for must not look like what was not found. */
function nothingTelling(): PpsError {
  return new PpsError("bad_input", "What was reported holds nothing by which its like could be searched for.", {
    hint: "Give the raw message, or its sender, its Message-ID, or a subject of more than everyday words.",
  });
}

/** Says to those who read the list later what the entry is about. */
function reasonOf(indicators: readonly MailIndicators[]): string {
  const [subject = ""] = indicators.map((indicator) => subjectCore(indicator.subject)).filter((core) => core !== "");
  return subject === "" ? "Phishing response" : `Phishing response: ${cleanLine(subject.slice(0, longestSubject))}`;
}
