import type { RunContext } from "../../../core/command.ts";
import { isPpsError, type PpsError } from "../../../core/errors.ts";
import { retell } from "../../../core/overhearing.ts";
import { quoteValue } from "../../../core/quoted-value.ts";
import type { Steps } from "../../../core/steps.ts";
import { cleanLine } from "../../answers.ts";
import { fewNames } from "../../few-names.ts";
import { type EntryReading, tryReadEntries } from "../../lists/entry/entry.ts";
import { entryNotes } from "../../lists/entry/entry-notes.ts";
import { tellEntry, tellPattern, warnOfUnknownDomains } from "../../lists/entry/guard.ts";
import type { ListOutcome } from "../../lists/list-outcome.ts";
import { type Change, makeChanges, planChanges } from "../../lists/organisation/change.ts";
import { noteContradictions } from "../../lists/organisation/contradictions.ts";
import { amongCriteria, type Criterion, keyOf } from "../../lists/organisation/criterion.ts";
import { noteLongerNames, toCriterion } from "../../lists/organisation/entry-criterion.ts";
import { dayOf, writeComment } from "../../lists/organisation/managed-mark.ts";
import {
  findOrganisationList,
  type OrganisationList,
  readOrganisationList,
} from "../../lists/organisation/organisation-list.ts";
import { type Outcome, outcomeOf } from "../../outcome.ts";
import type { ResponseItem } from "../response-item.ts";
import { domainsOf } from "./senders.ts";

/** What of the senders may be blocked; `auto`: their addresses, where the organisation's list can be reached. */
export const blockChoices = ["auto", "none", "sender", "domain"] as const;

export type BlockChoice = (typeof blockChoices)[number];

/** Whether senders are blocked, and where; `unreachable` says what the organisation's list needs before it can be. */
export type Blocking =
  | { kind: "none" }
  | { kind: "unreachable"; error: PpsError }
  | { kind: "sender" | "domain"; on: OrganisationList; isAskedFor: boolean };

/** What is to be put on the list, and what is not, for the reason its message gives. */
export interface BlockPlan {
  changes: Change[];
  /** The changes, as they would be sent. */
  planned: ResponseItem[];
  settled: ResponseItem[];
  notes: string[];
}

/** Reads the choice. Throws PpsError `bad_input` where blocking was asked for and the list cannot be reached. */
export function readBlocking(choice: BlockChoice, clusterId: string | undefined, context: RunContext): Blocking {
  if (choice === "none") return { kind: "none" };
  try {
    return {
      kind: choice === "domain" ? "domain" : "sender",
      on: findOrganisationList("blocklist", context, clusterId),
      isAskedFor: choice !== "auto",
    };
  } catch (error) {
    if (choice !== "auto" || !isPpsError(error)) throw error;
    return { kind: "unreachable", error };
  }
}

/** Holds each sender against the guard rails by itself: one that may not be blocked does not save the others. */
export function* planBlocks(
  senders: readonly string[],
  blocking: Blocking,
  reason: string,
  context: RunContext,
): Steps<BlockPlan> {
  const plan: BlockPlan = { changes: [], planned: [], settled: [], notes: [] };
  if (blocking.kind === "none" || senders.length === 0) return plan;
  if (blocking.kind === "unreachable") {
    plan.settled.push(leaveAll(senders, blocking.error));
    return plan;
  }
  const { kind, on, isAskedFor } = blocking;
  const texts = kind === "domain" ? domainsOf(senders) : senders.slice();
  const readings = yield* tryReadEntries(texts);
  const wanted: Criterion[] = [];
  readings.forEach((reading, index) => {
    const text = texts[index] as string;
    const judged = judge(text, reading, kind, context);
    if ("refusal" in judged) plan.settled.push({ ...blockOf(cleanLine(text)), ...refuse(judged.refusal, isAskedFor) });
    else if (!wanted.some((other) => keyOf(other) === keyOf(judged.criterion))) {
      wanted.push(judged.criterion);
      addNotes(plan.notes, judged.notes);
    }
  });
  if (wanted.length === 0) return plan;
  const comment = writeComment({ text: reason, date: dayOf(context.now) });
  try {
    const stands = amongCriteria(yield* readOrganisationList(on));
    wanted.forEach((criterion) => {
      if (!stands(criterion)) plan.changes.push({ action: "add", entry: { ...criterion, comment } });
      else
        plan.settled.push({
          ...blockOf(criterion.value),
          outcome: "unchanged",
          message: "It stands on the blocklist already.",
        });
    });
  } catch (error) {
    if (!isPpsError(error)) throw error;
    // Held mail can be deleted all the same.
    const failed = outcomeOf(error);
    wanted.forEach((criterion) => {
      plan.settled.push({ ...blockOf(criterion.value), ...failed });
    });
    return plan;
  }
  plan.planned = planChanges({ on, changes: plan.changes, effect: "destroy" }).map(toBlockItem);
  addNotes(plan.notes, noteLongerNames(wanted).concat(yield* noteContradictions(on, wanted)));
  return plan;
}

/** Puts the entries on the list and hands on what became of each. */
export function* blockSenders({ changes }: BlockPlan, blocking: Blocking): Steps<void> {
  if (!("on" in blocking) || changes.length === 0) return;
  yield* retell(makeChanges({ on: blocking.on, changes, effect: "destroy", dryRun: false }), toBlockItem);
}

type Judgement = { criterion: Criterion; notes: string[] } | { refusal: string };

/** An envelope sender is an attacker's own text: it may look like a network or a top-level domain. */
function judge(text: string, reading: EntryReading, kind: "sender" | "domain", { ownDomains }: RunContext): Judgement {
  if ("complaint" in reading) return { refusal: reading.complaint };
  const { entry } = reading;
  if (entry.kind !== (kind === "domain" ? "domain" : "address")) {
    return { refusal: `${quoteValue(text)} is no ${kind === "domain" ? "domain" : "address"}.` };
  }
  const criterion = toCriterion(entry, undefined);
  if ("complaint" in criterion) return { refusal: criterion.complaint };
  const site = { list: "blocklist", ownDomains, override: false } as const;
  const refusal = tellEntry(entry, site) ?? tellPattern(criterion, site);
  if (refusal !== undefined) return { refusal };
  return { criterion, notes: entryNotes([entry]).concat(warnOfUnknownDomains([entry], ownDomains)) };
}

/** Whom a file alone calls its sender: its headers are written by whoever made it. */
export function leaveClaimed(senders: readonly string[], blocking: Blocking): ResponseItem[] {
  if (blocking.kind === "none") return [];
  return senders.map((sender) =>
    leaveOne(
      sender,
      "Not blocked: only the reported file says who sent it, which nothing in the trace bears out, and headers can be forged.",
    ),
  );
}

/** Whom nothing but content names: a phish may carry an innocent sender's links, files and words to have him blocked. */
export function leaveUntied(senders: readonly string[], blocking: Blocking): ResponseItem[] {
  if (blocking.kind === "none") return [];
  const others = senders.slice(mostLeft);
  const items = senders.slice(0, mostLeft).map((sender) => leaveOne(sender, `Not blocked: ${onlyContent}`));
  if (others.length > 0) {
    items.push({
      action: "block",
      outcome: "left",
      message: `Not blocked: ${fewNames(others.map(cleanLine))}; ${onlyContent}`,
      hint: blockByName,
    });
  }
  return items;
}

/** Named one by one; a campaign of rotating senders has hundreds. */
const mostLeft = 10;

const onlyContent =
  "only links, files or words tie this mail to what was reported, no sender, domain or host that PPS recorded, and those may be copied from it.";

const blockByName =
  "If the sender belongs to it, name the sender beside the file, or put it on the blocklist by itself.";

function leaveOne(sender: string, message: string): ResponseItem {
  return { ...blockOf(cleanLine(sender)), outcome: "left", message, hint: blockByName };
}

/** A phish often forges a sender nobody wants blocked: no failure where nobody asked for it to be. */
function refuse(refusal: string, isAskedFor: boolean): Outcome {
  const message = cleanLine(refusal);
  const hint = "It was not blocked. Where that is what you want, put it on the blocklist by itself.";
  if (!isAskedFor) return { outcome: "left", message, hint };
  return { outcome: "refused", code: "bad_input", message, hint };
}

function leaveAll(senders: readonly string[], { message, hint }: PpsError): ResponseItem {
  const names = fewNames(senders.map(cleanLine));
  return {
    action: "block",
    outcome: "left",
    message: `Not blocked: ${names}. ${message}`,
    ...(hint === undefined ? {} : { hint }),
  };
}

/** Whom it is about stands where the sender of a message does too, so that a table says it in one place. */
function blockOf(entry: string): Pick<ResponseItem, "action" | "entry" | "sender"> {
  return { action: "block", entry, sender: entry };
}

function toBlockItem({ list: _, attribute, operator, value, ...outcome }: ListOutcome): ResponseItem {
  return { ...outcome, ...blockOf(outcome.entry) };
}

function addNotes(notes: string[], more: readonly string[]): void {
  more.forEach((note) => {
    if (notes.indexOf(note) < 0) notes.push(note);
  });
}
