import type { FalsePositiveResult } from "../commands/respond/false-positive/false-positive.ts";
import type { ResponseItem } from "../commands/respond/response-item.ts";
import type { ReportDocument, Section, Tile, Tone } from "./document.ts";
import { attachmentLines, hostile, hostileLines, senderCell, stateCell } from "./message-cells.ts";
import { actionTile, alertsOf, countOf, headingOf, notesSection, outcomeCell } from "./outcome-sections.ts";
import { type ColumnOf, code, countText, factsOf, lines, state, tableOf, text, time } from "./values.ts";

type Check = FalsePositiveResult["checks"][number];

/** Names of checks are for programs; these are for people. */
const checkNames: Readonly<Record<string, string>> = {
  held: "Held in quarantine",
  virus: "Viruses",
  dlp: "DLP rules",
  phish: "Phishing",
  released: "Released or deleted before",
  contents: "Raw message",
  authentication: "Sender's authentication",
  blocklist: "Organisation's blocklist",
  spf: "SPF",
  dkim: "DKIM",
  dmarc: "DMARC",
  links: "Links",
  attachments: "Attachments",
};

const checkStates: Readonly<Record<Check["state"], { word: string; tone: Tone }>> = {
  ok: { word: "passed", tone: "good" },
  warn: { word: "look twice", tone: "notice" },
  stop: { word: "stopped here", tone: "bad" },
};

/** The report of `respond.false-positive`. Work that broke off has a summary without most of its parts. */
export function reportFalsePositive(
  items: readonly ResponseItem[],
  summary: Partial<FalsePositiveResult>,
): ReportDocument {
  const { checks = [] } = summary;
  const acted = items.filter(({ outcome }) => outcome !== "left");
  const left = items.filter(({ outcome }) => outcome === "left");
  return {
    title: "False positive",
    lead: leadOf(checks, acted),
    alerts: alertsOf(summary, items),
    tiles: tilesOf(checks, acted, left),
    sections: [
      messageSection(summary.message),
      {
        heading: "Checks before the release",
        blocks: [
          tableOf(
            checks,
            [
              { title: "Check", cell: ({ name }) => text(checkNames[name] ?? name) },
              { title: "Result", cell: (check) => state(checkStates[check.state].word, checkStates[check.state].tone) },
              { title: "What was seen", cell: ({ detail }) => text(detail) },
            ],
            "Nothing was checked.",
          ),
        ],
      },
      {
        heading: headingOf(acted, "released and trusted"),
        blocks: [tableOf(acted, itemColumns, "Nothing was released.")],
      },
      ...(left.length === 0
        ? []
        : [{ heading: "Found and left", blocks: [tableOf(left, itemColumns, "Nothing was left.")] }]),
      ...notesSection(summary),
    ],
  };
}

function leadOf(checks: readonly Check[], acted: readonly ResponseItem[]): string {
  const stops = checks.filter((check) => check.state === "stop");
  if (stops.length > 0) return `${countText(stops.length, "check")} stood against it; nothing was released.`;
  const released = acted.filter(({ action }) => action === "release");
  const [planned, done] = [countOf(released, "planned"), countOf(released, "done", "accepted")];
  if (planned > 0) return `${countText(planned, "message")} would be released.`;
  return done === 0
    ? "Nothing was released."
    : `${countText(done, "message")} ${done === 1 ? "was" : "were"} released.`;
}

function tilesOf(checks: readonly Check[], acted: readonly ResponseItem[], left: readonly ResponseItem[]): Tile[] {
  const inState = (wanted: Check["state"]) => checks.filter((check) => check.state === wanted).length;
  const [stops, warnings] = [inState("stop"), inState("warn")];
  const trusted = acted.filter(({ action }) => action === "trust");
  const worst = stops > 0 ? "bad" : warnings > 0 ? "notice" : "good";
  return [
    {
      label: "Checks passed",
      value: `${inState("ok")} of ${checks.length}`,
      ...(stops + warnings > 0 ? { detail: `${stops} against it, ${warnings} to look at twice` } : {}),
      tone: worst,
    },
    actionTile(
      "released",
      acted.filter(({ action }) => action === "release"),
    ),
    ...(trusted.length === 0 ? [] : [actionTile("put on a safelist", trusted)]),
    ...(left.length === 0 ? [] : [{ label: "Found and left", value: left.length, tone: "plain" as const }]),
  ];
}

function messageSection(about: FalsePositiveResult["message"] | undefined): Section {
  const facts = factsOf([
    { name: "Subject", value: text(about?.subject) },
    { name: "Envelope sender", value: senderCell(about?.sender) },
    { name: "From", value: hostileLines(about?.from) },
    { name: "Recipients", value: lines(about?.recipients, true) },
    { name: "Received (UTC)", value: time(about?.receivedAt) },
    { name: "Where it was", value: stateCell(about?.state, about?.folder) },
    { name: "Rule that decided", value: code(about?.finalRule) },
    { name: "Sending address", value: hostile(about?.senderIp) },
    { name: "Spam score", value: text(about?.spamScore?.toString()) },
    { name: "Status", value: lines(about?.status) },
    { name: "Links", value: hostileLines(about?.urls) },
    { name: "Attachments", value: attachmentLines(about?.attachments) },
    { name: "Message-ID", value: code(about?.messageId) },
    { name: "Id", value: code(about?.guid) },
  ]);
  return { heading: "The message", blocks: [facts] };
}

const itemColumns: readonly ColumnOf<ResponseItem>[] = [
  { title: "Outcome", cell: outcomeCell },
  { title: "Action", cell: ({ action }) => text(actionNames[action]) },
  { title: "Received (UTC)", cell: ({ receivedAt }) => time(receivedAt) },
  { title: "Sender or entry", cell: ({ entry, sender }) => (entry ? hostile(entry) : senderCell(sender)) },
  { title: "Recipients", cell: ({ recipients, user }) => lines(user ? [user] : recipients, true) },
  { title: "Subject and folder", cell: ({ subject, folder }) => text(subject, folder) },
];

const actionNames: Readonly<Record<ResponseItem["action"], string>> = {
  delete: "delete",
  release: "release",
  block: "block",
  trust: "safelist",
  none: "",
};
