import type { ListOutcome } from "../../../../commands/index.ts";
import { isPpsError } from "../../../../core/errors.ts";
import type { Json } from "../../../../core/steps.ts";
import { most } from "../../catalogue/parameters.ts";
import { refuse } from "../parameter-values.ts";
import { commandNamed, execute, type FieldNames, type Performer, type Run } from "../run.ts";
import { emptyTally, resultOf, type Tally } from "../tally.ts";
import { reasonOf, sentences, shortReason } from "../texts.ts";

type List = "blocklist" | "safelist";
type Verb = "add" | "remove";

/** What is told of one entry. */
type Told = Pick<ListOutcome, "entry" | "user" | "attribute" | "operator" | "outcome" | "message">;

const names: FieldNames = {
  entries: "Sender",
  user: "User",
  attribute: "Match On",
  comment: "Comment",
};

const attributes: Readonly<Record<string, string>> = { "Envelope Sender": "sender", "Header From": "header-sender" };

const words = {
  add: { done: "added", told: "Added", preposition: "to", unchanged: "already_listed", tells: "already listed" },
  remove: { done: "removed", told: "Removed", preposition: "from", unchanged: "not_listed", tells: "not listed" },
} as const;

/** The four actions on lists of senders. */
export function changeList(verb: Verb, list: List): Performer {
  return async (run) => {
    const { scope, input } = readOrder(run, verb);
    const notes: string[] = [];
    const outcomes = await attempt(run, `${list}.${verb}`, input, notes);
    const tally = emptyTally();
    let changed = 0;
    for (const outcome of outcomes) {
      const status = statusOf(run, outcome, verb);
      if (status === words[verb].done) changed++;
      keep(tally, outcome, scope, status);
    }
    const { told, preposition, tells } = words[verb];
    const result = resultOf(tally, run.action.failureLead, (done) => {
      return `${told} ${changed} sender(s) ${preposition} the ${scope} ${list}; ${done.length - changed} ${tells}`;
    });
    return { ...result, message: sentences([result.message, ...notes]) };
  };
}

interface Order {
  scope: "organization" | "user";
  input: Record<string, unknown>;
}

function readOrder({ parameters, instance }: Run, verb: Verb): Order {
  const entries = parameters.list("Sender", most.senders);
  if (entries.length === 0) throw refuse("Sender", "names nobody.");
  const users = parameters.list("User", most.senders);
  const asked = parameters.choice("List Scope");
  const isUser = asked === "User" || (asked === "Automatic" && users.length > 0);
  const comment = verb === "add" ? parameters.text("Comment") : undefined;
  const matchOn = parameters.choice("Match On");
  if (isUser) {
    if (users.length === 0) throw refuse("User", "is missing, which List Scope User needs.");
    if (comment !== undefined) throw refuse("Comment", "is for the organization's list only; leave it empty.");
    if (matchOn !== "Envelope Sender") throw refuse("Match On", "is for the organization's list only.");
    return { scope: "user", input: { entries, user: users } };
  }
  if (users.length > 0) throw refuse("User", "is filled, but List Scope is Organization; leave it empty.");
  if (instance.missingForLists.length > 0) {
    throw refuse(
      "List Scope",
      `Organization needs ${instance.missingForLists.join(", ")} in the configuration of the instance.`,
    );
  }
  if (comment !== undefined && comment.length > most.comment) {
    throw refuse("Comment", `is ${comment.length} characters long; at most ${most.comment} are taken.`);
  }
  return {
    scope: "organization",
    input: { entries, attribute: attributes[matchOn], ...(comment === undefined ? {} : { comment }) },
  };
}

async function attempt(
  run: Run,
  name: string,
  input: Record<string, unknown>,
  notes: string[],
): Promise<readonly Told[]> {
  const outcomes: ListOutcome[] = [];
  try {
    const { summary } = await execute<ListOutcome, { notes: string[] }>(
      run,
      commandNamed(name),
      input,
      names,
      (more) => void outcomes.push(...more),
    );
    notes.push(...summary.notes);
    return outcomes;
  } catch (error) {
    const isSent = run.changed.length > 0;
    if (!isPpsError(error) || (outcomes.length === 0 && !isSent && !error.mayHaveHappened)) throw error;
    return [...outcomes, ...restOf(run, input, outcomes, reasonOf(error), isSent)];
  }
}

/** What the end of the time left without an outcome. Its entries are told as they were written: nobody read them back. */
function restOf(
  { changed }: Run,
  input: Record<string, unknown>,
  told: readonly ListOutcome[],
  reason: string,
  isSent: boolean,
): Told[] {
  const users = (input.user as string[] | undefined) ?? [undefined];
  const open = users.flatMap((user) => (input.entries as string[]).map((entry) => ({ user, entry })));
  const isTold = (entry: string, user: string | undefined) =>
    told.some((one) => one.user === user && sameName(one.entry, entry));
  return open
    .filter(({ user, entry }) => !isTold(entry, user))
    .map(({ user, entry }) => {
      const mayBeDone =
        isSent && (user === undefined || changed.some(({ path }) => path.includes(encodeURIComponent(user))));
      return {
        entry,
        ...(user === undefined ? {} : { user }),
        outcome: mayBeDone ? "unknown" : "failed",
        message: mayBeDone ? reason : `Not sent: ${reason}`,
      };
    });
}

function sameName(one: string, other: string): boolean {
  const plain = (text: string) => text.trim().toLowerCase().replace(/^@/, "");
  return plain(one) === plain(other);
}

/** An entry that an earlier try of the same step changed is not sent again: it is found as it is wanted. */
function statusOf(run: Run, { outcome, user, entry }: Told, verb: Verb): string | undefined {
  const item = JSON.stringify([user ?? null, entry]);
  if (outcome === "unchanged") return run.isDone(item) ? "already_done" : words[verb].unchanged;
  if (outcome !== "done" && outcome !== "accepted") return undefined;
  run.noteDone(item);
  return words[verb].done;
}

function keep(tally: Tally, one: Told, scope: string, status: string | undefined): void {
  const { entry, user, attribute, operator, outcome, message } = one;
  const json: { [key: string]: Json } = {
    sender: entry,
    scope,
    ...(user === undefined ? {} : { user }),
    ...(attribute === undefined ? {} : { attribute }),
    ...(operator === undefined ? {} : { operator }),
  };
  const name = user === undefined ? entry : `${entry} for ${user}`;
  if (status !== undefined) tally.success.push({ name, json: { ...json, status } });
  else if (outcome === "unknown") tally.unknown.push({ name, json, reason: shortReason(message) });
  else tally.failed.push({ name, json, reason: shortReason(message) });
}
