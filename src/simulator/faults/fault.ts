/** Every kind of fault there is. */
export const faultKinds = [
  "latency",
  "status",
  "html",
  "truncated-json",
  "cut-body",
  "slow-body",
  "refused",
  "reset",
  "lose-answer",
] as const;

/**
 * What goes wrong:
 * - `latency`: the request takes effect at once, its answer comes late
 * - `status`: an error answer, no effect
 * - `html`: a login page with 200, no effect
 * - `truncated-json`: after the effect, a complete answer with half the text
 * - `cut-body`: after the effect, the connection ends inside the body
 * - `slow-body`: after the effect, the body dribbles
 * - `refused`: no connection is taken, and kept ones are reset
 * - `reset`: a TCP reset before the effect
 * - `lose-answer`: after the effect, the connection ends in good order without an answer
 */
export type FaultKind = (typeof faultKinds)[number];

/** One thing that goes wrong, for which calls and how often. */
export interface Fault {
  kind: FaultKind;
  /** Method and path below `/rest/v1`, such as `POST /quarantine`, or a whole path of the cloud API, such as `POST /v1/token`; a last `*` stands for any rest. Absent, every call. */
  route?: string;
  /** The `action` of the request body, such as `release`. */
  action?: string;
  /** For `status`: 400 to 599. */
  status?: number;
  /** For `status`: the Retry-After header as it stands, seconds or a date. */
  retryAfter?: string;
  /** For `latency` and `slow-body`; machine time, as clients wait in it. @default 1000 */
  milliseconds?: number;
  /** How often it happens before it is spent. @default without end */
  count?: number;
  /** 0 to 1, drawn for each call from `seed`. @default 1 */
  probability?: number;
  seed?: string;
}

type Check = (value: unknown) => boolean;

const isText: Check = (value) => typeof value === "string" && value !== "";
const isWhole =
  (least: number, most: number): Check =>
  (value) =>
    Number.isInteger(value) && (value as number) >= least && (value as number) <= most;

const fields: Record<Exclude<keyof Fault, "kind">, { check: Check; expected: string; only?: FaultKind[] }> = {
  route: {
    check: (value) => isText(value) && /^[A-Z]+ \/\S*$/.test(value as string),
    expected: 'such as "GET /quarantine"',
  },
  action: {
    check: (value) => ["release", "resubmit", "forward", "move", "delete", "add"].includes(value as string),
    expected: "release, resubmit, forward, move, delete or add",
  },
  status: { check: isWhole(400, 599), expected: "a number from 400 to 599", only: ["status"] },
  retryAfter: { check: isText, expected: "seconds or a date, as text", only: ["status"] },
  milliseconds: { check: isWhole(0, 3_600_000), expected: "0 to 3600000", only: ["latency", "slow-body"] },
  count: { check: isWhole(1, Number.MAX_SAFE_INTEGER), expected: "a whole number from 1" },
  probability: {
    check: (value) => typeof value === "number" && value >= 0 && value <= 1,
    expected: "a number from 0 to 1",
  },
  seed: { check: isText, expected: "text" },
};

/** Reads a fault as the control port gets it. Throws an Error of one sentence when it makes no sense. */
export function readFault(input: unknown): Fault {
  if (typeof input !== "object" || input === null || Array.isArray(input)) throw new Error("A fault is an object.");
  const given = input as Record<string, unknown>;
  const kind = given.kind as FaultKind;
  if (!faultKinds.includes(kind)) throw new Error(`The kind of a fault is one of ${faultKinds.join(", ")}.`);
  const fault: Record<string, unknown> = { kind };
  for (const [name, value] of Object.entries(given)) {
    if (name === "kind" || value === undefined) continue;
    const field = Object.hasOwn(fields, name) ? fields[name as keyof typeof fields] : undefined;
    if (!field) throw new Error(`A fault has no "${name}"; it has kind, ${Object.keys(fields).join(", ")}.`);
    const read = typeof value === "number" && (name === "retryAfter" || name === "seed") ? String(value) : value;
    if (!field.check(read)) throw new Error(`The ${name} of a fault is ${field.expected}.`);
    if (field.only && !field.only.includes(kind)) throw new Error(`A fault of kind ${kind} has no ${name}.`);
    fault[name] = read;
  }
  if (kind === "status" && fault.status === undefined) throw new Error("A fault of kind status needs a status.");
  if (kind === "refused" && (fault.route ?? fault.action) !== undefined) {
    throw new Error("A refused connection says nothing yet, so it has neither route nor action.");
  }
  return fault as unknown as Fault;
}
