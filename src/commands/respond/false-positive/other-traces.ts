import type { RunContext } from "../../../core/command.ts";
import { isPpsError, type PpsError } from "../../../core/errors.ts";
import { largest, smallest } from "../../../core/extremes.ts";
import { collect } from "../../../core/overhearing.ts";
import type { Steps } from "../../../core/steps.ts";
import { noteOf } from "../../answers.ts";
import { workInChunks } from "../../chunks.ts";
import { clockDifference } from "../../clock-slack.ts";
import type { Message } from "../../quarantine/message.ts";
import { searchTrace, type TraceListing } from "../../trace/listing.ts";
import { readMessageTrace } from "../../trace/message-trace.ts";
import type { TraceRecord } from "../../trace/record.ts";
import type { Suspect } from "./check.ts";

/** Records of the trace looked through for all of them at once. */
const mostRecords = 2000;

/** Searches for single messages under way at once. */
const atOnce = 25;

/** Messages with their traces. */
export interface Traces {
  suspects: Suspect[];
  notes: string[];
  /** Some trace could not be read; the notes say why. */
  isIncomplete: boolean;
}

/**
 * Reads the traces of messages from one sender, by a search for all of them and then by one for each that it left out. An
 * answer that was cut may lack a record of any of them, the one that names the virus perhaps, so that each is asked for.
 */
export function* readTraces(
  messages: readonly Message[],
  { pattern, since }: { pattern: string | undefined; since: number },
  context: RunContext,
): Steps<Traces> {
  if (messages.length === 0) return { suspects: [], notes: [], isIncomplete: false };
  let items: TraceRecord[] = [];
  let told: string[] = [];
  let isCut = true;
  const span = spanOf(messages);
  try {
    if (span !== undefined) {
      const steps = searchTrace({ ...span, sender: pattern, limit: mostRecords }, context.now);
      const listing = yield* collect<TraceRecord, TraceListing>(steps);
      items = listing.items;
      isCut = listing.result.truncated;
      told = isCut ? listing.result.notes : [];
    }
  } catch (error) {
    if (!isPpsError(error)) throw error;
    const suspects = messages.map((message) => ({ message, trace: [], traceError: error }));
    return { suspects, notes: [noteFor(error)], isIncomplete: true };
  }
  const suspects = messages.map(
    (message): Suspect => ({ message, trace: items.filter(({ guid }) => guid === message.guid) }),
  );
  const isOpen = ({ message, trace }: Suspect) => message.guid !== "" && (isCut || trace.length === 0);
  const single = yield* readEach(suspects.filter(isOpen), since, context);
  const all = suspects.map((suspect) => single.filter(({ message }) => message === suspect.message)[0] ?? suspect);
  const errors = all.map(({ traceError }) => traceError).filter((error) => error !== undefined);
  const [first] = errors;
  if (first === undefined) return { suspects: all, notes: [], isIncomplete: false };
  return { suspects: all, notes: told.concat(noteFor(first)), isIncomplete: true };
}

/** One search for each; after one that failed, those of a later chunk are not sent. */
function* readEach(suspects: readonly Suspect[], since: number, context: RunContext): Steps<Suspect[]> {
  const read: Suspect[] = [];
  let failure: PpsError | undefined;
  function* readOne({ message }: Suspect): Steps<Suspect> {
    if (failure !== undefined) return { message, trace: [], traceError: failure };
    const traced = yield* readMessageTrace({ since, guid: message.guid }, context.now);
    if (traced.isCut === undefined) failure = failure ?? traced.traceError;
    return { message, ...traced };
  }
  yield* workInChunks({
    things: suspects,
    noun: "traces",
    largest: atOnce,
    begin: readOne,
    learn(results) {
      results.forEach((suspect) => {
        read.push(suspect);
      });
    },
  });
  return read;
}

/** The time in which all of them came; undefined where no time of theirs can be read. */
function spanOf(messages: readonly Message[]): { since: number; until: number } | undefined {
  const times = messages.map(({ receivedAt }) => new Date(receivedAt ?? "").getTime()).filter((time) => time > 0);
  if (times.length === 0) return undefined;
  return {
    since: smallest(times) - clockDifference,
    until: largest(times) + clockDifference,
  };
}

function noteFor(error: PpsError): string {
  return `Which rules hold the others is not known. ${noteOf(error)}`;
}
