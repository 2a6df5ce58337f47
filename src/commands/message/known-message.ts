import type { RunContext } from "../../core/command.ts";
import { isPpsError, PpsError } from "../../core/errors.ts";
import type { MailContents } from "../../core/mail-file.ts";
import { collect } from "../../core/overhearing.ts";
import { inspect, type Steps, together } from "../../core/steps.ts";
import { noteOf } from "../answers.ts";
import { clockDifference, clockSlack } from "../clock-slack.ts";
import { fetchRaw } from "../quarantine/download.ts";
import { type Listing, listMessages } from "../quarantine/listing.ts";
import type { Message } from "../quarantine/message.ts";
import { exactSender, type FolderQuery } from "../quarantine/search.ts";
import { spellFolders } from "../site-folders.ts";
import { type MessageTrace, readMessageTrace } from "../trace/message-trace.ts";
import type { TraceRecord } from "../trace/record.ts";
import { tracedFolders } from "../trace/traced-folders.ts";

/** Requests spent on finding a message's record, which PPS cannot search for; without a trace every folder is read. */
const mostRequests = 200;

/** Fewer where nobody has asked first whether the message is held at all: a mistyped guid must not read all quarantine. */
const mostBlindRequests = 60;

/** Which message is meant, and where to look for it. */
export interface MessageOrder {
  guid: string;
  /** How far back, milliseconds since 1970. */
  since: number;
  /** Folders that were named; those the trace names otherwise, else every configured one. */
  folders?: readonly string[] | undefined;
  /** Folders to be searched beside those. */
  alsoIn?: ((folders: readonly string[]) => readonly string[]) | undefined;
  /** What its records are to tell beside the usual. */
  query?: Pick<FolderQuery, "dlp" | "status">;
  /** A record of it that was found before; its time and sender narrow the search where there is no trace. */
  known?: Message | undefined;
}

/** What the raw message says, or why that is not known. */
export interface RawMessage {
  /** `unread`: the host could make nothing of it, so that it was not fetched. */
  state: "read" | "absent" | "failed" | "unread";
  content?: MailContents;
  sizeBytes?: number;
  error?: PpsError;
}

/** Everything there is to know of one message. */
export interface KnownMessage {
  /** Its records in quarantine, one for each folder that holds it. */
  quarantine: Message[];
  trace: TraceRecord[];
  /** Why the trace could not be read, or not to its end: what it lacks then says nothing of the message. */
  traceError?: PpsError;
  raw: RawMessage;
  /** Why its records could not be read. */
  error?: PpsError;
  /** A folder could not be searched to its end, so that a record may be missing; the notes say which. */
  isIncomplete: boolean;
}

/**
 * Gathers what is known of one message from quarantine, trace and raw mail. What could not be learnt is noted.
 * Throws PpsError `denied`, and `not_found` when nothing at all is known of it.
 */
export function* findMessage(order: MessageOrder, context: RunContext, notes: string[]): Steps<KnownMessage> {
  const [{ trace, traceError }, raw] = (yield* together<unknown>([
    readTrace(order, context, notes),
    readRaw(order.guid, context, notes),
  ])) as [MessageTrace, RawMessage];
  const records: Records = mayBeHeld(raw, order.folders, trace, notes)
    ? yield* readQuarantine(order, trace, context, notes)
    : { items: [], isIncomplete: false };
  const { items: quarantine, error, isIncomplete } = records;
  if (trace.length === 0 && quarantine.length === 0 && raw.state !== "read") {
    const telling = raw.error ?? error;
    if (telling && telling.code !== "not_found") throw telling;
    if (traceError !== undefined) throw notTraced(order.guid, traceError);
    throw new PpsError(
      "not_found",
      `No message found with GUID ${order.guid}, neither in quarantine nor in the trace.`,
      {
        hint: [...notes, "Case matters in a GUID; look further back with an earlier start."].join(" "),
      },
    );
  }
  return {
    quarantine,
    trace,
    raw,
    isIncomplete,
    ...(traceError === undefined ? {} : { traceError }),
    ...(error === undefined ? {} : { error }),
  };
}

/** That the quarantine knows nothing of it is half an answer: it may have been delivered, or never come. */
function notTraced(guid: string, cause: PpsError): PpsError {
  const { code, status, requestId, retryAfterSeconds } = cause;
  const hint = `The trace could not be read: ${noteOf(cause)}`;
  const message = `Message ${guid} was not found in quarantine, and whether the trace knows it is not known.`;
  return new PpsError(code, message, { hint, status, requestId, retryAfterSeconds, cause });
}

function* readRaw(guid: string, { hasMailParser }: RunContext, notes: string[]): Steps<RawMessage> {
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
  isIncomplete: boolean;
}

/** Who did not ask for the raw message knows from the trace alone whether it is held; folders that are named are searched. */
function mayBeHeld(
  raw: RawMessage,
  named: readonly string[] | undefined,
  trace: TraceRecord[],
  notes: string[],
): boolean {
  if (raw.state !== "unread") return raw.state !== "absent";
  if (named !== undefined || trace.length === 0 || tracedFolders(trace).length > 0) return true;
  notes.push("The trace names no folder, so that quarantine was not searched; name a folder to have it searched.");
  return false;
}

/** Without the right to the trace, the rest is still worth showing. */
function* readTrace({ guid, since }: MessageOrder, context: RunContext, notes: string[]): Steps<MessageTrace> {
  const traced = yield* readMessageTrace({ guid, since, keepsRecords: context.keepsRecords }, context.now);
  const { traceError, isCut } = traced;
  if (traceError !== undefined) {
    notes.push(isCut ? traceError.message : `The trace could not be read: ${noteOf(traceError)}`);
  }
  return traced;
}

function* readQuarantine(
  order: MessageOrder,
  trace: TraceRecord[],
  context: RunContext,
  notes: string[],
): Steps<Records> {
  const record = trace[0] ?? order.known;
  const received = record?.receivedAt ? new Date(record.receivedAt).getTime() : undefined;
  const listingOrder = {
    folders: chooseFolders(order, trace, context),
    query: { ...order.query, sender: exactSender(record?.sender), keepsRecords: context.keepsRecords },
    window:
      received === undefined
        ? { start: order.since, end: context.now + clockSlack }
        : { start: received - clockDifference, end: received + clockDifference },
    limit: 100,
    mostRequests: context.hasMailParser === false ? mostBlindRequests : mostRequests,
    keep: (message: Message) => message.guid === order.guid,
  };
  try {
    const listing = yield* collect<Message, Listing>(listMessages(listingOrder));
    listing.result.notes.forEach((note) => {
      notes.push(note);
    });
    return { items: listing.items, isIncomplete: listing.result.failed };
  } catch (error) {
    if (!isPpsError(error)) throw error;
    notes.push(`The quarantine record could not be read: ${noteOf(error)}`);
    return { items: [], error, isIncomplete: true };
  }
}

/** Those named, else where the trace says the message is, else every configured folder. */
function chooseFolders({ folders, alsoIn }: MessageOrder, trace: TraceRecord[], context: RunContext): string[] {
  const names = folders ?? tracedFolders(trace);
  if (names.length === 0) return context.folders.map(({ name }) => name);
  return spellFolders(context.folders, names.concat(alsoIn?.(names) ?? []));
}
