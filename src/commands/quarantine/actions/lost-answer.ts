import type { RunContext } from "../../../core/command.ts";
import { pause, type Steps } from "../../../core/steps.ts";
import { asSentence } from "../../answers.ts";
import { look } from "./look.ts";
import type { MessageOutcome } from "./message-outcome.ts";
import { type Action, identityOf, send } from "./send.ts";
import type { Target } from "./targets.ts";

/** Times to look again while PPS may still be at work, and the time between, in milliseconds. */
const laterLooks = [1000, 3000];

/** The answer was lost. Looks where the message is now before anything is repeated; what cannot be told stays unknown. */
export function* resolveLostAnswer(
  target: Target,
  action: Action,
  lost: MessageOutcome,
  context: RunContext,
): Steps<MessageOutcome> {
  const { destination } = action;
  const unknown = (seen: string): MessageOutcome => ({
    ...lost,
    outcome: "unknown",
    message: `${asSentence(lost.message)} ${seen}`,
    hint: `Whether the ${action.name} took effect is not known${action.isRepeatable ? "" : "; it was not repeated"}. Look at the message before you try again.`,
  });
  let before = yield* look(target, target.folder, context.now);
  if (destination.kind === "stays") {
    return unknown(
      before === "present"
        ? `The message is still in ${target.folder}, as it would be in either case.`
        : `The message was not seen in ${target.folder}.`,
    );
  }
  for (const milliseconds of laterLooks) {
    if (before !== "present" || action.isRepeatable) break;
    yield* pause(milliseconds);
    before = yield* look(target, target.folder, context.now);
  }
  if (before === "absent" || before === "unseen") {
    return yield* confirmArrival(target, action, before, lost, unknown, context);
  }
  if (before === "unclear") return unknown(`Looking for the message in ${target.folder} did not settle it.`);
  if (!action.isRepeatable) return unknown(`The message is still in ${target.folder}.`);
  const again = yield* send(target, action);
  if (again.outcome === "unknown") {
    return unknown(`The message was still in ${target.folder}, and a second try was lost too.`);
  }
  // Refused because the first try has taken effect meanwhile (pps-api.md 10, row 5).
  if (again.outcome === "not_found" || again.outcome === "refused") {
    const after = yield* look(target, target.folder, context.now);
    if (after === "absent") return yield* confirmArrival(target, action, after, lost, unknown, context);
  }
  return again;
}

/** The message is not in its folder any more, or was not seen there: done, if it is where the action was to put it. */
function* confirmArrival(
  target: Target,
  action: Action,
  sight: "absent" | "unseen",
  lost: MessageOutcome,
  unknown: (seen: string) => MessageOutcome,
  context: RunContext,
): Steps<MessageOutcome> {
  const folder = action.destination.kind === "folder" ? action.destination.folder : undefined;
  if (folder !== undefined && (yield* look(target, folder, context.now)) === "present") {
    return resolved(lost, `The answer was lost, but the message is now in ${folder}.`);
  }
  if (sight === "unseen") {
    return unknown(`The message was not seen among the mail of the last 30 days in ${target.folder}.`);
  }
  return folder === undefined
    ? resolved(lost, `The answer was lost, but the message has left ${target.folder}.`)
    : unknown(`The message has left ${target.folder} but was not seen in ${folder}.`);
}

function resolved(lost: MessageOutcome, message: string): MessageOutcome {
  return { ...identityOf(lost), outcome: "done", message };
}
