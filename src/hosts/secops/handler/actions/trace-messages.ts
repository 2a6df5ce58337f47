import type { TraceRecord, TraceResult } from "../../../../commands/index.ts";
import { most } from "../../catalogue/parameters.ts";
import { commandNamed, execute, type FieldNames, type Performer } from "../run.ts";
import { sentences } from "../texts.ts";
import { toTrace, traceTable } from "./records.ts";
import { readTimeRange } from "./time-range.ts";

const names: FieldNames = {
  sender: "Sender",
  recipient: "Recipient",
  subject: "Subject",
  messageId: "Message ID",
  guid: "Message GUID",
  host: "Sender Host",
  attachment: "Attachment Names",
  virus: "Virus Names",
  queueId: "Queue ID",
  sid: "Session ID",
  since: "Start Time",
  until: "End Time",
};

/** Get Message Trace. */
export const traceMessages: Performer = async (run) => {
  const { parameters } = run;
  const action = parameters.choice("Final Action");
  const { items, summary } = await execute<TraceRecord, TraceResult>(
    run,
    commandNamed("trace.search"),
    {
      sender: parameters.text("Sender"),
      recipient: parameters.text("Recipient"),
      subject: parameters.text("Subject"),
      messageId: parameters.text("Message ID"),
      guid: parameters.text("Message GUID"),
      host: parameters.text("Sender Host"),
      action: action === "Any" ? undefined : action,
      attachment: parameters.list("Attachment Names", 50),
      virus: parameters.list("Virus Names", 50),
      queueId: parameters.text("Queue ID"),
      sid: parameters.text("Session ID"),
      ...readTimeRange(parameters),
      limit: parameters.count("Max Results To Return", most.records),
    },
    names,
  );
  const { table, isCut } = traceTable(items);
  return {
    result: true,
    message: sentences([
      items.length === 0 ? "No trace record matches the search" : `Found ${items.length} trace record(s)`,
      ...summary.notes,
      isCut ? `The table shows the first ${table.rows.length - 1}` : undefined,
    ]),
    json: items.map(toTrace),
    tables: items.length === 0 ? [] : [table],
    truncated: summary.truncated || isCut,
  };
};
