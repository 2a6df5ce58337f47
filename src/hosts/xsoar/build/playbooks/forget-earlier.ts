import type { Task } from "./playbook.ts";

/** What earlier commands may have left in context, and what a task that deletes it is called. */
const left = {
  "Proofpoint.SmartSearch": "Forget earlier traces",
  "Proofpoint.QuarantinedMessage": "Forget earlier search results",
  "Proofpoint.QuarantineAction": "Forget earlier actions",
  "Proofpoint.SenderListChange": "Forget earlier list changes",
  "Proofpoint.Response": "Forget earlier outcomes",
  "Proofpoint.ResponseSummary": "Forget earlier checks",
  "Proofpoint.ResponseDelivery": "Forget earlier deliveries",
};

type ContextKey = keyof typeof left;

/** What the first of the tasks is called. */
export function forgetName(key: ContextKey): string {
  return left[key];
}

/** Deletes what was left in context, so that only what is found now is acted on and told; a task a key, one below the other. */
export function forgetEarlier(keys: readonly ContextKey[], then: string, [column, row]: Task["at"]): Task[] {
  return keys.map((key, index) => {
    const next = keys[index + 1];
    return {
      name: left[key],
      description: `Deletes ${key} from context, so that only what comes of this run is acted on and told.`,
      work: { kind: "script", script: "DeleteContext", arguments: { key } },
      next: { "#none#": next === undefined ? then : left[next] },
      at: [column, row + index],
    };
  });
}
