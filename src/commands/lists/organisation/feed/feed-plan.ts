import type { Entry } from "../../entry/entry.ts";
import type { Change } from "../change.ts";
import { amongCriteria } from "../criterion.ts";
import { dayOf, readComment, writeComment } from "../managed-mark.ts";
import type { OrganisationEntry } from "../organisation-list.ts";
import type { Allowance } from "./allowance.ts";
import type { Sifted } from "./sifted.ts";

/** What a feed's run stands on. */
export interface FeedSituation {
  label: string;
  now: number;
  /** The organisation's blocklist. */
  standing: readonly OrganisationEntry[];
  /** What each of them was understood as. */
  understood: readonly (Entry | undefined)[];
  allowance: Allowance;
}

/** What a run would do, and what it leaves for which reason. */
export interface FeedPlan {
  changes: Change[];
  /** Entries of this label that stand on the list. */
  own: number;
  /** Wanted entries that stand there already, and how many of them somebody else put there. */
  present: number;
  foreign: number;
  /** Entries of this label that the feed has lost and whose day has not come. */
  waiting: number;
}

/** What is to go at once comes first: it may be stopping somebody's mail. */
export function planFeed({ wanted, revoked }: Sifted, situation: FeedSituation): FeedPlan {
  const { label, now, standing, understood, allowance } = situation;
  const today = dayOf(now);
  const isWanted = amongCriteria(wanted);
  const isRevoked = amongCriteria(revoked);
  const isOwn = ({ comment }: OrganisationEntry) => readComment(comment).managedBy === label;
  const others = standing.filter((entry) => !isOwn(entry));
  // A deletion names no comment: PPS might take the same entry of somebody else's, kept in another spelling.
  const isOthersToo = amongCriteria(others);
  const atOnce: Change[] = [];
  const expired: Change[] = [];
  let own = 0;
  let waiting = 0;
  standing.forEach((entry, index) => {
    if (!isOwn(entry)) return;
    own++;
    if (isOthersToo(entry)) return;
    const change: Change = { action: "remove", entry };
    if (isRevoked(entry) || allowance(entry, understood[index]) !== undefined) atOnce.push(change);
    else if (isWanted(entry)) return;
    else if ((readComment(entry.comment).until ?? today) <= today) expired.push(change);
    else waiting++;
  });
  const stands = amongCriteria(standing);
  const missing = wanted.filter((entry) => !stands(entry));
  const additions = missing.map(({ comment, until, ...criterion }): Change => {
    const marked = writeComment({ text: comment, managedBy: label, date: today, until });
    return { action: "add", entry: { ...criterion, comment: marked } };
  });
  return {
    changes: atOnce.concat(additions, expired),
    own,
    present: wanted.length - missing.length,
    foreign: wanted.filter(isOthersToo).length,
    waiting,
  };
}
