import { isPpsError, type PpsError } from "../../core/errors.ts";
import { found, progress, type Steps, together } from "../../core/steps.ts";
import type { Message } from "./message.ts";
import type { FolderQuery } from "./search.ts";
import { createWalk, type Walk, type Window } from "./walk.ts";

/** Messages handed on at once. */
const chunk = 200;

/** Clocks that differ by less are no news, and an answer may take minutes to come. */
const noticeableDifference = 5 * 60_000;

/** What became of the search in one folder. */
export interface SearchedFolder {
  folder: string;
  /** `absent`: PPS refused the folder, which the site may not have. `failed`: the search broke off. */
  state: "searched" | "absent" | "failed";
  /** Messages listed from it. */
  found: number;
  /** Why it was refused or broke off. */
  reason?: string;
  /** Seconds that hold more messages than PPS gives in one answer. */
  incompleteSeconds?: string[];
}

/** How complete a listing is. */
export interface Listing {
  /** True when the list is known to lack messages; `notes` say which and why. */
  truncated: boolean;
  /** True when some folder's search broke off, or a folder that was named was refused. */
  failed: boolean;
  searched: SearchedFolder[];
  requests: number;
  notes: string[];
}

/** What is to be listed. */
export interface ListingOrder {
  /** Their names, in the site's own spelling. */
  folders: readonly string[];
  query: Omit<FolderQuery, "folder">;
  window: Window;
  /** Most messages; Infinity for all. */
  limit: number;
  /** Keeps only some, for what PPS cannot search for; asked of each once, in the order in which they are handed on. */
  keep: (message: Message) => boolean;
  /** Requests after which the search is given up, which is then noted. @default Infinity */
  mostRequests?: number;
  /** The instant the time searched was counted from, milliseconds since 1970: a PPS whose clock is far from it is noted. */
  now?: number;
}

interface FolderState {
  walk: Walk;
  report: SearchedFolder;
  error?: PpsError;
}

/**
 * Lists messages over folders, newest first over all of them, and hands them on as they come.
 * One folder's failure does not lose the others; when every folder fails, or the credentials do, it throws PpsError.
 */
export function* listMessages(order: ListingOrder): Steps<Listing> {
  const states = order.folders.map((folder): FolderState => {
    const walk = createWalk({ ...order.query, folder }, order.window);
    return { walk, report: { folder, state: "searched", found: 0 } };
  });
  let listed = 0;
  let isCut = false;
  let isGivenUp = false;
  let batch: Message[] = [];
  yield* refill(states, states);
  for (;;) {
    const newest = pickNewest(states);
    if (newest === undefined) break;
    const message = newest.walk.pending.pop()?.message;
    if (message !== undefined && order.keep(message)) {
      if (listed === order.limit) {
        isCut = true;
        break;
      }
      listed++;
      newest.report.found++;
      batch.push(message);
    }
    if (batch.length === chunk) {
      yield* found(batch);
      batch = [];
    }
    if (newest.walk.pending.length === 0 && !newest.walk.isDone()) {
      isGivenUp = countRequests(states) >= (order.mostRequests ?? Number.POSITIVE_INFINITY);
      if (isGivenUp) break;
      yield* progress(`${listed} messages listed`);
      yield* refill([newest], states);
    }
  }
  yield* found(batch);
  const listing = conclude(states, order, isCut);
  if (!isGivenUp) return listing;
  const note = `Given up after ${listing.requests} requests; name a folder or a later start.`;
  return { ...listing, truncated: true, notes: listing.notes.concat(note) };
}

/** Fetches, side by side, until each of the hungry folders has something pending, has ended or has failed. */
function* refill(first: FolderState[], all: FolderState[]): Steps<void> {
  let hungry = first;
  while (hungry.length > 0) {
    yield* together(hungry.map((state) => fetchInto(state)));
    const denied = all.filter((state) => state.error?.code === "denied")[0];
    if (denied?.error) throw denied.error;
    // Nothing came from anywhere: that must not look like nothing found.
    if (all.every((state) => state.error !== undefined && state.report.found === 0)) {
      const telling = all.filter((state) => state.report.state === "failed")[0] ?? all[0];
      if (telling?.error) throw telling.error;
    }
    hungry = hungry.filter((state) => isHungry(state));
  }
}

function isHungry(state: FolderState): boolean {
  return state.walk.pending.length === 0 && !state.walk.isDone() && state.error === undefined;
}

function* fetchInto(state: FolderState): Steps<void> {
  try {
    yield* state.walk.fetch();
  } catch (error) {
    if (!isPpsError(error)) throw error;
    state.error = error;
    const isAbsent = error.code === "refused" || error.code === "not_found";
    state.report.state = isAbsent && state.report.found === 0 ? "absent" : "failed";
    state.report.reason = error.message;
  }
}

function pickNewest(states: FolderState[]): FolderState | undefined {
  let best: FolderState | undefined;
  let bestTime = Number.NEGATIVE_INFINITY;
  states.forEach((state) => {
    const head = state.walk.pending[state.walk.pending.length - 1];
    if (head === undefined || head.time <= bestTime) return;
    best = state;
    bestTime = head.time;
  });
  return best;
}

function conclude(states: FolderState[], { limit, now }: ListingOrder, isCut: boolean): Listing {
  const notes = now === undefined ? [] : clockNotes(states, now);
  let isIncomplete = false;
  if (isCut) notes.push(`Cut at the limit of ${limit}; older messages match too.`);
  states.forEach(({ walk, report }) => {
    const incomplete = walk.incompleteSeconds;
    if (incomplete.length > 0) {
      isIncomplete = true;
      report.incompleteSeconds = incomplete.slice();
      notes.push(
        `Folder ${report.folder}: more messages came in the second ${incomplete.join(", ")} than PPS gives in one answer; some are not listed. Narrow the search by sender, recipient or subject.`,
      );
    }
    if (report.state === "failed") notes.push(`Folder ${report.folder} was not searched to its end: ${report.reason}`);
    if (report.state === "absent") notes.push(tellAbsent(report));
  });
  const failed = states.some((state) => state.report.state === "failed");
  return {
    truncated: isCut || isIncomplete || failed,
    failed,
    searched: states.map((state) => state.report),
    requests: countRequests(states),
    notes,
  };
}

function tellAbsent({ folder, reason }: SearchedFolder): string {
  return `Folder ${folder} was refused: ${reason}`;
}

/** What is noted of a listing but the folders that PPS refused, which a site need not have. */
export function notesButAbsent({ notes, searched }: Listing): string[] {
  const refusals = searched.filter(({ state }) => state === "absent").map(tellAbsent);
  return notes.filter((note) => refusals.indexOf(note) < 0);
}

/** PPS stamps mail by its own clock: what came lately then lies outside the time searched, which must not look like nothing found. */
function clockNotes(states: FolderState[], now: number): string[] {
  const times = states.map(({ walk }) => walk.serverTime()).filter((time) => time !== undefined);
  const [first] = times;
  if (first === undefined || Math.abs(first - now) < noticeableDifference) return [];
  const minutes = Math.round(Math.abs(first - now) / 60_000);
  const direction = first > now ? "ahead of" : "behind";
  return [
    `PPS's clock is ${minutes} minutes ${direction} this machine's, so that mail of the last minutes may not be listed. Set both clocks by NTP.`,
  ];
}

function countRequests(states: FolderState[]): number {
  return states.reduce((sum, state) => sum + state.walk.requests(), 0);
}
