import type { PpsError } from "../../core/errors.ts";
import { noteOf } from "../answers.ts";

/** Notes that are told one by one; more of them are counted. */
const mostNotes = 30;

/** What became of the searches. */
export interface Journal {
  truncated: boolean;
  failed: boolean;
  /** Searches that came to their end. */
  done: number;
  /** True when quarantine was not searched to its end. */
  heldFailed: boolean;
  /** The first failure. */
  error: PpsError | undefined;
  /** Why indicators were not searched for everywhere, by their index. */
  readonly reasons: { [index: number]: { reason: string; isFailure: boolean } };
  note(sentence: string): void;
  notes(): string[];
  /** A search for these indicators broke off. */
  fail(error: PpsError, serves: readonly number[], what: string): void;
}

export function createJournal(): Journal {
  const notes: string[] = [];
  let unsaid = 0;
  const journal: Journal = {
    truncated: false,
    failed: false,
    heldFailed: false,
    done: 0,
    error: undefined,
    reasons: {},
    note(sentence) {
      if (notes.indexOf(sentence) >= 0) return;
      if (notes.length < mostNotes) notes.push(sentence);
      else unsaid++;
    },
    notes: () => (unsaid === 0 ? notes.slice() : notes.concat(`${unsaid} more notes of this kind were left out.`)),
    fail(error, serves, what) {
      journal.truncated = true;
      journal.failed = true;
      journal.error = journal.error ?? error;
      const reason = `${what}: ${noteOf(error)}`;
      journal.note(reason);
      serves.forEach((index) => {
        journal.reasons[index] = { reason, isFailure: true };
      });
    },
  };
  return journal;
}
