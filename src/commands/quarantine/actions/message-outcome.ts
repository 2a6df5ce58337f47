import type { Output } from "../../../core/command.ts";
import { type Outcome, outcomeOutputs } from "../../outcome.ts";

/** What became of one message of an action. */
export interface MessageOutcome extends Outcome {
  localGuid: string;
  folder: string;
  guid?: string;
}

/** What each value of a message's outcome means; the same list as `MessageOutcome`. */
export const messageOutcomeOutputs: readonly Output[] = [
  { name: "localGuid", type: "string", description: "Id of the message in its folder, as it was given." },
  { name: "folder", type: "string", description: "Folder the message was in." },
  { name: "guid", type: "string", description: "Global id of the message, where it was given." },
  ...outcomeOutputs,
];

/** What a table of outcomes shows. */
export const messageOutcomeColumns = ["outcome", "folder", "localGuid", "message"] as const;
