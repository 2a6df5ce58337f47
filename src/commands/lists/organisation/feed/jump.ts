import { PpsError } from "../../../../core/errors.ts";

/** Below so many a list may grow and shrink as it will. */
const leastStanding = 20;

/** What a run is about to do to the part of the list that a feed keeps. */
export interface FeedStep {
  /** Entries the feed names that can be taken. */
  wanted: number;
  /** Entries of its label that stand on the list. */
  own: number;
  changes: number;
  mostChanges: number;
}

/** What is unusual about a run, each a sentence: a feed that was broken or taken over shows itself by such jumps. */
export function findJumps({ wanted, own, changes, mostChanges }: FeedStep): string[] {
  const jumps: string[] = [];
  if (wanted === 0)
    jumps.push(`The feed names nothing that can be blocked, and ${own} of its entries stand on the list.`);
  else if (own >= leastStanding && wanted > own * 2) {
    jumps.push(`The feed names ${wanted} entries, more than double the ${own} of it that stand on the list.`);
  } else if (own >= leastStanding && wanted < own / 2) {
    jumps.push(`The feed names ${wanted} entries, less than half of the ${own} of it that stand on the list.`);
  }
  if (changes > mostChanges) {
    jumps.push(`The run would change ${changes} entries; at most ${mostChanges} are changed unasked.`);
  }
  return jumps;
}

/** What is said where nobody could be asked about them. */
export function jumpRefused(jumps: readonly string[]): PpsError {
  return new PpsError("refused", `${jumps.join(" ")} Nothing was changed.`, {
    hint: "Look at the feed and at a dry run. Where this is right, or goes on with a run that broke off, say that the jump is accepted.",
  });
}
