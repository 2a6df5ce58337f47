import type { TraceRecord, TraceResult } from "../../../../commands/index.ts";
import { most } from "../../catalogue/parameters.ts";
import { commandNamed, execute, type FieldNames, type Performer } from "../run.ts";
import { toTrace, traceTable } from "./records.ts";
import { tellFindings } from "./search-result.ts";
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
  const records = items.map(toTrace);
  return { result: true, ...tellFindings({ noun: "trace record", records, made: traceTable(items), summary }) };
};
