import type { ContentfulStatusCode } from "hono/utils/http-status";
import { Refusal } from "../api/refusal.ts";
import { chooseWording } from "../api/wording.ts";
import type { Random } from "../random.ts";

/** Why a call to a list is refused. */
export type ListRefusalReason =
  | "bad-body"
  | "bad-field"
  | "bad-operator"
  | "empty-value"
  | "long-comment"
  | "unknown-cluster"
  | "absent-entry"
  | "full-list"
  | "too-many-calls";

const wordings: Record<ListRefusalReason, readonly string[]> = {
  "bad-body": ["The request body is not valid", "Cannot read the entry", "Malformed JSON in request"],
  "bad-field": ["Invalid {}", "{} is not allowed here", "Unsupported value of {}"],
  "bad-operator": ["This operator cannot be used here", "Operator is not valid for the list", "Unsupported operator"],
  "empty-value": ["value must not be empty", "An entry needs a value", "No value was given"],
  "long-comment": ["comment is too long", "A comment has at most 150 characters", "Length of comment exceeds 150"],
  "unknown-cluster": ["Unknown cluster", "clusterId is not valid", "No such cluster for this customer"],
  "absent-entry": ["The entry does not exist", "Entry was not found in the list", "Nothing to delete"],
  "full-list": ["The list is full", "Maximum number of entries reached", "No more entries can be added"],
  "too-many-calls": ["Too many requests", "Rate limit exceeded", "Request quota is used up, try again later"],
};

/** Makes refusals whose wording varies by seed and is the same for one seed; `status` is 400 unless given. */
export interface ListRefusals {
  make(reason: ListRefusalReason, about?: string, status?: ContentfulStatusCode): Refusal;
}

/** Refusals of the Threat Protection API (pps-api.md 7). */
export function createListRefusals(random: Random): ListRefusals {
  const say = chooseWording(wordings, random.fork("list-refusals"));
  return { make: (reason, about, status = 400) => refusal(status, say(reason, about)) };
}

/** The one refusal whose text is known (pps-api.md 7 Duplicate add). */
export function duplicateEntry(): Refusal {
  return refusal(400, "error.api.emailprotection.lists.samelist.duplicate.entry");
}

function refusal(status: ContentfulStatusCode, errorMessage: string): Refusal {
  return new Refusal(status, JSON.stringify({ errorMessage }), "application/json");
}
