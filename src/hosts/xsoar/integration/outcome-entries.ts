import type { Outcome } from "../../../commands/outcome.ts";
import type { Output } from "../../../core/command.ts";
import type { Json } from "../../../core/steps.ts";
import { type Entry, errorEntry, noteEntry, resultEntry } from "../entries/entry.ts";
import { notesOf } from "./records.ts";
import type { Result } from "./xsoar-command.ts";

/** How outcomes are told and kept. */
export interface OutcomeView<Kind extends Outcome> {
  /** With its condition, by which XSOAR knows an outcome again. */
  contextKey: string;
  /** What is said of one that was done. */
  tell(outcome: Kind): string;
  /** What is said of one that was not. */
  complain(outcome: Kind): string;
  /** False for one that a playbook must not take for done. @default by the outcome's kind */
  isDone?(outcome: Kind): boolean;
}

/** What of outcomes goes into context; there are no dry runs in XSOAR. */
export function outcomeValues(outputs: readonly Output[]): Output[] {
  return outputs
    .filter(({ name }) => name !== "request")
    .map(({ description, ...output }) => {
      // The script is made without descriptions.
      return { ...output, description: String(description).replace(" planned (dry run),", "") };
    });
}

/**
 * One line for each thing that was done, and an error for those that were not: a playbook goes on with the one and does
 * not pass over the other. Context holds them all.
 */
export function renderOutcomes<Kind extends Outcome>(result: Result, view: OutcomeView<Kind>): Entry[] {
  const outcomes = result.items as readonly Kind[];
  const isDone = view.isDone ?? isSettled;
  const done = outcomes.filter((outcome) => isDone(outcome));
  const failed = outcomes.filter((outcome) => !isDone(outcome));
  const contents = outcomes.map((outcome) => ({ ...outcome }) as unknown as Json);
  const kept = { contents, context: { [view.contextKey]: contents } };
  const entries = [
    done.length > 0
      ? resultEntry({ ...kept, humanReadable: done.map((outcome) => view.tell(outcome)).join("\n") })
      : resultEntry({ ...kept, humanReadable: tellNone(outcomes) }),
  ];
  const notes = notesOf(result);
  if (notes.length > 0) entries.push(noteEntry(notes.join("\n")));
  if (failed.length > 0) entries.push(errorEntry(failed.map((outcome) => view.complain(outcome)).join("\n")));
  return entries;
}

function tellNone(outcomes: readonly Outcome[]): string {
  if (outcomes.length === 0) return "Nothing was to be done.";
  return outcomes.some(({ outcome }) => outcome === "unknown")
    ? "Whether it was done is not known."
    : "Nothing was done.";
}

function isSettled({ outcome }: Outcome): boolean {
  return outcome === "done" || outcome === "accepted" || outcome === "unchanged";
}

/** Its own words and what can be done about it. */
export function describeFailure({ message, hint }: Pick<Outcome, "message" | "hint">): string {
  return hint === undefined ? message : `${/[.!?]$/.test(message) ? message : `${message}.`} ${hint}`;
}
