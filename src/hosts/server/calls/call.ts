import type { Command } from "../../../core/command.ts";
import { isPpsError } from "../../../core/errors.ts";
import { faultSentence, Problem } from "../routes/problem.ts";
import { type CallTrace, emptyTrace, traced } from "./call-trace.ts";
import type { OpenProfile } from "./profiles.ts";

/** One call of a command, let in and ready to be carried out. */
export interface Call {
  command: Command;
  raw: Readonly<Record<string, unknown>>;
  dryRun: boolean;
  profile: OpenProfile;
  requestId: string;
  /** Ends the call: its time is over, nobody waits for it, or the server cannot wait any longer. */
  signal: AbortSignal;
}

/** What a call came to. */
export interface CallEnd {
  /** What stands beside the list, or the whole result; absent when it failed. */
  summary?: object;
  /** Why it failed, as it is told to the caller. */
  error?: unknown;
  trace: CallTrace;
}

/** Takes items of a command's list as they come. */
export type Found = (items: readonly unknown[]) => void | Promise<void>;

/** Carries a call out. Never rejects. */
export async function carryOut({ command, raw, dryRun, profile, signal }: Call, found: Found): Promise<CallEnd> {
  const trace = emptyTrace();
  try {
    const summary = await traced(trace, () => profile.pps.execute(command, raw, { signal, dryRun, found }));
    return { summary, trace };
  } catch (error) {
    return { error: command.effect === "read" || isPpsError(error) ? error : withFate(error, trace), trace };
  }
}

/** Whatever broke a change off does not know what it had sent by then; its trace does. */
function withFate(error: unknown, { mayHaveChanged }: CallTrace): Problem {
  const mayHaveHappened = mayHaveChanged > 0;
  const hint = mayHaveHappened ? "Some of it was sent: look before you repeat it." : "Nothing was changed.";
  if (error instanceof Problem)
    return new Problem(error.code, error.message, { ...error.details, mayHaveHappened, hint });
  return new Problem("fault", faultSentence, { mayHaveHappened, hint, cause: error });
}
