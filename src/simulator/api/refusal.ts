import type { ContentfulStatusCode } from "hono/utils/http-status";
import type { Quirks } from "../quirks.ts";
import type { Random } from "../random.ts";
import { chooseWording } from "./wording.ts";

/** A request that the server understood and will not carry out; the text is the whole answer (pps-api.md 4.3, 11.5). */
export class Refusal extends Error {
  readonly status: ContentfulStatusCode;
  readonly type: string;

  constructor(status: ContentfulStatusCode, text: string, type = "text/plain; charset=UTF-8") {
    super(text);
    this.name = "Refusal";
    this.status = status;
    this.type = type;
  }

  toResponse(): Response {
    return new Response(this.message, { status: this.status, headers: { "Content-Type": this.type } });
  }
}

/** Why a request is refused. */
export type RefusalReason =
  | "no-criterion"
  | "bad-date"
  | "bad-window"
  | "bad-value"
  | "bad-pattern"
  | "unknown-folder"
  | "bad-body"
  | "missing-field"
  | "unknown-action"
  | "other-type"
  | "same-folder"
  | "not-in-folder"
  | "gone"
  | "batch-too-long"
  | "no-delivery";

const wordings: Record<RefusalReason, readonly string[]> = {
  "no-criterion": [
    "At least one of from, rcpt or subject is needed.",
    "Search needs a sender, recipient or subject",
    "Missing search criteria: from | rcpt | subject",
  ],
  "bad-date": ["Unparseable date: {}", "Date format is not valid for {}", "{} holds no date of the expected form"],
  "bad-window": ["startdate is after enddate", "The date range is empty", "Invalid date range"],
  "bad-value": ["Invalid value for {}", "{} has an illegal value", "Value of parameter {} not accepted"],
  "bad-pattern": ["Wildcard not allowed here: {}", "Invalid search pattern in {}", "{}: misplaced wildcard"],
  "unknown-folder": ["No such folder: {}", "Folder {} does not exist", "Unknown quarantine folder '{}'"],
  "bad-body": ["The request body is not valid", "Cannot read request", "Malformed input"],
  "missing-field": ["Missing argument: {}", "{} is required", "No value given for {}"],
  "unknown-action": ["Unsupported action: {}", "Action {} is not known", "Invalid action '{}'"],
  "other-type": [
    "{} belongs to a different type of module",
    "Folder in {} is not of the same module type",
    "Cannot mix module types: {}",
  ],
  "same-folder": ["{} is the folder the message is in", "Source and {} are identical", "{} must name another folder"],
  "not-in-folder": [
    "Message {} is not in the given folder",
    "Folder does not hold message {}",
    "Wrong folder for message {}",
  ],
  gone: ["Message {} was not found", "No message with id {}", "Could not locate {}"],
  "batch-too-long": ["Too many messages in one request", "List of ids is too long", "Request exceeds the batch size"],
  "no-delivery": ["Message {} could not be sent", "Delivery of {} failed", "Mail system refused {}"],
};

/** Makes refusals whose wording varies by seed and is the same for one seed. */
export interface Refusals {
  /** `about` is a name or value to show; `status` defaults to what the quirks say. */
  make(reason: RefusalReason, about?: string, status?: ContentfulStatusCode): Refusal;
}

/** Refusals of the quarantine and of Smart Search. */
export function createRefusals(quirks: Quirks, random: Random): Refusals {
  const usual = Number(quirks["refusal-status"]) as ContentfulStatusCode;
  const say = chooseWording(wordings, random.fork("refusals"));
  return { make: (reason, about, status = usual) => new Refusal(status, say(reason, about)) };
}

/** The one refusal whose text is known (pps-api.md 4.3). */
export function unknownTargetFolder(): Refusal {
  return new Refusal(400, "Invalid argument: targetfolder");
}

/** A request that only a wrong client sends: it is answered 501 and reported, so that it is found out. */
export class WrongRequest extends Error {
  constructor(text: string) {
    super(text);
    this.name = "WrongRequest";
  }
}
