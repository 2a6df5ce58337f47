import type { PhishingResult } from "../commands/respond/phishing/response.ts";
import type { ResponseItem } from "../commands/respond/response-item.ts";
import type { ReportDocument, Section, Tile } from "./document.ts";
import { attachmentLines, bucketsOf, hostile, hostileLines, senderCell, stateCell } from "./message-cells.ts";
import { actionTile, alertsOf, headingOf, notesSection, outcomeCell } from "./outcome-sections.ts";
import {
  type ColumnOf,
  code,
  countText,
  factsOf,
  lines,
  number,
  prose,
  rangeText,
  tableOf,
  text,
  time,
} from "./values.ts";

type Indicators = PhishingResult["indicators"][number];

/** The report of `respond.phishing`. Work that broke off has a summary without most of its parts. */
export function reportPhishing(items: readonly ResponseItem[], summary: Partial<PhishingResult>): ReportDocument {
  const { indicators = [], campaign, deliveries = [] } = summary;
  const deleted = items.filter(({ action }) => action === "delete");
  const blocked = items.filter(({ action }) => action === "block");
  const left = items.filter(({ action }) => action === "none");
  return {
    title: "Phishing response",
    lead: leadOf(campaign, items),
    alerts: alertsOf(summary, items),
    tiles: [...campaignTiles(campaign), actionTile("deleted", deleted), actionTile("blocked", blocked)],
    sections: [
      ...indicators.map(indicatorSection),
      timelineSection(items, campaign?.weak ?? 0),
      ...notesSection(summary),
      deliverySection(deliveries),
      {
        heading: headingOf(deleted, "deleted"),
        blocks: [tableOf(deleted, deletionColumns, "No message was to be deleted.")],
      },
      {
        heading: headingOf(blocked, "blocked for everybody"),
        blocks: [tableOf(blocked, blockColumns, "No sender was to be blocked.")],
      },
      { heading: "Found and left", blocks: [tableOf(left, leftColumns, "Nothing was left.")] },
    ],
  };
}

function leadOf(campaign: PhishingResult["campaign"] | undefined, items: readonly ResponseItem[]): string {
  if (campaign === undefined) return `The work broke off after ${countText(items.length, "outcome")}.`;
  if (campaign.messages === 0) return "No message was found that resembles what was reported.";
  const found = `${countText(campaign.strong, "message")} ${campaign.strong === 1 ? "belongs" : "belong"} to the campaign, from ${countText(campaign.senders, "sender")} to ${countText(campaign.recipients, "recipient")}`;
  const { first, last } = campaign;
  const when = first === null || last === null ? "" : `, ${rangeText(first, last)}`;
  const weak =
    campaign.weak === 0
      ? ""
      : ` ${countText(campaign.weak, "more message")} only ${campaign.weak === 1 ? "resembles" : "resemble"} it weakly.`;
  return `${found}${when}.${weak}`;
}

function campaignTiles(campaign: PhishingResult["campaign"] | undefined): Tile[] {
  if (campaign === undefined) return [];
  const { strong, weak, delivered, held, stopped } = campaign;
  return [
    { label: "In the campaign", value: strong, detail: `${weak.toLocaleString("en")} weak beside them`, tone: "plain" },
    { label: "Delivered", value: delivered, detail: "PPS cannot take them back", tone: delivered > 0 ? "bad" : "good" },
    { label: "Held in quarantine", value: held, tone: "info" },
    { label: "Stopped", value: stopped, tone: "good" },
  ];
}

function indicatorSection(of: Indicators, at: number, all: readonly Indicators[]): Section {
  return {
    heading: all.length === 1 ? "What was reported" : `What was reported (${at + 1} of ${all.length})`,
    blocks: [
      factsOf([
        { name: "Subject", value: text(of.subject) },
        { name: "Envelope sender", value: hostile(of.envelopeSender) },
        { name: "From", value: hostileLines(of.headerSenders) },
        { name: "Displayed name", value: lines(of.displayNames) },
        { name: "Reply-To", value: hostileLines(of.replyTo) },
        { name: "Return-Path", value: hostile(of.returnPath) },
        { name: "Message-ID", value: code(of.messageId) },
        { name: "Sending address", value: hostile(of.sendingIp) },
        { name: "Sent (UTC)", value: time(of.date) },
        { name: "Links", value: hostileLines(of.urls) },
        { name: "Link hosts", value: hostileLines(of.hosts) },
        { name: "Attachments", value: attachmentLines(of.attachments) },
      ]),
    ],
  };
}

function timelineSection(items: readonly ResponseItem[], weak: number): Section {
  const timeline = { kind: "timeline", buckets: bucketsOf(items) } as const;
  const blocks =
    weak === 0 ? [timeline] : [timeline, prose("What resembles the campaign only weakly is counted here too.")];
  return { heading: "Messages over time", blocks };
}

function deliverySection(deliveries: PhishingResult["deliveries"]): Section {
  const table = tableOf(
    deliveries,
    [
      { title: "Recipient", cell: ({ recipient }) => code(recipient) },
      { title: "Received (UTC)", cell: ({ receivedAt }) => time(receivedAt) },
      { title: "Sender", cell: ({ sender }) => senderCell(sender) },
      { title: "Subject", cell: ({ subject }) => text(subject) },
      { title: "Score", isNumber: true, cell: ({ score }) => number(score) },
      { title: "Message-ID", cell: ({ messageId, guid }) => code(messageId, guid) },
    ],
    "No message of the campaign reached a mailbox.",
  );
  const advice = "PPS cannot remove mail from mailboxes. This list is for the tool that can.";
  return {
    heading: "Delivered to mailboxes",
    blocks: deliveries.length === 0 ? [table] : [prose(advice), table],
  };
}

const messageColumns: readonly ColumnOf<ResponseItem>[] = [
  { title: "Received (UTC)", cell: ({ receivedAt }) => time(receivedAt) },
  { title: "Sender", cell: ({ sender }) => senderCell(sender) },
  { title: "Recipients", cell: ({ recipients }) => lines(recipients, true) },
  { title: "Subject and folder", cell: ({ subject, folder }) => text(subject, folder) },
  {
    title: "Why alike",
    cell: ({ score, reasons }) => text(score === undefined ? "" : `Score ${score}`, reasons?.join("; ")),
  },
];

const deletionColumns: readonly ColumnOf<ResponseItem>[] = [{ title: "Outcome", cell: outcomeCell }, ...messageColumns];

const blockColumns: readonly ColumnOf<ResponseItem>[] = [
  { title: "Outcome", cell: outcomeCell },
  { title: "Entry", cell: ({ entry }) => hostile(entry) },
];

const leftColumns: readonly ColumnOf<ResponseItem>[] = [
  { title: "Where it is", cell: ({ state, message }) => stateCell(state, message) },
  ...messageColumns,
];
