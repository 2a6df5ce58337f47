import type { Outcome, OutcomeKind } from "../../commands/index.ts";
import { type ErrorCode, errorCodes } from "../../core/errors.ts";

/** What the process ends with when nothing above the errors' own codes fits (errors.ts has those: 2 to 8). */
export const exitCodes = {
  done: 0,
  /** A fault of this program. */
  fault: 1,
  usage: errorCodes.bad_input.exitCode,
  /** Some of it was done, some was not: outcomes differ, or a folder could not be searched. */
  partial: 9,
  /** Ended by Ctrl-C, or by no at the question before something is destroyed. */
  interrupted: 130,
} as const;

/** The codes as help prints them. */
export const exitCodeMeanings: readonly (readonly [code: number, meaning: string])[] = [
  [exitCodes.done, "done, or nothing to do"],
  [exitCodes.fault, "a fault of this program"],
  [errorCodes.bad_input.exitCode, "input or settings refused; nothing was sent"],
  [errorCodes.denied.exitCode, "access denied: credentials, role, managed module or API key"],
  [errorCodes.not_found.exitCode, "no such message, folder or user"],
  [errorCodes.refused.exitCode, "PPS understood and refused"],
  [errorCodes.busy.exitCode, "PPS is overloaded; try again later"],
  [errorCodes.unreachable.exitCode, "no whole answer; a change may or may not have happened"],
  [errorCodes.unexpected.exitCode, "an answer that cannot be read"],
  [exitCodes.partial, "partly done, or some folders could not be searched"],
  [exitCodes.interrupted, "ended by Ctrl-C, or by no to the question"],
];

/** What an outcome comes to when it says no code of its own; undefined: it went well. */
const codeOfOutcome: Readonly<Record<OutcomeKind, ErrorCode | undefined>> = {
  done: undefined,
  accepted: undefined,
  unchanged: undefined,
  planned: undefined,
  left: undefined,
  refused: "refused",
  not_found: "not_found",
  unknown: "unreachable",
  failed: "unexpected",
};

/** Collects outcomes and says what they come to together. */
export function createOutcomeTally() {
  let succeeded = 0;
  const failures = new Set<number>();
  return {
    add({ outcome, code }: Pick<Outcome, "outcome" | "code">) {
      const usual = codeOfOutcome[outcome];
      if (usual === undefined) succeeded += 1;
      // Whatever lost the answer, what is unknown is unknown.
      else failures.add(errorCodes[outcome === "unknown" ? usual : (code ?? usual)].exitCode);
    },
    exitCode(): number {
      const [only] = failures;
      if (only === undefined) return exitCodes.done;
      return succeeded === 0 && failures.size === 1 ? only : exitCodes.partial;
    },
  };
}
