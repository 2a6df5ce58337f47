import type { PhishingResult, ResponseItem } from "../../../../commands/index.ts";
import type { Json } from "../../../../core/steps.ts";
import { most } from "../../catalogue/parameters.ts";
import { readSpan } from "../actions/time-range.ts";
import { refuse } from "../parameter-values.ts";
import type { FieldNames, Performer, Run } from "../run.ts";
import { makeTable } from "../table-text.ts";
import { attachReport } from "./attached-report.ts";
import { attempt } from "./attempt.ts";
import { countDone, nameItem, responseKind, tabulateItems, tabulateSenders } from "./response-items.ts";
import { resultOfSorted, type Sorted, sortOutcomes } from "./sorted-outcomes.ts";
import { fitTables } from "./tables.ts";

const command = "respond.phishing";

const names: FieldNames = {
  guid: "Message GUID",
  sender: "Sender",
  subject: "Subject",
  messageId: "Message ID",
  since: "Time Frame",
  folder: "Folder Names",
  threshold: "Threshold",
  deletedFolder: "Deleted Folder Name",
  block: "Block Senders",
  limit: "Max Messages",
};

const blocks: Readonly<Record<string, string>> = {
  Automatic: "auto",
  None: "none",
  Sender: "sender",
  Domain: "domain",
};

/** Respond to Phishing. */
export const respondToPhishing: Performer = async (run) => {
  const { parameters } = run;
  const dryRun = parameters.flag("Dry Run");
  const { block, note } = readBlocking(run);
  const input = { ...readReported(run), block };
  const { items, summary, end } = await attempt<ResponseItem, PhishingResult>(
    run,
    { command, input, names, dryRun },
    responseKind,
  );
  const sorted = sortOutcomes(run, items, (item) => nameItem(item, "delete"));
  const { campaign, deliveries = [], indicators = [], notes = [], truncated = true, requests = null } = summary;
  const report = await attachReport(run, command, { items, summary });
  const { tables, note: cut } = fitTables([
    tabulateItems("Messages", items.filter(isMessage), sorted),
    makeTable(
      "Deliveries",
      ["Recipient", "Date", "Sender", "Subject", "Score", "Message-ID", "GUID"],
      deliveries.map((one) => [
        ...[one.recipient, one.receivedAt, one.sender, one.subject, one.score, one.messageId, one.guid],
      ]),
    ),
    tabulateSenders(
      items.filter((item) => !isMessage(item)),
      sorted,
    ),
    makeTable("Counts", ["What", "Number"], campaign === undefined ? [] : countRows(campaign)),
  ]);
  const result = resultOfSorted(run, sorted, {
    dryRun,
    did: tellDone(sorted, dryRun),
    end,
    more: [campaign === undefined ? undefined : tellCampaign(campaign), note, ...notes, cut, report.note],
    facts: {
      campaign: (campaign as { [key: string]: Json } | undefined) ?? null,
      deliveries: deliveries.map(({ messageId, receivedAt, ...told }) => ({
        ...{ ...told, message_id: messageId, received_at: receivedAt },
      })),
      indicators: indicators.map(toIndicators),
      notes,
      truncated,
      requests,
    },
  });
  const isCut = truncated || cut !== undefined || report.note !== undefined;
  return { ...result, tables, files: report.files, truncated: isCut };
};

function readReported({ parameters, instance }: Run): Record<string, unknown> {
  const reported = {
    guid: parameters.text("Message GUID"),
    sender: parameters.text("Sender"),
    subject: parameters.text("Subject"),
    messageId: parameters.text("Message ID"),
  };
  if (Object.values(reported).every((value) => value === undefined)) {
    throw refuse("Message GUID", "is missing; it, Sender, Subject or Message ID must say what was reported.");
  }
  const folders = parameters.list("Folder Names", most.folders);
  return {
    ...reported,
    since: readSpan(parameters),
    folder: folders.length > 0 ? folders : instance.folders,
    threshold: parameters.count("Threshold", 100),
    weak: parameters.flag("Delete Weak Matches"),
    deletedFolder: parameters.text("Deleted Folder Name"),
    limit: parameters.count("Max Messages", most.deletions),
  };
}

/** What the organisation's list needs is said in the words of the instance's configuration. */
function readBlocking({ parameters, instance: { missingForLists } }: Run): { block?: string; note?: string } {
  const choice = parameters.choice("Block Senders");
  if (missingForLists.length === 0 || choice === "None") return { block: blocks[choice] ?? "" };
  const needed = `needs ${missingForLists.join(", ")} in the configuration of the instance`;
  if (choice !== "Automatic") throw refuse("Block Senders", `${choice} ${needed}.`);
  return { block: "none", note: `No sender was blocked: that ${needed}` };
}

function isMessage({ action }: ResponseItem): boolean {
  return action !== "block";
}

function tellDone(sorted: Sorted, dryRun: boolean): string {
  const messages = countDone(sorted, "delete");
  const senders = countDone(sorted, "block");
  if (dryRun) return `${messages.planned} message(s) would be deleted and ${senders.planned} sender(s) blocked`;
  const deleted =
    messages.all === 0 ? "No message was to be deleted" : `Deleted ${messages.done} of ${messages.all} message(s)`;
  return senders.all === 0 ? deleted : `${deleted}; ${senders.done} of ${senders.all} sender(s) are blocked`;
}

function tellCampaign({ messages, strong, weak, held, delivered, stopped }: PhishingResult["campaign"]): string {
  if (messages === 0) return "No message was found that resembles what was reported";
  return `Of the campaign ${strong} message(s) were found: ${held} held, ${delivered} delivered, ${stopped} stopped; ${weak} more match only weakly`;
}

function countRows(campaign: PhishingResult["campaign"]): Json[][] {
  return Object.entries(campaign).map(([what, number]) => [what, number]);
}

function toIndicators(one: PhishingResult["indicators"][number]): { [key: string]: Json } {
  const { envelopeSender, headerSenders, displayNames, replyTo, returnPath, messageId, sendingIp, ...told } = one;
  return {
    ...{ envelope_sender: envelopeSender, header_senders: headerSenders, display_names: displayNames },
    ...{ reply_to: replyTo, return_path: returnPath, message_id: messageId, sending_ip: sendingIp },
    ...told,
  };
}
