import { defang } from "../../../commands/indicators/defang.ts";
import type { MailIndicators } from "../../../commands/indicators/mail-indicators.ts";
import { deliveryOutputs } from "../../../commands/respond/phishing/deliveries.ts";
import { respondPhishing } from "../../../commands/respond/phishing/phishing.ts";
import type { PhishingResult } from "../../../commands/respond/phishing/response.ts";
import type { Output } from "../../../core/command.ts";
import { PpsError } from "../../../core/errors.ts";
import type { Json } from "../../../core/steps.ts";
import { type Entry, resultEntry } from "../entries/entry.ts";
import { type Row, tableToMarkdown } from "../entries/table-markdown.ts";
import { boundedTable, filledColumns } from "./bounded-table.ts";
import { declareOutputs } from "./declared-output.ts";
import { isGiven } from "./field-input.ts";
import { ownCommand } from "./own-command.ts";
import { outcomeOutputs, renderResponse, summaryEntries, summaryOutputs } from "./response-entries.ts";

const deliveryPrefix = "Proofpoint.ResponseDelivery";

const campaignOutputs: readonly Output[] = [
  { name: "campaign.messages", type: "number", description: "Messages found that resemble what was reported." },
  { name: "campaign.strong", type: "number", description: "How many of them reach the threshold." },
  { name: "campaign.weak", type: "number", description: "How many match only weakly; they count in nothing below." },
  { name: "campaign.held", type: "number", description: "How many are held in quarantine." },
  { name: "campaign.delivered", type: "number", description: "How many were delivered." },
  { name: "campaign.stopped", type: "number", description: "How many were stopped, or are held no more." },
  { name: "campaign.senders", type: "number", description: "How many envelope senders there are." },
  { name: "campaign.recipients", type: "number", description: "How many envelope recipients there are." },
  { name: "campaign.first", type: "time", description: "When the first of them arrived, in UTC." },
  { name: "campaign.last", type: "time", description: "When the last of them arrived, in UTC." },
  { name: "indicators.envelopeSender", type: "string", description: "Envelope sender that was looked for." },
  { name: "indicators.subject", type: "string", description: "Subject that was looked for." },
  { name: "indicators.messageId", type: "string", description: "Message-ID that was looked for." },
  { name: "indicators.sendingIp", type: "string", description: "Address of the sending host that was looked for." },
];

/** Finds the campaign of a phish and clears up after it. */
export const phishingCommand = ownCommand(respondPhishing, {
  // What is held cannot be opened here.
  leftOut: ["inspect"],
  differences: {
    sender: { description: "Envelope sender of the reported message; beside the guid what its records do not tell." },
    subject: { description: "Subject of the reported message." },
    messageId: { description: "Header Message-ID of the reported message, with or without angle brackets." },
  },
  check({ guid, sender, subject, message_id: messageId }) {
    if ([guid, sender, subject, messageId].some(isGiven)) return;
    throw new PpsError("bad_input", "One of guid, sender, subject, message_id must say what was reported.");
  },
  outputs: outcomeOutputs.concat(declareOutputs(deliveryPrefix, deliveryOutputs), summaryOutputs(campaignOutputs)),
  render(result) {
    const { campaign, indicators = [], deliveries = [] } = result.summary as Partial<PhishingResult>;
    const told = campaign === undefined ? "" : [campaignTable(campaign), soughtTable(indicators)].join("\n");
    return renderResponse(result, summaryEntries(result, told).concat(deliveryEntries(deliveries)), true);
  },
});

function campaignTable(campaign: PhishingResult["campaign"]): string {
  const counts = [
    "messages",
    "strong",
    "weak",
    "held",
    "delivered",
    "stopped",
    "senders",
    "recipients",
    "first",
    "last",
  ];
  return tableToMarkdown("Campaign", [{ ...campaign }], counts);
}

function soughtTable(indicators: readonly MailIndicators[]): string {
  const rows = indicators.map(
    ({ urls, hosts, attachments, ...said }): Row => ({
      ...said,
      hosts: hosts.map(defang),
      urls: urls.map(defang),
      attachments: attachments.map(({ name }) => name),
    }),
  );
  const columns = [
    "envelopeSender",
    "headerSenders",
    "subject",
    "messageId",
    "sendingIp",
    "hosts",
    "urls",
    "attachments",
  ];
  return tableToMarkdown("Looked for", rows, filledColumns(columns, rows));
}

function deliveryEntries(deliveries: PhishingResult["deliveries"]): Entry[] {
  if (deliveries.length === 0) return [];
  const rows = deliveries as unknown as (Row & { [name: string]: Json })[];
  return [
    resultEntry({
      contents: rows,
      humanReadable: boundedTable("Delivered", rows, ["recipient", "sender", "subject", "receivedAt"]),
      context: { [`${deliveryPrefix}(val.guid == obj.guid && val.recipient == obj.recipient)`]: rows },
    }),
  ];
}
