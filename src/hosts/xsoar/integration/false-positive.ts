import { checkTable } from "../../../commands/respond/false-positive/check.ts";
import {
  type FalsePositiveResult,
  respondFalsePositive,
} from "../../../commands/respond/false-positive/false-positive.ts";
import type { Output } from "../../../core/command.ts";
import { type Row, tableToMarkdown } from "../entries/table-markdown.ts";
import { filledColumns } from "./bounded-table.ts";
import { ownCommand } from "./own-command.ts";
import { outcomeOutputs, renderResponse, summaryEntries, summaryOutputs } from "./response-entries.ts";

const messageOutputs: readonly Output[] = [
  { name: "message.guid", type: "string", description: "Global id of the message." },
  { name: "message.state", type: "string", description: "Where it is: held, delivered, stopped or unclear." },
  { name: "message.folder", type: "string", description: "Quarantine folder that holds it." },
  { name: "message.localGuid", type: "string", description: "Id of the message in its folder." },
  { name: "message.receivedAt", type: "time", description: "When it arrived, in UTC." },
  { name: "message.sender", type: "string", description: "Envelope sender; empty for a bounce." },
  { name: "message.recipients", type: "list", description: "Envelope recipients." },
  { name: "message.subject", type: "string", description: "Subject; written by the sender." },
  { name: "message.messageId", type: "string", description: "Header Message-ID without angle brackets." },
  { name: "message.senderIp", type: "string", description: "Address of the sending host." },
  { name: "message.finalRule", type: "string", description: "Rule that decided, as module.rule." },
  { name: "message.spamScore", type: "number", description: "Spam score from 0 to 100." },
  { name: "message.status", type: "list", description: "Work done on it, in PPS's words." },
  ...checkTable.outputs.map((output) => ({ ...output, name: `checks.${output.name}` })),
];

/** Releases what was held by mistake. */
export const falsePositiveCommand = ownCommand(respondFalsePositive, {
  outputs: outcomeOutputs.concat(summaryOutputs(messageOutputs)),
  render(result) {
    const { message, checks = [] } = result.summary as Partial<FalsePositiveResult>;
    if (message === undefined) return renderResponse(result, []);
    const rows: Row[] = checks.map((check) => ({ ...check }));
    const about = [message as unknown as Row];
    const columns = filledColumns(
      ["receivedAt", "state", "folder", "sender", "recipients", "subject", "finalRule"],
      about,
    );
    const tables = [
      tableToMarkdown("Message", about, columns),
      tableToMarkdown("Checks", rows, ["name", "state", "detail"]),
    ];
    return renderResponse(result, summaryEntries(result, tables.join("\n")));
  },
});
