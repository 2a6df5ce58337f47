import { type ResponseItem, responseOutputs } from "../../../commands/respond/response-item.ts";
import type { Output } from "../../../core/command.ts";
import type { Json } from "../../../core/steps.ts";
import { type Entry, resultEntry } from "../entries/entry.ts";
import { declareOutputs } from "./declared-output.ts";
import { describeFailure, outcomeValues, tabulateOutcomes } from "./outcome-entries.ts";
import { notesOf } from "./records.ts";
import type { Result, XsoarOutput } from "./xsoar-command.ts";

const prefix = "Proofpoint.Response";

/** By the message in its folder, or the sender on its list, and what is done: a plan is replaced by what came of it. */
const outcomeKey = `${prefix}(${["action", "guid", "folder", "localGuid", "entry", "user"]
  .map((key) => `val.${key} == obj.${key}`)
  .join(" && ")})`;

/** What became of messages and senders, in context. */
export const outcomeOutputs = declareOutputs(prefix, outcomeValues(responseOutputs, true));

/** What stands beside them: the latest of each command. */
export function summaryOutputs(own: readonly Output[]): XsoarOutput[] {
  return declareOutputs(`${prefix}Summary`, [
    { name: "command", type: "string", description: "Name of the command it is the latest summary of." },
    ...own,
    { name: "counts", type: "object", description: "How many ended how, by outcome." },
    { name: "notes", type: "list", description: "What should be known beside that, a sentence each." },
    {
      name: "truncated",
      type: "boolean",
      description: "Whether something is known to be missing; the notes say what.",
    },
    { name: "requests", type: "number", description: "Requests it took." },
  ]);
}

/** All outcomes as a table and in context, then `more`, then notes and errors; `mustBeWhole` as in OutcomeView. */
export function renderResponse(result: Result, more: readonly Entry[], mustBeWhole = false): Entry[] {
  const [table, ...rest] = tabulateOutcomes<ResponseItem>(result, {
    contextKey: outcomeKey,
    mustBeWhole,
    complain: (item) => `${item.action} ${nameOf(item)}: ${describeFailure(item)}`,
  });
  return [table as Entry].concat(more, rest);
}

/** What a response found out, for people as `humanReadable`. Nothing where it broke off before. */
export function summaryEntries({ summary, command }: Result, humanReadable: string): Entry[] {
  if (humanReadable === "") return [];
  const { deliveries: _, ...kept } = summary as { [name: string]: Json };
  const contents = { command: command.name, ...kept, notes: notesOf({ summary }) };
  return [
    resultEntry({ contents, humanReadable, context: { [`${prefix}Summary(val.command == obj.command)`]: contents } }),
  ];
}

function nameOf({ entry, guid, localGuid, folder }: ResponseItem): string {
  if (entry !== undefined) return entry;
  const name = guid || localGuid || "";
  return folder === undefined ? name : `${name} in ${folder}`;
}
