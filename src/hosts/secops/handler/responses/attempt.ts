import type { Outcome } from "../../../../commands/index.ts";
import { isPpsError } from "../../../../core/errors.ts";
import type { Ask } from "../../../../core/steps.ts";
import { commandNamed, execute, type FieldNames, type Run } from "../run.ts";
import { reasonOf } from "../texts.ts";

/** A command that finds out what is to be done before it does it. */
export interface Order {
  command: string;
  input: Readonly<Record<string, unknown>>;
  names: FieldNames;
  dryRun: boolean;
}

/** What became of it; of work that broke off the summary is empty, and the end says why. */
export interface Attempt<Item, Summary> {
  items: Item[];
  summary: Partial<Summary>;
  end?: string;
}

/** How the items of a command are told apart. */
export interface Kind<Item> {
  /** The same for two items that speak of one thing. */
  identityOf(item: Item): string;
  /** By which an earlier try of the step is known to have done what the item says. */
  keyOf(item: Item): string;
  /** What the request that does what the item says is known by; undefined where there is none. */
  traceOf(item: Item): string | undefined;
  /** The same, read from a request. */
  traceIn(request: Ask): string | undefined;
  /** An item for what a request changed that nothing else is told of; undefined where the plan names everything. */
  itemOf?(request: Ask): Item | undefined;
}

/**
 * Carries the order out. What the end of the time, or a fault, kept back is told from the plan: as unknown where it was
 * sent, else as failed. Throws PpsError where nothing was changed.
 */
export async function attempt<Item extends Outcome, Summary extends object>(
  run: Run,
  { command, input, names, dryRun }: Order,
  kind: Kind<Item>,
): Promise<Attempt<Item, Summary>> {
  const items: Item[] = [];
  let plan: readonly Item[] = [];
  let isRepeat = false;
  try {
    const { summary } = await execute<Item, Summary>(
      run,
      commandNamed(command),
      input,
      names,
      (more) => void items.push(...more),
      {
        dryRun,
        agree: ({ items: planned }) => {
          plan = planned as readonly Item[];
          const open = plan.filter(({ outcome }) => outcome === "planned");
          // What PPS has taken it may still show: nothing is done twice because of that.
          isRepeat = open.length > 0 && open.every((item) => run.isDone(kind.keyOf(item)));
          return isRepeat ? "declined" : "unasked";
        },
      },
    );
    return { items: isRepeat ? [...plan] : items, summary };
  } catch (error) {
    const isDone = items.some(({ outcome }) => /^(done|accepted|unknown)$/.test(outcome));
    if (!isPpsError(error) || (!isDone && run.changed.length === 0 && !error.mayHaveHappened)) throw error;
    const end = reasonOf(error);
    const told = new Set(items.map((item) => kind.identityOf(item)));
    const isOpen = (item: Item) => !told.has(kind.identityOf(item));
    const open = plan.filter(isOpen);
    const untold = run.changed.flatMap((request) => kind.itemOf?.(request) ?? []).filter(isOpen);
    const sent = new Set(run.changed.map((request) => kind.traceIn(request)));
    const rest = open.map((item) => {
      if (item.outcome !== "planned") return item;
      const { request: _, ...known } = item;
      const trace = kind.traceOf(item);
      return { ...known, ...fateOf(trace !== undefined && sent.has(trace), end) } as Item;
    });
    const lost = untold.map((item) => ({ ...item, ...fateOf(true, end) }));
    return { items: [...items, ...rest, ...lost], summary: {}, end };
  }
}

function fateOf(isSent: boolean, end: string): Pick<Outcome, "outcome" | "message"> {
  return isSent ? { outcome: "unknown", message: end } : { outcome: "failed", message: `Not sent: ${end}` };
}
