import type { HuntHit, HuntResult } from "../../../../commands/index.ts";
import { PpsError } from "../../../../core/errors.ts";
import type { Json } from "../../../../core/steps.ts";
import { most } from "../../catalogue/parameters.ts";
import { readTimeRange } from "../actions/time-range.ts";
import { commasOrLines, linesAlone, refuse } from "../parameter-values.ts";
import { commandNamed, execute, type FieldNames, type Performer, type Run } from "../run.ts";
import { makeTable } from "../table-text.ts";
import { sentences } from "../texts.ts";
import { attachReport } from "./attached-report.ts";
import { fitTables } from "./tables.ts";

const command = "hunt";

const names: FieldNames = {
  indicators: "Indicators",
  file: "Indicator Text",
  sender: "Senders",
  recipient: "Recipients",
  subject: "Subjects",
  host: "Hosts",
  attachment: "Attachments",
  since: "Start Time",
  until: "End Time",
  folder: "Folder Names",
  limit: "Max Results To Return",
};

/** Hunt Threats. */
export const huntThreats: Performer = async (run) => {
  const input = readOrder(run);
  const { items, summary } = await execute<HuntHit, HuntResult>(run, commandNamed(command), input, names);
  const { indicators, recipients, senders, since, until, requests, notes } = summary;
  if (summary.failed && items.length === 0) throw new PpsError("refused", sentences(notes));
  const report = await attachReport(run, command, { items, summary });
  const { tables, note: cut } = fitTables([
    makeTable(
      "Messages",
      ["Date", "State", "Sender", "Recipients", "Subject", "Folders", "Rule", "Indicators", "GUID"],
      items.map((one) => [
        ...[one.receivedAt, one.state, one.sender, one.recipients, one.subject],
        ...[one.folders, one.finalRule, one.indicators, one.guid],
      ]),
    ),
    makeTable(
      "Indicators",
      ["Indicator", "Kind", "Messages", "Recipients", "First", "Last", "State", "Reason"],
      indicators.map((one) => [
        ...[one.indicator, one.kind, one.messages, one.recipients],
        ...[one.first, one.last, one.state, one.reason ?? ""],
      ]),
    ),
    makeTable(
      "Recipients",
      ["Recipient", "Messages", "Delivered"],
      recipients.map(({ recipient, messages, delivered }) => [recipient, messages, delivered]),
    ),
  ]);
  const isCut = summary.truncated || cut !== undefined || report.note !== undefined;
  return {
    result: !summary.failed,
    message: sentences([tellHits(items), ...notes, cut, report.note]),
    json: {
      messages: items.map(toHit),
      indicators: indicators.map((one) => ({ ...one })) as Json[],
      recipients: recipients.map((one) => ({ ...one })),
      senders: senders.map((one) => ({ ...one })),
      ...{ since, until, notes, truncated: summary.truncated, requests },
    },
    tables,
    files: report.files,
    truncated: isCut,
  };
};

function readOrder({ parameters, instance }: Run): Record<string, unknown> {
  const folders = parameters.list("Folder Names", most.folders);
  const asked = {
    indicators: orAbsent(parameters.list("Indicators", most.indicators, commasOrLines)),
    file: parameters.text("Indicator Text"),
    sender: orAbsent(parameters.list("Senders", most.indicators, commasOrLines)),
    recipient: orAbsent(parameters.list("Recipients", most.indicators, commasOrLines)),
    subject: orAbsent(parameters.list("Subjects", most.indicators, linesAlone)),
    host: orAbsent(parameters.list("Hosts", most.indicators, commasOrLines)),
    attachment: orAbsent(parameters.list("Attachments", most.indicators, linesAlone)),
  };
  if (Object.values(asked).every((value) => value === undefined)) {
    const others = "Indicator Text, Senders, Recipients, Subjects, Hosts or Attachments";
    throw refuse("Indicators", `is missing; it, ${others} must say what is looked for.`);
  }
  return {
    ...asked,
    ...readTimeRange(parameters),
    folder: folders.length > 0 ? folders : instance.folders,
    limit: parameters.count("Max Results To Return", most.hits),
  };
}

function orAbsent(list: string[]): string[] | undefined {
  return list.length === 0 ? undefined : list;
}

function tellHits(hits: readonly HuntHit[]): string {
  if (hits.length === 0) return "No message matches the indicators";
  const inState = (wanted: HuntHit["state"]) => hits.filter(({ state }) => state === wanted).length;
  return `Found ${hits.length} message(s): ${inState("held")} held, ${inState("delivered")} delivered, ${inState("stopped")} stopped, ${inState("unclear")} unclear`;
}

function toHit({ receivedAt, messageId, senderIp, finalRule, ...told }: HuntHit): { [key: string]: Json } {
  return { ...told, received_at: receivedAt, message_id: messageId, sender_ip: senderIp, final_rule: finalRule };
}
