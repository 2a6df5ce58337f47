import { PpsError } from "../../../core/errors.ts";
import type { ListName } from "../list-name.ts";
import { listComplaints } from "./complaints.ts";

/** What an entry would do that nobody wants. */
export interface Harm {
  /** Who or what is blocked, or let past the spam filter. */
  whom: string;
  /** Goes on behind a colon. */
  because: string;
}

/** What is said with every refusal of the guard rails. */
const overrideHint = "If that is what you want, say so with override.";

/** One sentence that says what `what` on the list would do. */
export function tellHarm(list: ListName, what: string, { whom, because }: Harm): string {
  return list === "blocklist"
    ? `Blocking ${what} would stop ${whom}: ${because}.`
    : `Safelisting ${what} would let ${whom} past the spam filter: ${because}.`;
}

/** Refuses what would do harm; where that is overridden, gives the sentences as notes. */
export function refuseHarm(sentences: readonly string[], override: boolean): string[] {
  if (sentences.length === 0) return [];
  if (!override) throw new PpsError("bad_input", listComplaints(sentences), { hint: overrideHint });
  return [listComplaints(sentences)];
}
