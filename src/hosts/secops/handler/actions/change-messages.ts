import type { ListResult, Message, MessageOutcome } from "../../../../commands/index.ts";
import { isPpsError, type PpsError } from "../../../../core/errors.ts";
import { most } from "../../catalogue/parameters.ts";
import { refuse } from "../parameter-values.ts";
import { commandNamed, execute, type FieldNames, type Result, type Run } from "../run.ts";
import { emptyTally, resultOf } from "../tally.ts";
import { listFew, reasonOf, sentences, shortReason } from "../texts.ts";
import { toRecord, type WireRecord } from "./records.ts";

/** What is to become of messages. */
export interface MessageChange {
  /** Verb of the catalogue's area `quarantine`, which is PPS's own word too. */
  verb: "release" | "delete" | "move" | "resubmit" | "forward";
  /** Input of the command beside ids and folder. */
  input: Readonly<Record<string, unknown>>;
  names: FieldNames;
  /** Says that it was done: before the ids, such as `Deleted 2 of 3 message(s)`. */
  done(count: number, all: number): string;
}

/** One message: the id it was given by, and what is known of it. */
interface Target {
  id: string;
  localGuid: string;
  record?: WireRecord;
  /** As the command reads it. */
  item: string;
}

type Fate = Pick<MessageOutcome, "outcome" | "message">;

/**
 * Changes each message by a request of its own. Where PPS's local ids are not its GUIDs, what may be a GUID is looked up
 * first: some PPS accept an id that they do not know, and nothing happens (pps-api.md 10, row 5).
 */
export async function changeMessages(run: Run, change: MessageChange): Promise<Result> {
  const ids = run.parameters.list("Message GUIDs", most.guids);
  if (ids.length === 0) throw refuse("Message GUIDs", "names no message.");
  const folder = run.parameters.required("Folder Name");
  const tally = emptyTally();
  const notes: string[] = [];
  const keep = ({ id, localGuid, record }: Target, status: string) => {
    run.noteDone(id);
    const json = { ...record, guid: record?.guid ?? id, localguid: localGuid, folder, action: change.verb, status };
    tally.success.push({ name: id, json });
  };
  const open = ids.map((id): Target => ({ id, localGuid: id, item: id }));
  for (const target of open.filter(({ id }) => run.isDone(id))) keep(target, "already_done");
  const { targets, why } = await lookUp(
    run,
    folder,
    open.filter(({ id }) => !run.isDone(id)),
  );
  const fates = targets.length === 0 ? new Map<string, Fate>() : await attempt(run, change, folder, targets, notes);
  for (const target of targets) {
    const { outcome, message } = fates.get(target.id) ?? notTold;
    const named = { name: target.id, json: { guid: target.id } };
    if (outcome === "done" || outcome === "accepted" || outcome === "unchanged") keep(target, outcome);
    else if (outcome === "unknown") tally.unknown.push({ ...named, reason: shortReason(message) });
    else tally.failed.push({ ...named, reason: shortReason(sentences([message, why.get(target.id)])) });
  }
  const doubtful = tally.success.map(({ name }) => name).filter((name) => why.get(name));
  if (doubtful.length > 0) {
    notes.push(`PPS took the request, but it was not seen before that in ${folder}: ${listFew(doubtful)}`);
  }
  const told = resultOf(tally, run.action.failureLead, (names) => {
    return `${change.done(names.length, ids.length)}: ${listFew(names)}`;
  });
  return { ...told, message: sentences([told.message, ...notes]) };
}

const notTold: Fate = { outcome: "failed", message: "Nothing was said of it." };

/** Sends one request for each, and tells what became of all, also of those that the end of the time kept back. */
async function attempt(
  run: Run,
  { verb, input, names }: MessageChange,
  folder: string,
  targets: readonly Target[],
  notes: string[],
): Promise<Map<string, Fate>> {
  const fates = new Map<string, Fate>();
  const learn = (outcomes: readonly MessageOutcome[]) => {
    for (const outcome of outcomes) {
      const target = targets.find(({ localGuid }) => localGuid === outcome.localGuid);
      if (target !== undefined) fates.set(target.id, outcome);
    }
  };
  const before = run.changed.length;
  try {
    const raw = { ...input, localGuids: targets.map(({ item }) => item), folder };
    const called = { localGuids: "Message GUIDs", folder: "Folder Name", ...names };
    const { summary } = await execute<MessageOutcome, { notes: string[] }>(
      run,
      commandNamed(`quarantine.${verb}`),
      raw,
      called,
      learn,
    );
    notes.push(...summary.notes);
  } catch (error) {
    const sent = run.changed.slice(before);
    if (fates.size === 0 && sent.length === 0 && isPpsError(error) && !error.mayHaveHappened) throw error;
    for (const { id, localGuid } of targets) {
      if (fates.has(id)) continue;
      const isSent = sent.some(({ body }) => body?.localguid === localGuid);
      fates.set(id, { outcome: isSent ? "unknown" : "failed", message: cutOff(error as PpsError, isSent) });
    }
  }
  return fates;
}

function cutOff(error: PpsError, isSent: boolean): string {
  return isSent ? reasonOf(error) : `Not sent: ${reasonOf(error)}`;
}

interface Sighting {
  /** Those that were asked for, under the local id they have in their folder. */
  targets: Target[];
  /** What is to be said of one that was looked for in vain. */
  why: Map<string, string>;
}

/** A local id as it is on premises, which is no GUID (pps-api.md 2.4). */
const localForm = /^\d+:\d+:\d+$/;

/** Finds the local ids of what may be GUIDs, in the mail of 30 days; ends as soon as there is nothing more to learn. */
async function lookUp(run: Run, folder: string, wanted: readonly Target[]): Promise<Sighting> {
  const open = new Set(wanted.map(({ id }) => id).filter((id) => !localForm.test(id)));
  const found = new Map<string, Target>();
  const enough = new AbortController();
  let areOne = false;
  const look = (messages: readonly Message[]) => {
    areOne = messages.every(({ guid, localGuid }) => guid === localGuid);
    for (const message of messages) {
      const { localGuid, guid, sender, receivedAt } = message;
      if (open.delete(guid)) {
        const item = JSON.stringify({ localGuid, guid, sender, receivedAt, folder: message.folder });
        found.set(guid, { id: guid, localGuid, item, record: toRecord(message) });
      }
      // An id that stands there as it was given needs no other.
      open.delete(localGuid);
    }
    if (areOne || open.size === 0) enough.abort(new Error("There is nothing more to learn."));
  };
  const tell = (text: string): Sighting => ({
    targets: wanted.map((target) => found.get(target.id) ?? target),
    why: new Map([...open].map((id) => [id, text])),
  });
  if (open.size === 0) return tell("");
  try {
    const signal = AbortSignal.any([run.signal, enough.signal]);
    const raw = { sender: "*", folder: [folder], since: "30 days", limit: "all" };
    const { summary } = await execute<Message, ListResult>(
      { client: run.client, signal },
      commandNamed("quarantine.list"),
      raw,
      {},
      look,
    );
    const gap = summary.truncated ? summary.notes : [];
    return tell(sentences([`It was not seen in the mail of the last 30 days in ${folder}`, ...gap]));
  } catch (error) {
    if (enough.signal.aborted && !run.signal.aborted) return tell("");
    if (!isPpsError(error) || error.code === "denied" || run.signal.aborted) throw error;
    return tell(`Looking for it in ${folder} failed too`);
  }
}
