import { command, type RunContext } from "../../core/command.ts";
import { isPpsError, PpsError } from "../../core/errors.ts";
import { list, time } from "../../core/fields.ts";
import type { MailContents } from "../../core/mail-file.ts";
import { collect, inspect, type Steps, together } from "../../core/steps.ts";
import { noteOf } from "../answers.ts";
import { clockSlack } from "../clock-slack.ts";
import { fetchRaw, guidField } from "../quarantine/download.ts";
import { type Listing, listMessages } from "../quarantine/listing.ts";
import type { Message } from "../quarantine/message.ts";
import { exactSender } from "../quarantine/search.ts";
import { spellFolders } from "../site-folders.ts";
import { searchTrace, type TraceListing } from "../trace/listing.ts";
import type { TraceRecord } from "../trace/record.ts";
import { tracedFolders } from "../trace/traced-folders.ts";

/** How far the clocks of filter and quarantine may differ for one message. */
const clockDifference = 5 * 60_000;

/** Requests spent on finding a message's record, which PPS cannot search for; without a trace every folder is read. */
const mostRequests = 200;

/** Fewer where nobody has asked first whether the message is held at all: a mistyped guid must not read all quarantine. */
const mostBlindRequests = 60;

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
    const [trace, raw] = (yield* together<unknown>([
      readTrace(input.guid, input.since, context, notes),
      readRaw(input.guid, context, notes),
    ])) as [TraceRecord[], Raw];
    const { items: quarantine, error } = mayBeHeld(raw, input.folder, trace, notes)
      ? yield* readQuarantine(input.guid, input.since, input.folder, trace, context, notes)
      : nothingHeld;
    if (quarantine.length === 0 && raw.state === "read" && notes.length === 0) {
      // PPS gives the raw message wherever it is held, and its record only where one looks (pps-api.md 3).
      notes.push(
        "It is held, but no record of it was found in the folders and the time searched; name its folder, or an earlier start.",
      );
    }
    if (trace.length === 0 && quarantine.length === 0 && raw.state !== "read") {
      const telling = raw.error ?? error;
      if (telling && telling.code !== "not_found") throw telling;
      throw new PpsError(
        "not_found",
        `No message found with GUID ${input.guid}, neither in quarantine nor in the trace.`,
        {
          hint: [...notes, "Case matters in a GUID; look further back with an earlier start."].join(" "),
        },
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

interface Raw {
  /** `unread`: the host could make nothing of it, so that it was not fetched. */
  state: "read" | "absent" | "failed" | "unread";
  content?: MailContents;
  sizeBytes?: number;
  error?: PpsError;
}

function* readRaw(guid: string, { hasMailParser }: RunContext, notes: string[]): Steps<Raw> {
  if (hasMailParser === false) return { state: "unread" };
  try {
    const file = yield* fetchRaw(guid);
    const content = yield* inspect(file);
    return { state: "read", content, ...(file.sizeBytes === undefined ? {} : { sizeBytes: file.sizeBytes }) };
  } catch (error) {
    if (!isPpsError(error) || error.code === "denied") throw error;
    notes.push(
      error.code === "not_found"
        ? "The message is not in quarantine, so its content cannot be read."
        : `The raw message could not be read: ${noteOf(error)}`,
    );
    return { state: error.code === "not_found" ? "absent" : "failed", error };
  }
}

interface Records {
  items: Message[];
  /** Why they could not be read. */
  error?: PpsError;
}

const nothingHeld: Records = { items: [] };

/** Who did not ask for the raw message knows from the trace alone whether it is held; folders that are named are searched. */
function mayBeHeld(raw: Raw, named: string[] | undefined, trace: TraceRecord[], notes: string[]): boolean {
  if (raw.state !== "unread") return raw.state !== "absent";
  if (named !== undefined || trace.length === 0 || tracedFolders(trace).length > 0) return true;
  notes.push("The trace names no folder, so that quarantine was not searched; name a folder to have it searched.");
  return false;
}

/** Without the right to the trace, the rest is still worth showing. */
function* readTrace(guid: string, since: number, context: RunContext, notes: string[]): Steps<TraceRecord[]> {
  try {
    const steps = searchTrace({ since, guid, limit: 100, keepsRecords: context.keepsRecords }, context.now);
    return (yield* collect<TraceRecord, TraceListing>(steps)).items;
  } catch (error) {
    if (!isPpsError(error)) throw error;
    notes.push(`The trace could not be read: ${noteOf(error)}`);
    return [];
  }
}

function* readQuarantine(
  guid: string,
  since: number,
  named: string[] | undefined,
  trace: TraceRecord[],
  context: RunContext,
  notes: string[],
): Steps<Records> {
  const record = trace[0];
  const received = record?.receivedAt ? new Date(record.receivedAt).getTime() : undefined;
  const order = {
    folders: chooseFolders(named, trace, context),
    query: { sender: exactSender(record?.sender), keepsRecords: context.keepsRecords },
    window:
      received === undefined
        ? { start: since, end: context.now + clockSlack }
        : { start: received - clockDifference, end: received + clockDifference },
    limit: 100,
    mostRequests: context.hasMailParser === false ? mostBlindRequests : mostRequests,
    keep: (message: Message) => message.guid === guid,
  };
  try {
    const listing = yield* collect<Message, Listing>(listMessages(order));
    listing.result.notes.forEach((note) => {
      notes.push(note);
    });
    return { items: listing.items };
  } catch (error) {
    if (!isPpsError(error)) throw error;
    notes.push(`The quarantine record could not be read: ${noteOf(error)}`);
    return { items: [], error };
  }
}

/** Those named, else where the trace says the message is, else every configured folder. */
function chooseFolders(named: string[] | undefined, trace: TraceRecord[], context: RunContext): string[] {
  const names = named ?? tracedFolders(trace);
  return names.length === 0 ? context.folders.map(({ name }) => name) : spellFolders(context.folders, names);
}
