import { PpsError } from "../../core/errors.ts";
import type { Steps } from "../../core/steps.ts";
import { formatTime } from "../../core/time.ts";
import { cleanLine } from "../answers.ts";
import { readQuarantineTime, readText, type SearchAnswer } from "../wire.ts";
import { type Message, readMessage } from "./message.ts";
import { type FolderQuery, searchFolder, usualCap } from "./search.ts";

const second = 1000;

interface Dated {
  time: number;
  message: Message;
  /** False when PPS sent no date that can be read: `time` is then the place where the record stood. */
  isDated: boolean;
}

/** A span of arrival times. */
export interface Window {
  /** Earliest instant, inclusive, milliseconds since 1970. */
  start: number;
  /** Latest instant, inclusive. */
  end: number;
}

/**
 * Everything of one folder in one window, newest first, however much it is.
 *
 * PPS gives at most its cap, newest first, without paging and without a word that it cut (pps-api.md 2.3). So the walk
 * asks again for what is not newer than the oldest it has, over and over, until an answer is below the cap. The edge
 * second is asked for twice and its doubles dropped. Mail that arrives meanwhile is newer than the walk; mail that
 * leaves only makes an answer shorter.
 */
export interface Walk {
  readonly folder: string;
  /** Fetched and not yet taken; the newest stands last, for `pop`. */
  readonly pending: Dated[];
  /** True when nothing older can come. */
  isDone(): boolean;
  /** Requests made so far. */
  requests(): number;
  /**
   * Seconds that hold more than PPS gives in one answer: some of their messages cannot be listed. The oldest second with
   * mail may be one unnamed where PPS tells neither its cap nor a count and its cap is not the usual one.
   */
  readonly incompleteSeconds: readonly string[];
  /** PPS's clock at its first answer, milliseconds since 1970, when it told. */
  serverTime(): number | undefined;
  /** Fetches the next answer into `pending`, which must be empty. Throws PpsError. */
  fetch(): Steps<void>;
}

/** A walk that has not asked for anything yet. */
export function createWalk(query: FolderQuery, window: Window): Walk {
  const first = Math.floor(window.start / second) * second;
  const last = Math.floor(window.end / second) * second;
  const pending: Dated[] = [];
  const incompleteSeconds: string[] = [];
  // One second of slack on both sides: whether PPS's edges are inclusive is not public.
  let end = last + second;
  let edge: "unknown" | "inclusive" | "exclusive" = "unknown";
  let edgeKeys: Record<string, true> = {};
  let cap: number | undefined;
  /** A second that filled an answer which nothing called cut; what is below it tells whether it was. */
  let doubted: { second: number; uncounted: number } | undefined;
  /** Listed without a date: PPS gives them again for every window that holds them. */
  const undated: Record<string, true> = {};
  let isDone = false;
  let requests = 0;
  let serverTime: number | undefined;

  function* search(): Steps<{ dated: Dated[]; answer: SearchAnswer }> {
    requests++;
    const answer = yield* searchFolder(query, first - second, edge === "exclusive" ? end + second : end);
    refuseOtherTimes(answer, query.folder, { start: first, end });
    if (answer.limit !== undefined) cap = answer.limit;
    if (requests === 1) serverTime = answer.serverTime;
    const dated = readDated(answer, query, Math.min(end, last));
    return { dated: dated.filter((entry) => entry.isDated || !undated[keyOf(entry.message)]), answer };
  }

  /** A continuation starts at a second known to hold mail: an answer without it shows that PPS leaves the edge out. */
  function* searchAgain(): Steps<{ dated: Dated[]; answer: SearchAnswer }> {
    const narrow = yield* search();
    if (edge !== "unknown" || Object.keys(edgeKeys).length === 0) return narrow;
    if (hasSecond(narrow.dated, end)) {
      edge = "inclusive";
      return narrow;
    }
    edge = "exclusive";
    const wide = yield* search();
    if (hasSecond(wide.dated, end)) return wide;
    // The edge's mail has left meanwhile: nothing was learnt.
    edge = "unknown";
    return narrow;
  }

  /** Of a count above what was given, the rest is mail of the same second or older; without one, older mail shows the cut. */
  function settleDoubt(dated: Dated[], answer: SearchAnswer): void {
    if (doubted === undefined) return;
    const wasCut = doubted.uncounted > 0 ? doubted.uncounted > (answer.count ?? dated.length) : dated.length > 0;
    if (wasCut) incompleteSeconds.push(formatTime(doubted.second));
    doubted = undefined;
  }

  function advance(dated: Dated[], answer: SearchAnswer): void {
    settleDoubt(dated, answer);
    const oldest = dated[dated.length - 1];
    const isFull = answer.records.length >= (cap ?? usualCap);
    if (oldest === undefined || end < first) {
      if (isFull && end >= first) incompleteSeconds.push(formatTime(end));
      isDone = true;
      return;
    }
    const uncounted = Math.max((answer.count ?? 0) - answer.records.length, 0);
    const isComplete = cap !== undefined && !isFull && uncounted === 0;
    if (isComplete) {
      isDone = true;
    } else if (!dated.some((entry) => entry.isDated)) {
      // Nothing tells where to go on.
      if (isFull) incompleteSeconds.push(formatTime(end));
      isDone = true;
    } else if (oldest.time < end) {
      end = oldest.time;
      edgeKeys = keysAt(dated, end);
    } else {
      if (isFull) incompleteSeconds.push(formatTime(end));
      else doubted = { second: end, uncounted };
      end -= second;
      edgeKeys = {};
    }
    if (end < first && doubted === undefined) isDone = true;
  }

  return {
    folder: query.folder,
    pending,
    isDone: () => isDone,
    requests: () => requests,
    incompleteSeconds,
    serverTime: () => serverTime,
    *fetch() {
      const { dated, answer } = yield* searchAgain();
      const [edgeSecond, doubles] = [end, edgeKeys];
      advance(dated, answer);
      // What is newer than the edge was listed before, should PPS's edges have been misjudged.
      const newest = Math.min(edgeSecond, last);
      for (let index = dated.length - 1; index >= 0; index--) {
        const entry = dated[index] as Dated;
        if (!entry.isDated) undated[keyOf(entry.message)] = true;
        const isDouble = entry.time === edgeSecond && doubles[keyOf(entry.message)];
        if (entry.time >= first && entry.time <= newest && !isDouble) pending.push(entry);
      }
    },
  };
}

/** Records that all lie outside the time asked for, dropped, would look like nothing found: PPS did not heed it, or writes times otherwise than is known. */
function refuseOtherTimes({ records }: SearchAnswer, folder: string, asked: Window): void {
  const isOutside = records.every((record) => {
    const time = readQuarantineTime(record.date);
    return time !== null && (time < asked.start - 2 * second || time > asked.end + 2 * second);
  });
  if (records.length === 0 || !isOutside) return;
  const example = cleanLine(readText(records[0]?.date));
  throw new PpsError(
    "unexpected",
    `PPS answered the search in folder ${folder} with another time than was asked for: ${example}.`,
    {
      hint: "Compare with a search in the management interface; PPS may write its times in a way that is not known here.",
    },
  );
}

/** Newest first; a record without a readable date stands at the place where PPS put it. */
function readDated(answer: SearchAnswer, { folder, keepsRecords }: FolderQuery, newest: number): Dated[] {
  let previous = newest;
  const dated = answer.records.map((record) => {
    const time = readQuarantineTime(record.date);
    // Behind a record from the slack after the window, it may well have come within.
    previous = time ?? Math.min(previous, newest);
    return { time: previous, message: readMessage(record, folder, keepsRecords), isDated: time !== null };
  });
  const isSorted = dated.every((entry, index) => index === 0 || entry.time <= (dated[index - 1] as Dated).time);
  if (isSorted) return dated;
  return dated
    .map((entry, index) => ({ entry, index }))
    .sort((one, other) => other.entry.time - one.entry.time || one.index - other.index)
    .map((ranked) => ranked.entry);
}

function hasSecond(dated: Dated[], time: number): boolean {
  return dated.some((entry) => entry.isDated && entry.time === time);
}

function keysAt(dated: Dated[], time: number): Record<string, true> {
  const keys: Record<string, true> = {};
  dated.forEach((entry) => {
    if (entry.isDated && entry.time === time) keys[keyOf(entry.message)] = true;
  });
  return keys;
}

/** One guid may stand in several folders, and a localGuid names it in its own (pps-api.md 2.4). */
function keyOf(message: Message): string {
  return `${message.folder}\n${message.localGuid}\n${message.guid}`;
}
