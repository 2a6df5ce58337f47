import { ask, type Steps } from "../../core/steps.ts";
import { requireSuccess } from "../answers.ts";
import { readSearchAnswer, type SearchAnswer, toQuarantineTime } from "../wire.ts";

/** The cap public sources name, assumed until an answer names its own (pps-api.md 2.3). */
export const usualCap = 1000;

/** What to look for in one folder. */
export interface FolderQuery {
  folder: string;
  sender?: string | undefined;
  recipient?: string | undefined;
  subject?: string | undefined;
  /** Ask for what DLP rules matched. */
  dlp?: "basic" | "details" | undefined;
  /** Ask for the work done on each message. */
  status?: boolean | undefined;
  /** Each message carries PPS's own record. */
  keepsRecords?: boolean | undefined;
}

/** A pattern that finds exactly this sender; undefined, which finds all, when PPS would take its star for a wildcard. */
export function exactSender(sender: string | undefined): string | undefined {
  return sender && sender.indexOf("*") < 0 ? sender : undefined;
}

/** One search over one window; edges in milliseconds, cut to whole seconds. Throws PpsError. */
export function* searchFolder(query: FolderQuery, start: number, end: number): Steps<SearchAnswer> {
  const what = `the quarantine search in folder ${query.folder}`;
  const parameters: [string, string][] = [];
  // PPS wants one of the three; `*` finds every sender, also none (pps-api.md 2.1).
  const anything = !query.sender && !query.recipient && !query.subject;
  if (query.sender || anything) parameters.push(["from", query.sender ?? "*"]);
  if (query.recipient) parameters.push(["rcpt", query.recipient]);
  parameters.push(["startdate", toQuarantineTime(start)], ["enddate", toQuarantineTime(end)]);
  if (query.subject) parameters.push(["subject", query.subject]);
  parameters.push(["folder", query.folder]);
  if (query.dlp) parameters.push(["dlpviolation", query.dlp === "details" ? "details" : "t"]);
  if (query.status) parameters.push(["messagestatus", "t"]);
  const reply = yield* ask({ method: "GET", path: "/quarantine", query: parameters, effect: "read", expect: "text" });
  const hint = "If the folder is what it refuses: the command quarantine folders lists those configured and in use.";
  requireSuccess(reply, { what, access: "Quarantine", hint });
  const answer = readSearchAnswer(reply, what);
  const serverTime = new Date(reply.headers.date ?? "").getTime();
  return serverTime > 0 ? { ...answer, serverTime } : answer;
}
