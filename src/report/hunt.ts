import type { HuntCount, HuntedIndicator, HuntHit, HuntResult } from "../commands/hunt/hunt-result.ts";
import type { ReportDocument, Section, Tile, Tone } from "./document.ts";
import { hostile, hostileLines, senderCell, stateCell } from "./message-cells.ts";
import { alertsOf, notesSection } from "./outcome-sections.ts";
import {
  type ColumnOf,
  code,
  countText,
  lines,
  minuteText,
  number,
  rangeText,
  state,
  tableOf,
  text,
  time,
} from "./values.ts";

/** The report of `hunt`. A search that broke off has a summary without most of its parts. */
export function reportHunt(items: readonly HuntHit[], summary: Partial<HuntResult>): ReportDocument {
  const { indicators = [], timeline = [], recipients = [], senders = [] } = summary;
  return {
    title: "Threat hunt",
    lead: leadOf(items, summary),
    alerts: alertsOf(summary),
    tiles: tilesOf(items, summary),
    sections: [
      {
        heading: "Messages over time",
        blocks: [{ kind: "timeline", buckets: timeline.map((one) => ({ ...one, from: Date.parse(one.from) })) }],
      },
      indicatorSection(indicators),
      ...notesSection(summary),
      {
        heading: "Recipients",
        blocks: [
          tableOf<HuntResult["recipients"][number]>(
            recipients,
            [{ title: "Recipient", cell: ({ recipient }) => code(recipient) }, ...countColumns],
            "Nobody was written to.",
          ),
        ],
      },
      {
        heading: "Senders",
        blocks: [
          tableOf<HuntResult["senders"][number]>(
            senders,
            [{ title: "Sender", cell: ({ sender }) => senderCell(sender) }, ...countColumns],
            "No sender was found.",
          ),
        ],
      },
      { heading: "Messages", blocks: [tableOf(items, hitColumns, "No message was found.")] },
    ],
  };
}

const countColumns: readonly ColumnOf<HuntCount>[] = [
  { title: "Messages", isNumber: true, cell: ({ messages }) => number(messages) },
  { title: "Delivered", isNumber: true, cell: ({ delivered }) => number(delivered) },
];

function leadOf(items: readonly HuntHit[], { indicators, since, until }: Partial<HuntResult>): string {
  if (indicators === undefined) return `The search broke off after ${countText(items.length, "message")}.`;
  const searched = indicators.filter((one) => one.state === "searched").length;
  const range = since ? ` ${until ? rangeText(since, until) : `since ${minuteText(since)} UTC`}` : "";
  return `${countText(searched, "indicator")} of ${indicators.length.toLocaleString("en")} ${searched === 1 ? "was" : "were"} searched in quarantine and trace: ${countText(items.length, "message")}${range}.`;
}

function tilesOf(items: readonly HuntHit[], { indicators = [], recipients = [] }: Partial<HuntResult>): Tile[] {
  const inState = (wanted: HuntHit["state"]) => items.filter((item) => item.state === wanted).length;
  const [delivered, unclear] = [inState("delivered"), inState("unclear")];
  const reached = recipients.filter((one) => one.delivered > 0).length;
  const failed = indicators.filter((one) => one.state !== "searched").length;
  return [
    { label: "Messages", value: items.length, tone: "plain" },
    {
      label: "Delivered",
      value: delivered,
      detail: `to ${countText(reached, "recipient")}`,
      tone: delivered > 0 ? "bad" : "good",
    },
    { label: "Held in quarantine", value: inState("held"), tone: "info" },
    { label: "Stopped", value: inState("stopped"), tone: "good" },
    ...(unclear === 0 ? [] : [{ label: "Not clear", value: unclear, tone: "notice" as const }]),
    {
      label: "Indicators found",
      value: indicators.filter(({ messages }) => messages > 0).length,
      detail: failed === 0 ? `of ${indicators.length}` : `of ${indicators.length}; ${failed} not searched`,
      tone: failed === 0 ? "plain" : "notice",
    },
  ];
}

const indicatorStates: Readonly<Record<HuntedIndicator["state"], { word: string; tone: Tone }>> = {
  searched: { word: "searched", tone: "plain" },
  not_searchable: { word: "not searchable", tone: "notice" },
  failed: { word: "failed", tone: "bad" },
};

function indicatorSection(indicators: readonly HuntedIndicator[]): Section {
  const columns: ColumnOf<HuntedIndicator>[] = [
    { title: "Indicator", cell: ({ indicator }) => hostile(indicator) },
    { title: "Kind", cell: ({ kind }) => text(kind) },
    {
      title: "Search",
      cell: (one) => state(indicatorStates[one.state].word, indicatorStates[one.state].tone, one.reason),
    },
    { title: "Messages", isNumber: true, cell: ({ messages }) => number(messages) },
    { title: "Recipients", isNumber: true, cell: ({ recipients }) => number(recipients) },
    { title: "First (UTC)", cell: ({ first }) => time(first) },
    { title: "Last (UTC)", cell: ({ last }) => time(last) },
  ];
  return { heading: "Indicators", blocks: [tableOf(indicators, columns, "No indicator was given.")] };
}

const hitColumns: readonly ColumnOf<HuntHit>[] = [
  { title: "Received (UTC)", cell: ({ receivedAt }) => time(receivedAt) },
  { title: "Where it is", cell: ({ state: where, folders }) => stateCell(where, folders.join(", ")) },
  { title: "Sender", cell: ({ sender, senderIp }) => senderCell(sender, senderIp) },
  { title: "Recipients", cell: ({ recipients }) => lines(recipients, true) },
  { title: "Subject", cell: ({ subject, finalRule }) => text(subject, finalRule) },
  { title: "Found by", cell: ({ indicators }) => hostileLines(indicators) },
  { title: "Message-ID", cell: ({ messageId, guid }) => code(messageId, guid) },
];
