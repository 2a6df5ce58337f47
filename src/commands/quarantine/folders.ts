import { command, type FolderSetting } from "../../core/command.ts";
import { isPpsError } from "../../core/errors.ts";
import { flag, time } from "../../core/fields.ts";
import { collect } from "../../core/overhearing.ts";
import { found, type Steps, together } from "../../core/steps.ts";
import { formatTime } from "../../core/time.ts";
import { noteOf } from "../answers.ts";
import { clockSlack } from "../clock-slack.ts";
import { findFolder, isSameFolder } from "../site-folders.ts";
import { searchTrace, type TraceListing } from "../trace/listing.ts";
import type { TraceRecord } from "../trace/record.ts";
import { tracedFolders } from "../trace/traced-folders.ts";
import { searchFolder, usualCap } from "./search.ts";

/** Trace records read to learn the folders in use. */
const mostRecords = 10_000;

/** A quarantine folder, configured or in use. */
export interface Folder {
  name: string;
  /** Unknown for a folder that is not configured. */
  moduleType: "mail" | "dlp" | null;
  configured: boolean;
  /** True when the trace put mail there in the time searched; null when the trace could not be read. */
  seen: boolean | null;
  /** Messages it holds from the time searched; null when it was not counted. */
  messages: number | null;
  /** True when there are more than PPS gives in one answer. */
  more?: boolean;
  /** PPS's words when it refused the folder. */
  refusal?: string;
}

/** What stands beside the folders. */
export interface FoldersResult {
  truncated: boolean;
  since: string;
  notes: string[];
}

export const quarantineFolders = command<Folder>()({
  name: "quarantine.folders",
  title: "List Quarantine Folders",
  description:
    "Lists the configured quarantine folders and those that the trace shows in use. PPS has no call that lists its folders.",
  effect: "read",
  access: "Quarantine",
  list: "folders",
  fields: {
    since: time({ description: "How far back to look for folders in use.", default: "24 hours", xsoar: "start_time" }),
    count: flag({ description: "Count the messages of that time in each folder, by one search a folder." }),
  },
  rules: [],
  outputs: [
    { name: "name", type: "string", description: "Name of the folder." },
    { name: "moduleType", type: "string", description: "mail or dlp: messages move only within one type." },
    { name: "configured", type: "boolean", description: "Whether it is in the configured set." },
    { name: "seen", type: "boolean", description: "Whether the trace shows mail put there in the time searched." },
    { name: "messages", type: "number", description: "Messages it holds from the time searched, when counted." },
    { name: "more", type: "boolean", description: "Whether there are more than PPS gives in one answer." },
    { name: "refusal", type: "string", description: "PPS's words when it refused the folder." },
  ],
  columns: ["name", "moduleType", "configured", "seen", "messages", "more", "refusal"],
  examples: [{ line: "pps quarantine folders --count", purpose: "See where mail is held today" }],
  *run(input, context) {
    const notes: string[] = [];
    const used = yield* readUsed(input.since, context.now, notes);
    const known = context.folders.map((folder): Folder => describe(folder, used.names));
    used.names?.forEach((name) => {
      if (findFolder(context.folders, name)) return;
      known.push({ name, moduleType: null, configured: false, seen: true, messages: null });
    });
    const listed = input.count
      ? yield* together(known.map((folder) => count(folder, input.since, context.now)))
      : known;
    yield* found(listed);
    const result: FoldersResult = { truncated: used.isCut, since: formatTime(input.since), notes };
    return result;
  },
});

function describe(folder: FolderSetting, used: string[] | null): Folder {
  const seen = used === null ? null : used.some((name) => isSameFolder(name, folder.name));
  return { name: folder.name, moduleType: folder.moduleType, configured: true, seen, messages: null };
}

/** Folder names in the trace, which needs the module pss; without it the configured set is all there is. */
function* readUsed(since: number, now: number, notes: string[]): Steps<{ names: string[] | null; isCut: boolean }> {
  try {
    const trace = yield* collect<TraceRecord, TraceListing>(searchTrace({ since, limit: mostRecords }, now));
    const isCut = trace.result.truncated;
    if (isCut)
      notes.push(`Only the newest ${mostRecords} trace records were read; folders in use before are not shown.`);
    return { names: tracedFolders(trace.items), isCut };
  } catch (error) {
    // A wrong password is no missing right: nothing else would work either.
    if (!isPpsError(error) || error.status === 401) throw error;
    notes.push(`The folders in use could not be learnt from the trace: ${noteOf(error)}`);
    return { names: null, isCut: false };
  }
}

function* count(folder: Folder, since: number, now: number): Steps<Folder> {
  try {
    const answer = yield* searchFolder({ folder: folder.name }, since, now + clockSlack);
    const messages = Math.max(answer.count ?? 0, answer.records.length);
    const more = answer.records.length >= (answer.limit ?? usualCap);
    return { ...folder, messages, ...(more ? { more } : {}) };
  } catch (error) {
    if (!isPpsError(error) || error.code === "denied") throw error;
    return { ...folder, refusal: error.message };
  }
}
