import { command } from "../../core/command.ts";
import { choice, integer, list, text, time } from "../../core/fields.ts";
import { formatTime } from "../../core/time.ts";
import { startBeforeEnd } from "../rules.ts";
import { searchTrace, type TraceListing } from "./listing.ts";
import { type TraceRecord, traceOutputs } from "./record.ts";

/** What stands beside the records. */
export interface TraceResult extends TraceListing {
  /** ISO 8601 in UTC; `until` is null when the search had no end. */
  since: string;
  until: string | null;
}

export const traceSearch = command<TraceRecord>()({
  name: "trace.search",
  title: "Trace Messages",
  description:
    "Finds what the gateway did with messages, delivered or not, from its filter log (Smart Search), newest first.",
  effect: "read",
  access: "pss",
  list: "records",
  fields: {
    action: choice({
      values: ["accept", "continue", "discard", "redirect", "reject", "retry"],
      description: "Final disposition of the message.",
    }),
    since: time({
      description: "Earliest arrival: a span back from now (24 hours, 7 days) or a time (UTC unless it names a zone).",
      default: "24 hours",
      xsoar: "start_time",
    }),
    until: time({ description: "Latest arrival, written as the earliest is; none by default.", xsoar: "end_time" }),
    virus: list({ description: "Names of viruses found.", maxItems: 50 }),
    sender: text({
      description: "Envelope sender, or a part: ann, ann*, ann@, @example.com, *word*.",
      maxLength: 320,
      example: "*@shop.example",
    }),
    recipient: text({ description: "Envelope recipient, written as the sender is.", maxLength: 320 }),
    attachment: list({ description: "Names of attachments.", maxItems: 50 }),
    queueId: text({ description: "Queue id.", maxLength: 100 }),
    host: text({ description: "Name or address of the sending host.", maxLength: 255 }),
    sid: text({ description: "Session id.", maxLength: 100 }),
    subject: text({ description: "Words of the subject; PPS stems them and drops the commonest.", maxLength: 998 }),
    guid: text({ description: "Global id of the message.", maxLength: 256 }),
    messageId: text({ description: "Header Message-ID, with or without angle brackets.", maxLength: 998 }),
    limit: integer({
      min: 1,
      max: 10_000_000,
      orAll: true,
      default: "1000",
      description: "Most records to list, newest first; all for every one.",
    }),
  },
  rules: [startBeforeEnd("since", "until")],
  outputs: traceOutputs,
  columns: ["receivedAt", "sender", "recipients", "subject", "finalAction", "finalRule", "quarantineFolder", "guid"],
  examples: [
    { line: "pps trace search --sender '*@shop.example' --since '7 days'", purpose: "See all mail of one domain" },
    {
      line: "pps trace search --recipient ann@example.com --action discard",
      purpose: "See what one person did not get",
    },
  ],
  *run(input, context) {
    const listing = yield* searchTrace({ ...input, keepsRecords: context.keepsRecords }, context.now);
    const result: TraceResult = {
      ...listing,
      since: formatTime(input.since),
      until: input.until === undefined ? null : formatTime(input.until),
    };
    return result;
  },
});
