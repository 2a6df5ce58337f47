import type { ContentfulStatusCode } from "hono/utils/http-status";
import type { Quirks } from "../quirks.ts";
import type { Random } from "../random.ts";
import { Refusal } from "./refusal.ts";
import { chooseWording } from "./wording.ts";

/** A call about an end user that is understood and not carried out: its answer is JSON, unlike the quarantine's (pps-api.md 6). */
class UserRefusal extends Refusal {
  readonly group: string;

  constructor(status: ContentfulStatusCode, group: string, text: string) {
    super(status, text);
    this.name = "UserRefusal";
    this.group = group;
  }

  override toResponse(): Response {
    const { status, group, message } = this;
    return Response.json({ status, errors: { [group]: [{ error: message }] } }, { status });
  }
}

/** Why a call is refused with 400, beside the two reasons whose text is known. */
export type UserRefusalReason = "bad-body" | "bad-address" | "bad-value" | "fixed-field" | "taken-name" | "list-full";

const wordings: Record<UserRefusalReason, readonly string[]> = {
  "bad-body": ["The request body is not valid", "Cannot read request", "Malformed input"],
  "bad-address": ["Invalid email address: {}", "{} is not an email address", "Address {} not accepted"],
  "bad-value": ["Invalid value for {}", "{} has an illegal value", "Value of {} not accepted"],
  "fixed-field": ["{} cannot be changed", "Field {} is read-only", "Not allowed to set {}"],
  "taken-name": ["Address {} is in use", "{} belongs to another user", "Duplicate address: {}"],
  "list-full": ["Too many entries in {}", "{} exceeds the maximum size", "List {} is full"],
};

/** Makes the refusals of the end-user API. */
export interface UserRefusals {
  make(reason: UserRefusalReason, about?: string): Refusal;
  /** These two have a known text (pps-api.md 6). */
  notFound(): Refusal;
  exists(): Refusal;
}

/** Refusals whose wording varies by seed and is the same for one seed. */
export function createUserRefusals(quirks: Quirks, random: Random): UserRefusals {
  const say = chooseWording(wordings, random.fork("enduser-refusals"));
  const group = quirks["user-refusal-group"] === "other" ? "usererrors" : "invalidarguments";
  return {
    make: (reason, about) => new UserRefusal(400, group, say(reason, about)),
    notFound: () => new UserRefusal(404, group, "User not found"),
    exists: () => new UserRefusal(400, group, "User already exists"),
  };
}
