import type { MessageDetails, TraceRecord } from "../../../../commands/index.ts";
import { readNumber } from "../../../../commands/wire.ts";
import { isPpsError, PpsError } from "../../../../core/errors.ts";
import type { Json } from "../../../../core/steps.ts";
import { splitList } from "../parameter-values.ts";
import { commandNamed, execute, type FieldNames, type Performer } from "../run.ts";
import { sentences } from "../texts.ts";
import { toRecord, toTrace, traceTable, type WireRecord } from "./records.ts";
import { readTimeRange } from "./time-range.ts";

const names: FieldNames = { guid: "Message GUID", folder: "Folder Name", since: "Start Time" };

/** Get Message Details. */
export const showMessage: Performer = async (run) => {
  const { parameters } = run;
  const guid = parameters.required("Message GUID");
  const { since, until } = readTimeRange(parameters);
  const end = until === undefined ? Number.POSITIVE_INFINITY : readEnd(until);
  let details: MessageDetails;
  try {
    const folder = splitList(parameters.text("Folder Name") ?? "", "Folder Name");
    const raw = { guid, since, folder };
    ({ summary: details } = await execute<never, MessageDetails>(run, commandNamed("message.show"), raw, names));
  } catch (error) {
    if (!isPpsError(error) || error.code !== "not_found") throw error;
    return { result: false, message: sentences([`Message ${guid} was not found`, error.hint]), json: {} };
  }
  const isInTime = ({ receivedAt }: { receivedAt: string | null }) =>
    receivedAt === null || Date.parse(receivedAt) <= end;
  const trace = details.trace.filter(isInTime);
  const [message] = details.quarantine.filter(isInTime);
  const record = message === undefined ? null : toRecord(message);
  const { table, isCut } = traceTable(trace);
  const withHeaders = parameters.flag("Include Headers") && details.content !== null;
  const json: WireRecord = {
    guid,
    quarantine: record,
    trace: trace.map(toTrace),
    headers: withHeaders ? groupHeaders(details.content?.headers ?? []) : null,
    classification: classify(record, trace[0]),
  };
  return {
    result: true,
    message: sentences([`Details of ${guid} read`, ...details.notes]),
    json,
    tables: trace.length === 0 ? [] : [table],
    truncated: isCut,
  };
};

/** Its form was read already; what is left is whether there is such a day. */
function readEnd(until: string): number {
  const text = until.trim().replace(" ", "T").replace(",", ".");
  const end = Date.parse(/(Z|[+-]\d\d:?\d\d)$/i.test(text) || !text.includes("T") ? text : `${text}Z`);
  if (Number.isNaN(end)) throw new PpsError("bad_input", "End Time names a day or hour that there is not.");
  return end;
}

/** The record tells where the message is now, the trace what was decided when it came. */
function classify(record: WireRecord | null, trace: TraceRecord | undefined): Json {
  const folder = record?.folder || trace?.currentFolder || trace?.quarantineFolder;
  return {
    folder: folder || null,
    spamscore: readNumber(record?.spamscore) ?? readNumber(trace?.spamScore),
    rule: trace?.finalRule || null,
    action: trace?.finalAction || null,
  };
}

/** Values by lower-case name, in the order of the mail. */
function groupHeaders(headers: readonly { name: string; value: string }[]): { [name: string]: string[] } {
  const grouped = new Map<string, string[]>();
  for (const { name, value } of headers) {
    const key = name.toLowerCase();
    grouped.set(key, [...(grouped.get(key) ?? []), value]);
  }
  return Object.fromEntries(grouped);
}
