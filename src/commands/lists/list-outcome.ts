import type { Output } from "../../core/command.ts";
import { type Outcome, outcomeOutputs } from "../outcome.ts";
import type { ListName } from "./list-name.ts";

/** What became of one entry of a sender list. */
export interface ListOutcome extends Outcome {
  action: "add" | "remove" | "none";
  list: ListName;
  /** The entry as it was understood, or as it stands in the list. */
  entry: string;
  /** Of an organisation's list: which part of a message is compared, how, and with what. */
  attribute?: string;
  operator?: string;
  value?: string;
  /** Whose own list it is; absent for the organisation's. */
  user?: string;
}

/** What each value of a list outcome means; the same list as `ListOutcome`. */
export const listOutcomeOutputs: readonly Output[] = [
  { name: "action", type: "string", description: "What was asked for: add or remove." },
  { name: "list", type: "string", description: "Which list: blocklist or safelist." },
  { name: "entry", type: "string", description: "The entry as it was understood." },
  { name: "attribute", type: "string", description: "What of a message is compared, on an organisation's list." },
  { name: "operator", type: "string", description: "How it is compared, on an organisation's list." },
  { name: "value", type: "string", description: "What it is compared with, on an organisation's list." },
  { name: "user", type: "string", description: "Whose own list it is, where it is a user's." },
  ...outcomeOutputs,
];

/** What a table of list outcomes shows. */
export const listOutcomeColumns = ["outcome", "action", "entry", "message"] as const;
