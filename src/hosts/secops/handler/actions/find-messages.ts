import type { ListResult, Message } from "../../../../commands/index.ts";
import { PpsError } from "../../../../core/errors.ts";
import { most } from "../../catalogue/parameters.ts";
import { splitList } from "../parameter-values.ts";
import { commandNamed, execute, type FieldNames, type Performer } from "../run.ts";
import { makeTable } from "../table-text.ts";
import { sentences } from "../texts.ts";
import { toRecord } from "./records.ts";
import { tellFindings } from "./search-result.ts";
import { readTimeRange } from "./time-range.ts";

const names: FieldNames = {
  sender: "Sender",
  recipient: "Recipient",
  subject: "Subject",
  messageId: "Message ID",
  guid: "Message GUID",
  since: "Start Time",
  until: "End Time",
  folder: "Folder Name",
  limit: "Max Results To Return",
};

const dlp: Readonly<Record<string, string>> = { Basic: "basic", Detailed: "details" };

/** Find Quarantined Messages. */
export const findMessages: Performer = async (run) => {
  const { parameters, instance } = run;
  const sender = parameters.text("Sender");
  const recipient = parameters.text("Recipient");
  const subject = parameters.text("Subject");
  const folder = splitList(parameters.text("Folder Name") ?? "", "Folder Name");
  const { items, summary } = await execute<Message, ListResult>(
    run,
    commandNamed("quarantine.list"),
    {
      // Without a criterion every message is meant, whoever sent it.
      sender: sender ?? (recipient === undefined && subject === undefined ? "*" : undefined),
      recipient,
      subject,
      messageId: parameters.text("Message ID"),
      guid: parameters.text("Message GUID"),
      ...readTimeRange(parameters),
      folder: folder.length > 0 ? folder : instance.folders,
      dlp: dlp[parameters.choice("Fetch DLP Violation")],
      status: parameters.flag("Fetch Message Status"),
      limit: parameters.count("Max Results To Return", most.records),
    },
    names,
  );
  if (summary.failed && items.length === 0) {
    // What was searched held nothing, but that is not all that was asked for.
    throw new PpsError("refused", sentences(summary.notes));
  }
  const columns = ["Date", "Folder", "From", "Recipients", "Subject", "Spam Score", "Size", "GUID"];
  const made = makeTable(
    "Quarantined Messages",
    columns,
    items.map((one) => [
      one.receivedAt,
      one.folder,
      one.sender,
      one.recipients,
      one.subject,
      one.spamScore,
      one.sizeBytes,
      one.guid,
    ]),
  );
  const records = items.map(toRecord);
  return { result: !summary.failed, ...tellFindings({ noun: "quarantined message", records, made, summary }) };
};
