import type { Output } from "../../core/command.ts";
import type { Json } from "../../core/steps.ts";
import { profileOutputs, type UserProfile } from "./profile.ts";
import { maskSecrets } from "./secrets.ts";

/** What would be sent, in a dry run. Values of keys that name a secret are masked. */
export interface PlannedRequest {
  method: string;
  path: string;
  body?: { [key: string]: Json };
}

/** A user after a change, as far as PPS showed it; in a dry run, what would be sent. */
export interface UserChange extends Partial<UserProfile> {
  notes: string[];
  dryRun?: boolean;
  request?: PlannedRequest;
}

const plannedOutputs: readonly Output[] = [
  { name: "notes", type: "list", description: "What could not be learnt, or is not as it was asked for." },
  { name: "dryRun", type: "boolean", description: "True when nothing was sent." },
  { name: "request", type: "object", description: "What would be sent, in a dry run." },
];

/** What each value of a change means; the same list as `UserChange`. */
export const userChangeOutputs: readonly Output[] = profileOutputs.concat(plannedOutputs);

/** What a person is shown of a change. */
export const userChangeColumns = ["uid", "email", "firstName", "lastName", "created", "lastModified", "notes"] as const;

/** A request for people to look at: a password among its fields is nobody's to see. */
export function showRequest({ method, path, body }: PlannedRequest): PlannedRequest {
  return { method, path, ...(body === undefined ? {} : { body: maskSecrets(body) }) };
}
