import type { Outcome } from "../../../../commands/index.ts";
import type { Json } from "../../../../core/steps.ts";
import type { Result, Run } from "../run.ts";
import { emptyTally, resultOf, type Tally } from "../tally.ts";
import { listFew, sentences, shortName, shortReason } from "../texts.ts";

/** An item as results name it. */
export interface Named {
  name: string;
  json: { [key: string]: Json };
  /** By which an earlier try of the step is known to have done it. */
  key: string;
  /** By which a later one is to know it, beside `key`. */
  alsoKnownAs?: string;
  /** What it is called where it was so already. @default unchanged */
  unchanged?: string;
  /** What is said of it instead where an earlier try did it. */
  earlier?: { [key: string]: Json };
}

/** What became of each item, and what would. */
export interface Sorted extends Tally {
  planned: { [key: string]: Json }[];
  left: { [key: string]: Json }[];
  /** Keys of what an earlier try of the same step did. */
  doneEarlier: ReadonlySet<string>;
}

/** Sorts the items; what an earlier try of the same step did is `already_done`, whatever came of it now. */
export function sortOutcomes<Item extends Outcome>(
  run: Run,
  items: readonly Item[],
  nameOf: (item: Item) => Named,
): Sorted {
  const all = items.map((item) => ({ item, named: nameOf(item) }));
  const doneEarlier = new Set(all.map(({ named }) => named.key).filter((key) => run.isDone(key)));
  const sorted: Sorted = { ...emptyTally(), planned: [], left: [], doneEarlier };
  for (const { item, named } of all) {
    const { name, json, key, alsoKnownAs, unchanged = "unchanged", earlier = {} } = named;
    const { outcome, message } = item;
    const reason = shortReason(message);
    if (outcome === "done" || outcome === "accepted") {
      run.noteDone(key);
      if (alsoKnownAs !== undefined) run.noteDone(alsoKnownAs);
      sorted.success.push({ name, json: { ...json, status: outcome } });
    } else if (doneEarlier.has(key)) {
      sorted.success.push({ name, json: { ...json, ...earlier, status: "already_done" } });
    } else if (outcome === "unchanged") sorted.success.push({ name, json: { ...json, status: unchanged } });
    else if (outcome === "planned") sorted.planned.push({ ...json, plan: reason });
    else if (outcome === "left") sorted.left.push({ ...json, reason });
    else if (outcome === "unknown") sorted.unknown.push({ name, json, reason });
    else sorted.failed.push({ name, json, reason });
  }
  return sorted;
}

/** What a result says beside its items. */
export interface Telling {
  dryRun: boolean;
  /** What was done, or would be: the beginning of the message. */
  did: string;
  /** Why the work broke off; what was done until then is not all of it. */
  end?: string | undefined;
  /** What was found, and what else should be known. */
  more: readonly (string | undefined)[];
  /** Stands beside the items in the JSON. */
  facts: { [key: string]: Json };
}

/**
 * What a response came to: as any write (secops-platform.md 1.6), but that a look is whole without a change, and that
 * what was found and told of is something where every change was refused.
 */
export function resultOfSorted(run: Run, sorted: Sorted, { dryRun, did, end, more, facts }: Telling): Result {
  const { success, failed, unknown, left } = sorted;
  const tally: Tally = { success, failed, unknown };
  const json = { dry_run: dryRun, ...toJson(sorted), ...facts };
  if (dryRun) {
    const refused = failed.map(({ name, reason }) => `${shortName(name)} (${reason})`);
    const impossible = refused.length === 0 ? undefined : `Could not be done: ${listFew(refused)}`;
    const message = sentences([`Dry run, nothing was changed: ${did}`, impossible, ...more]);
    return { result: refused.length === 0, json, message };
  }
  const told = resultOf(tally, run.action.failureLead, () => did);
  const { state, ...rest } = told;
  const isFinding = state === "failed" && left.length > 0;
  return {
    ...rest,
    result: rest.result && end === undefined,
    ...(state === undefined || isFinding ? {} : { state }),
    json,
    message: sentences([told.message, end === undefined ? undefined : `It broke off: ${end}`, ...more]),
  };
}

function toJson({ success, failed, unknown, planned, left }: Sorted): { [key: string]: Json } {
  const withReason = ({ json, reason }: Tally["failed"][number]) => ({ ...json, reason });
  return {
    success: success.map(({ json }) => json),
    failed: failed.map(withReason),
    unknown: unknown.map(withReason),
    planned,
    left,
    counts: {
      success: success.length,
      failed: failed.length,
      unknown: unknown.length,
      planned: planned.length,
      left: left.length,
    },
  };
}
