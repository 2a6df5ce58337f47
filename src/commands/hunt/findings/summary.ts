import { formatTime } from "../../../core/time.ts";
import { clockSlack } from "../../clock-slack.ts";
import type { Intel } from "../../intel/intel.ts";
import type { HuntOrder } from "../hunt-order.ts";
import type { HuntCount, HuntedIndicator, HuntHit, HuntResult } from "../hunt-result.ts";
import type { SearchPlan } from "../search/plan.ts";
import { type Finding, stateOfFinding } from "./findings.ts";
import { drawTimeline } from "./timeline.ts";

/** Most recipients and senders that are counted by name. */
const mostPeople = 1000;

/** A message as it is handed on. */
export function toHit(finding: Finding, intel: readonly Intel[]): HuntHit {
  return {
    guid: finding.guid,
    receivedAt: finding.time === undefined ? null : formatTime(finding.time),
    state: stateOfFinding(finding),
    sender: finding.sender,
    recipients: finding.recipients,
    subject: finding.subject,
    messageId: finding.messageId,
    senderIp: finding.senderIp,
    folders: finding.heldIn,
    finalRule: finding.finalRule,
    indicators: finding.indicators
      .slice()
      .sort((one, other) => one - other)
      .map((index) => (intel[index] as Intel).value),
  };
}

/** What stands beside the messages. */
export function summarise(
  order: HuntOrder,
  findings: readonly Finding[],
  { plan, requests }: { plan: SearchPlan; requests: number },
): HuntResult {
  const { journal, since, until, now, intel } = order;
  const recipients = countBy(findings, ({ recipients: addresses }) => addresses);
  const senders = countBy(findings, ({ sender }) => [sender]);
  return {
    indicators: countIndicators(intel, findings, plan, journal.reasons),
    timeline: drawTimeline(findings, since, until ?? Math.max(since, now) + clockSlack),
    recipients: recipients.map(({ name, messages, delivered }) => ({ recipient: name, messages, delivered })),
    senders: senders.map(({ name, messages, delivered }) => ({ sender: name, messages, delivered })),
    requests,
    truncated: journal.truncated,
    failed: journal.failed,
    notes: journal.notes(),
    since: formatTime(since),
    until: until === undefined ? null : formatTime(until),
  };
}

function countIndicators(
  intel: readonly Intel[],
  findings: readonly Finding[],
  { unsearchable }: SearchPlan,
  reasons: HuntOrder["journal"]["reasons"],
): HuntedIndicator[] {
  const seen: { [address: string]: true }[] = intel.map(() => Object.create(null));
  const counted = intel.map(
    ({ value, kind }, index): HuntedIndicator => ({
      ...{ indicator: value, kind, messages: 0, recipients: 0, first: null, last: null },
      state: reasons[index]?.isFailure ? "failed" : "searched",
      ...(reasons[index] === undefined ? {} : { reason: reasons[index].reason }),
    }),
  );
  unsearchable.forEach(({ index, reason }) => {
    const one = counted[index] as HuntedIndicator;
    one.state = "not_searchable";
    one.reason = reason;
  });
  // Newest first, so that the first met is the last that came.
  findings.forEach((finding) => {
    const time = finding.time === undefined ? null : formatTime(finding.time);
    finding.indicators.forEach((index) => {
      const one = counted[index] as HuntedIndicator;
      one.messages++;
      one.first = time ?? one.first;
      one.last = one.last ?? time;
      finding.recipients.forEach((given) => {
        const address = given.toLowerCase();
        const known = seen[index] as { [address: string]: true };
        if (known[address]) return;
        known[address] = true;
        one.recipients++;
      });
    });
  });
  return counted;
}

/** Names in any case of letters, with the most messages first. */
function countBy(findings: readonly Finding[], namesOf: (finding: Finding) => readonly string[]) {
  const counts: { [name: string]: { name: string } & HuntCount } = Object.create(null);
  findings.forEach((finding) => {
    const isDelivered = stateOfFinding(finding) === "delivered";
    namesOf(finding).forEach((name) => {
      const count = counts[name.toLowerCase()] ?? { name, messages: 0, delivered: 0 };
      counts[name.toLowerCase()] = count;
      count.messages++;
      if (isDelivered) count.delivered++;
    });
  });
  return Object.keys(counts)
    .map((key) => counts[key] as { name: string } & HuntCount)
    .sort((one, other) => other.messages - one.messages || (one.name < other.name ? -1 : 1))
    .slice(0, mostPeople);
}
