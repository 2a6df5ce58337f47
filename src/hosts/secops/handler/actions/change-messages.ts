import type { ListResult, Message, MessageOutcome } from "../../../../commands/index.ts";
import { isPpsError, type PpsError } from "../../../../core/errors.ts";
import { most } from "../../catalogue/parameters.ts";
import { refuse } from "../parameter-values.ts";
import { commandNamed, execute, type FieldNames, type Result, type Run } from "../run.ts";
import { emptyTally, resultOf } from "../tally.ts";
import { reasonOf, sentences, shortReason } from "../texts.ts";
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
  /** Said whatever became of them. */
  note?: string;
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
 * Changes each message by a request of its own. An id is sent as it was given first; only one that PPS does not know is
 * looked for in its folder, where a GUID may stand under another local id (secops-platform.md 5.4).
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
  const open: Target[] = [];
  for (const id of ids) {
    const target = { id, localGuid: id, item: id };
    if (run.isDone(id)) keep(target, "already_done");
    else open.push(target);
  }
  const settle = async (targets: readonly Target[], retriesUnknown: boolean): Promise<void> => {
    const fates = await attempt(run, change, folder, targets, notes);
    const strange = targets.filter(({ id }) => isStrange(fates.get(id)));
    const found =
      retriesUnknown && strange.length > 0 ? await lookFor(run, folder, strange) : { targets: [], why: undefined };
    const again = new Set(found.targets.map(({ id }) => id));
    for (const target of targets) {
      if (again.has(target.id)) continue;
      const { outcome, message } = fates.get(target.id) ?? notTold;
      const named = { name: target.id, json: { guid: target.id } };
      if (outcome === "done" || outcome === "accepted" || outcome === "unchanged") keep(target, outcome);
      else if (outcome === "unknown") tally.unknown.push({ ...named, reason: shortReason(message) });
      else {
        const why = isStrange(fates.get(target.id)) ? found.why : undefined;
        tally.failed.push({ ...named, reason: shortReason(sentences([message, why])) });
      }
    }
    if (found.targets.length > 0) await settle(found.targets, false);
  };
  if (open.length > 0) await settle(open, true);
  const told = resultOf(tally, run.action.failureLead, (names) => {
    return `${change.done(names.length, ids.length)}: ${listIds(names)}`;
  });
  return { ...told, message: sentences([told.message, change.note, ...notes]) };
}

const notTold: Fate = { outcome: "failed", message: "Nothing was said of it." };

function listIds(names: readonly string[]): string {
  return names.length > 20 ? `${names.slice(0, 20).join(", ")} and ${names.length - 20} more` : names.join(", ");
}

/** PPS does not know the id, or says no in a way that may mean that. */
function isStrange(fate: Fate | undefined): boolean {
  return fate?.outcome === "not_found" || fate?.outcome === "refused";
}

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
  targets: Target[];
  /** What is to be said of those that were not found. */
  why: string | undefined;
}

/** Looks for ids in the mail of 30 days of a folder, and ends as soon as all are found. */
async function lookFor(run: Run, folder: string, wanted: readonly Target[]): Promise<Sighting> {
  const open = new Map(wanted.map((target) => [target.id, target]));
  const targets: Target[] = [];
  const enough = new AbortController();
  const look = (messages: readonly Message[]) => {
    for (const message of messages) {
      // What has the very id that was sent is there: PPS's refusal is about something else.
      open.delete(message.localGuid);
      const target = open.get(message.guid);
      if (target === undefined) continue;
      open.delete(message.guid);
      const { localGuid, guid, sender, receivedAt } = message;
      const item = JSON.stringify({ localGuid, guid, sender, receivedAt, folder: message.folder });
      targets.push({ id: target.id, localGuid, item, record: toRecord(message) });
    }
    if (open.size === 0) enough.abort(new Error("All are found."));
  };
  try {
    const { summary } = await execute<Message, ListResult>(
      { client: run.client, signal: AbortSignal.any([run.signal, enough.signal]) },
      commandNamed("quarantine.list"),
      { sender: "*", folder: [folder], since: "30 days", limit: "all" },
      {},
      look,
    );
    const gap = summary.truncated ? summary.notes : [];
    return { targets, why: sentences([`It was not seen in the mail of the last 30 days in ${folder}`, ...gap]) };
  } catch (error) {
    if (open.size === 0) return { targets, why: undefined };
    if (!isPpsError(error)) throw error;
    return { targets, why: `Looking for it in ${folder} failed too` };
  }
}
