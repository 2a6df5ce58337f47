import { largest } from "../../../core/extremes.ts";
import { cleanLine } from "../../answers.ts";
import { fewNames } from "../../few-names.ts";
import { defang } from "../../indicators/defang.ts";
import type { MailIndicators } from "../../indicators/mail-indicators.ts";
import { type Campaign, type CampaignMessage, shownFrom } from "../../similarity/campaign.ts";
import type { CampaignPlan } from "./plan.ts";
import type { CampaignSenders } from "./senders.ts";

/** Says what was reported, so that whoever agrees sees that the right message was read. */
export function noteReported(indicators: readonly MailIndicators[]): string[] {
  return indicators.map((indicator) => {
    const { envelopeSender, headerSenders, subject, hosts, attachments } = indicator;
    const facts: string[] = [];
    const sender = envelopeSender || headerSenders[0];
    if (sender) facts.push(`from ${cleanLine(sender)}`);
    if (subject !== "") facts.push(`"${cleanLine(subject)}"`);
    if (hosts.length > 0) facts.push(`linking to ${fewNames(hosts.map((host) => cleanLine(defang(host))))}`);
    if (attachments.length > 0) facts.push(`with ${fewNames(attachments.map(({ name }) => cleanLine(name)))}`);
    if (facts.length === 0) facts.push(`Message-ID ${cleanLine(indicator.messageId)}`);
    return `Reported: ${facts.join(", ")}.`;
  });
}

/** Says how many were found that are too little alike to be listed, so that no answer looks as if nothing was there. */
export function noteBelow(
  below: Campaign["below"],
  threshold: number,
  reported: CampaignMessage | undefined,
): string[] {
  const scores = below.filter(({ guid }) => guid !== reported?.guid).map(({ score }) => score);
  if (scores.length === 0) return [];
  const best = largest(scores);
  const [scored, them] =
    scores.length === 1
      ? ["1 message found by these terms scores", "it"]
      : [`${scores.length} messages found by these terms score`, "them"];
  return [`${scored} below ${shownFrom(threshold)} (the best: ${best}); a lower threshold lists ${them}.`];
}

/**
 * Says what of the held is left although it belongs to the campaign, or might. Where `isClaimed` is true, only a file says
 * who sent what was reported: what matches weakly may be the mail of whom it imitates.
 */
export function notePlan({ beyondLimit, weakLeft }: CampaignPlan, limit: number, isClaimed: boolean): string[] {
  const notes: string[] = [];
  if (weakLeft > 0) {
    const matches = weakLeft === 1 ? "1 held message matches" : `${weakLeft} held messages match`;
    const [are, advice] = [
      weakLeft === 1 ? "is" : "are",
      isClaimed ? findSender : "ask for weak ones to delete them too.",
    ];
    notes.push(`${matches} only weakly and ${are} left; ${advice}`);
  }
  if (beyondLimit > 0) {
    notes.push(
      `${beyondLimit} more held ${beyondLimit === 1 ? "message is" : "messages are"} left because of the limit of ${limit}; run it again for the rest.`,
    );
  }
  return notes;
}

const findSender =
  "it may be mail of whom the file imitates. Name the guid of what was reported or its sender, or an earlier start, and look again.";

/** Says why nobody is blocked, or not everybody, and of whom nothing was found. */
export function noteSenders({ senders, more, unseen, claimed, untied }: CampaignSenders): string[] {
  if (senders.length + claimed.length + untied.length === 0) {
    return ["Nobody is blocked: the envelope sender is not known, and the address a header shows may be another's."];
  }
  const notes: string[] = [];
  if (unseen.length > 0) {
    notes.push(
      `That ${fewNames(unseen.map(cleanLine))} sent it is known from what was given alone; no such message was found.`,
    );
  }
  if (more > 0) {
    notes.push(
      `${more} less frequent ${more === 1 ? "sender is" : "senders are"} not blocked; block their domains instead.`,
    );
  }
  return notes;
}
