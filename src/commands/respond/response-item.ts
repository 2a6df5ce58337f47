import type { Output } from "../../core/command.ts";
import { type Outcome, outcomeOutputs } from "../outcome.ts";
import type { MessageState } from "../trace/message-state.ts";

/** What a use case does, or would do, with one message or one sender. */
export interface ResponseItem extends Outcome {
  /** `none`: found and told of, nothing is done with it. */
  action: "delete" | "release" | "block" | "trust" | "none";
  /** The sender that is put on a list; absent for a message. */
  entry?: string;
  /** Whose own list it is; absent for the organisation's. */
  user?: string;
  guid?: string;
  localGuid?: string;
  /** The quarantine folder that holds the message. */
  folder?: string;
  state?: MessageState;
  /** ISO 8601 in UTC; null when it cannot be read. */
  receivedAt?: string | null;
  sender?: string;
  recipients?: string[];
  subject?: string;
  /** How alike it is to what was reported, 0 to 100. */
  score?: number;
  /** Why, one phrase each. */
  reasons?: string[];
}

/** What each value means; the same list as `ResponseItem`. */
export const responseOutputs: readonly Output[] = [
  { name: "action", type: "string", description: "What is done: delete, release, block, trust, or none." },
  { name: "state", type: "string", description: "Where the message is: held, delivered, stopped or unclear." },
  { name: "score", type: "number", description: "How alike it is to what was reported, 0 to 100." },
  { name: "reasons", type: "list", description: "Why it is taken for the same." },
  { name: "receivedAt", type: "time", description: "When the message arrived, in UTC." },
  { name: "sender", type: "string", description: "Envelope sender; empty for a bounce." },
  { name: "recipients", type: "list", description: "Envelope recipients." },
  { name: "subject", type: "string", description: "Subject; written by the sender." },
  { name: "folder", type: "string", description: "Quarantine folder that holds the message." },
  { name: "localGuid", type: "string", description: "Id of the message in its folder." },
  { name: "guid", type: "string", description: "Global id of the message." },
  { name: "entry", type: "string", description: "Sender that is put on a list." },
  { name: "user", type: "string", description: "User whose own list is meant." },
  ...outcomeOutputs.map((output) =>
    output.name === "outcome"
      ? {
          ...output,
          description:
            "done, accepted (PPS will do it), unchanged (it was so already), planned (dry run), left (found, nothing is done), refused, not_found, failed (not done) or unknown.",
        }
      : output,
  ),
];
