import type { Output } from "../../../../core/command.ts";
import { listOutcomeOutputs } from "../../list-outcome.ts";

const said: { readonly [name: string]: string } = {
  action: "What is done: add, remove, or none.",
  outcome:
    "accepted (PPS will do it), unchanged (it was so already), planned (dry run), left (not taken, for the reason told), refused, not_found, failed (not done) or unknown.",
};

/** What each value of a feed's outcomes means; no user's own list is ever meant. */
export const feedOutputs: readonly Output[] = listOutcomeOutputs
  .filter(({ name }) => name !== "user")
  .map((output) => ({ ...output, description: said[output.name] ?? output.description }));
