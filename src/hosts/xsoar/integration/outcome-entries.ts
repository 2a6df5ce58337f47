import { type Outcome, wentWell } from "../../../commands/outcome.ts";
import type { Output } from "../../../core/command.ts";
import type { Json } from "../../../core/steps.ts";
import { type Entry, errorEntry, resultEntry } from "../entries/entry.ts";
import type { Row } from "../entries/table-markdown.ts";
import { boundedTable } from "./bounded-table.ts";
import { noteEntries } from "./records.ts";
import type { Result } from "./xsoar-command.ts";

/** How outcomes are kept, and what is said of those that were not done. */
export interface OutcomeView<Kind extends Outcome> {
  /** With its condition, by which XSOAR knows an outcome again. */
  contextKey: string;
  complain(outcome: Kind): string;
  /** False for one that a playbook must not take for done. @default by the outcome's kind */
  isDone?(outcome: Kind): boolean;
  /** True where the whole is not done while something is missing: the notes that say so are an error then. */
  mustBeWhole?: boolean;
}

/** How outcomes are told, one line each. */
export interface OutcomeLines<Kind extends Outcome> extends OutcomeView<Kind> {
  /** What is said of one that was done. */
  tell(outcome: Kind): string;
}

/** What of outcomes goes into context; `planned` only where the command can be planned first. */
export function outcomeValues(outputs: readonly Output[], isPlannable = false): Output[] {
  return outputs
    .filter(({ name }) => name !== "request")
    .map(({ description, ...output }) => {
      // The script is made without descriptions.
      const told = String(description).replace(" planned (dry run),", isPlannable ? " planned (dry_run)," : "");
      return { ...output, description: told };
    });
}

/**
 * One line for each thing that was done, and an error for those that were not: a playbook goes on with the one and does
 * not pass over the other. Context holds them all.
 */
export function renderOutcomes<Kind extends Outcome>(result: Result, view: OutcomeLines<Kind>): Entry[] {
  const outcomes = result.items as readonly Kind[];
  const done = outcomes.filter(view.isDone ?? isSettled);
  const told = done.length > 0 ? done.map((outcome) => view.tell(outcome)).join("\n") : tellNone(outcomes);
  return toEntries(result, view, told);
}

/** A table of all outcomes with the command's columns, first what something is done about; errors as by `renderOutcomes`. */
export function tabulateOutcomes<Kind extends Outcome>(result: Result, view: OutcomeView<Kind>): Entry[] {
  const { title, columns } = result.command;
  const outcomes = result.items as readonly Kind[];
  const isLeft = ({ outcome }: Kind) => outcome === "left";
  const rows = outcomes.filter((outcome) => !isLeft(outcome)).concat(outcomes.filter(isLeft)) as unknown as Row[];
  const isPlan = outcomes.some(({ outcome }) => outcome === "planned");
  const told = rows.length === 0 ? tellNone(outcomes) : boundedTable(isPlan ? `Plan: ${title}` : title, rows, columns);
  return toEntries(result, view, told);
}

function toEntries<Kind extends Outcome>(
  result: Result,
  { contextKey, complain, isDone = isSettled, mustBeWhole }: OutcomeView<Kind>,
  humanReadable: string,
): Entry[] {
  const outcomes = result.items as readonly Kind[];
  // What would be sent is in the words of the API, and of no use in context.
  const contents = outcomes.map(({ request: _, ...outcome }) => outcome as unknown as Json);
  const failed = outcomes.filter((outcome) => !isDone(outcome));
  return [resultEntry({ contents, humanReadable, context: { [contextKey]: contents } })].concat(
    noteEntries(result, mustBeWhole && (result.summary as { truncated?: boolean }).truncated),
    failed.length === 0 ? [] : [errorEntry(failed.map((outcome) => complain(outcome)).join("\n"))],
  );
}

function tellNone(outcomes: readonly Outcome[]): string {
  if (outcomes.length === 0) return "Nothing was to be done.";
  return outcomes.some(({ outcome }) => outcome === "unknown")
    ? "Whether it was done is not known."
    : "Nothing was done.";
}

function isSettled({ outcome }: Outcome): boolean {
  return wentWell(outcome);
}

/** Its own words and what can be done about it. */
export function describeFailure({ message, hint }: Pick<Outcome, "message" | "hint">): string {
  return hint === undefined ? message : `${/[.!?]$/.test(message) ? message : `${message}.`} ${hint}`;
}
