import type { RunContext } from "../../../core/command.ts";
import { found, type Steps } from "../../../core/steps.ts";
import { type ActionResult, countOutcomes } from "../../outcome.ts";
import type { ListOutcome } from "../list-outcome.ts";
import { noteIncomplete } from "../written-entries.ts";
import { type Change, identityOf, makeChanges } from "./change.ts";
import { noteContradictions } from "./contradictions.ts";
import { amongCriteria } from "./criterion.ts";
import { dayOf, writeComment } from "./managed-mark.ts";
import { type OrganisationList, readOrganisationList } from "./organisation-list.ts";
import { readWanted, type Wanted, type WrittenCriteria } from "./wanted.ts";

/**
 * Puts entries on the organisation's list and hands on a `ListOutcome` for each; those that stand there are left as they
 * are. `override` lets through what the guard rails refuse. Throws PpsError `bad_input` before anything is sent.
 */
export function* addEntries(
  on: OrganisationList,
  written: WrittenCriteria,
  override: boolean,
  context: RunContext,
): Steps<ActionResult> {
  const { list } = on;
  const site = { list, ownDomains: context.ownDomains, override };
  const { wanted, notes, isIncomplete } = yield* readWanted(written, site);
  const { changes, present } = yield* findMissing(on, wanted, context);
  yield* found(present);
  const outcomes = yield* makeChanges({ on, changes, effect: "change", dryRun: context.dryRun });
  return {
    counts: countOutcomes(present.concat(outcomes)),
    notes: notes.concat(noteIncomplete(isIncomplete), yield* noteContradictions(on, wanted)),
  };
}

/** Divides what is wanted into what stands there already and what has to be added, marked with today's date. */
function* findMissing(on: OrganisationList, wanted: readonly Wanted[], { now }: RunContext) {
  const stands = amongCriteria(yield* readOrganisationList(on));
  const present: ListOutcome[] = [];
  const changes: Change[] = [];
  wanted.forEach(({ attribute: of, operator: how, value, comment: text, date = dayOf(now) }) => {
    const entry = { attribute: of, operator: how, value, comment: writeComment({ text, date }) };
    const change: Change = { action: "add", entry };
    if (!stands(entry)) changes.push(change);
    else {
      const message = `It stands on the ${on.list} already.`;
      present.push({ ...identityOf(on, change), outcome: "unchanged", message });
    }
  });
  return { changes, present };
}
