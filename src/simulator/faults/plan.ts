import { createRandom, type Random } from "../random.ts";
import { type Fault, readFault } from "./fault.ts";

/** A fault that was asked for, and how often it has happened. */
export type PlannedFault = Fault & { id: number; happened: number };

/** The faults that are to happen. */
export interface FaultPlan {
  /** Throws an Error of one sentence when the fault makes no sense. */
  add(fault: Fault): PlannedFault;
  /** All of them, or one; says whether there was any. */
  clear(id?: number): boolean;
  list(): PlannedFault[];
  /** Whether the action of a call to this route matters, so that its body must be looked into. */
  asksForAction(route: string): boolean;
  /** The fault this call meets, counted as happened. */
  take(route: string, action: string | undefined): Fault | undefined;
  /** Whether a new connection is to be refused. */
  takeConnection(): boolean;
}

interface Entry {
  fault: PlannedFault;
  random: Random;
}

/** Faults in the order they were added; each call meets at most one, the first that fits and whose chance comes up. */
export function createFaultPlan(seed: string): FaultPlan {
  let entries: Entry[] = [];
  let lastId = 0;

  function draw(fits: (fault: Fault) => boolean): Fault | undefined {
    const entry = entries.find(
      ({ fault, random }) =>
        fits(fault) &&
        fault.happened < (fault.count ?? Number.POSITIVE_INFINITY) &&
        (fault.probability === undefined || random.next() < fault.probability),
    );
    if (entry) entry.fault.happened++;
    return entry?.fault;
  }

  const isFor = ({ route: wanted }: Fault, route: string) =>
    wanted === undefined || (wanted.endsWith("*") ? route.startsWith(wanted.slice(0, -1)) : wanted === route);

  return {
    add(input) {
      const fault = { ...readFault(input), id: ++lastId, happened: 0 };
      entries.push({ fault, random: createRandom(fault.seed ?? `${seed}/fault/${fault.id}`) });
      return { ...fault };
    },
    clear(id) {
      const before = entries.length;
      entries = id === undefined ? [] : entries.filter(({ fault }) => fault.id !== id);
      return entries.length < before;
    },
    list: () => entries.map(({ fault }) => ({ ...fault })),
    asksForAction: (route) => entries.some(({ fault }) => fault.action !== undefined && isFor(fault, route)),
    take: (route, action) =>
      draw((fault) => isFor(fault, route) && (fault.action === undefined || fault.action === action)),
    takeConnection: () => draw((fault) => fault.kind === "refused") !== undefined,
  };
}
