import { command } from "../../core/command.ts";
import { list, time } from "../../core/fields.ts";
import type { MailContents } from "../../core/mail-file.ts";
import { guidField } from "../quarantine/download.ts";
import type { Message } from "../quarantine/message.ts";
import type { TraceRecord } from "../trace/record.ts";
import { findMessage } from "./known-message.ts";

/** Everything known of one message. */
export interface MessageDetails {
  guid: string;
  /** Its records in quarantine, one for each folder that holds it. */
  quarantine: Message[];
  trace: TraceRecord[];
  /** What the raw message says; null when it is not in quarantine or could not be read. */
  content: MailContents | null;
  sizeBytes: number | null;
  /** What could not be learnt, and why. */
  notes: string[];
}

export const messageShow = command()({
  name: "message.show",
  title: "Show Message",
  description:
    "Shows everything known of one message: its quarantine records, its trace, and from the raw message the headers, authentication results, links and attachments with their hashes.",
  effect: "read",
  access: "Quarantine",
  fields: {
    guid: guidField,
    folder: list({
      description: "Folder to look in; by default those the trace names, else every configured one.",
      separator: "none",
      maxItems: 200,
      xsoar: "folder_name",
    }),
    since: time({
      description: "How far back to look in trace and quarantine.",
      default: "30 days",
      xsoar: "start_time",
    }),
  },
  rules: [],
  outputs: [
    { name: "guid", type: "string", description: "Global id of the message." },
    { name: "quarantine", type: "list", description: "Its records in quarantine, one for each folder that holds it." },
    { name: "trace", type: "list", description: "Its trace records." },
    {
      name: "content",
      type: "object",
      description: "Headers, authentication, links, attachments and text; null without raw mail.",
    },
    { name: "sizeBytes", type: "number", description: "Size of the raw message in bytes." },
    { name: "notes", type: "list", description: "What could not be learnt, and why." },
  ],
  columns: ["guid", "quarantine", "trace", "content", "sizeBytes", "notes"],
  examples: [
    {
      line: "pps message show Qm4rT7_yJ2wLx0Zc9VbN-pEa5sKdHu3f",
      purpose: "See whether one message is safe to release",
    },
  ],
  *run(input, context) {
    const notes: string[] = [];
    const order = { guid: input.guid, since: input.since, folders: input.folder };
    const { quarantine, trace, raw } = yield* findMessage(order, context, notes);
    if (quarantine.length === 0 && raw.state === "read" && notes.length === 0) {
      // PPS gives the raw message wherever it is held, and its record only where one looks (pps-api.md 3).
      notes.push(
        "It is held, but no record of it was found in the folders and the time searched; name its folder, or an earlier start.",
      );
    }
    const details: MessageDetails = {
      guid: input.guid,
      quarantine,
      trace,
      content: raw.content ?? null,
      sizeBytes: raw.sizeBytes ?? null,
      notes,
    };
    return details;
  },
});
