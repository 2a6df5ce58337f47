import type { ListName } from "../../../commands/lists/list-name.ts";
import { blocklistAdd, safelistAdd } from "../../../commands/lists/organisation/add.ts";
import { blocklistList, safelistList } from "../../../commands/lists/organisation/list.ts";
import { blocklistRemove, safelistRemove } from "../../../commands/lists/organisation/remove.ts";
import { blocklistSync, safelistSync } from "../../../commands/lists/organisation/sync.ts";
import { type MessageDetails, messageShow } from "../../../commands/message/show.ts";
import { quarantineFolders } from "../../../commands/quarantine/folders.ts";
import {
  usersBlocklistAdd,
  usersBlocklistList,
  usersBlocklistRemove,
  usersSafelistAdd,
  usersSafelistList,
  usersSafelistRemove,
} from "../../../commands/users/lists/commands.ts";
import type { Command } from "../../../core/command.ts";
import type { Json } from "../../../core/steps.ts";
import { resultEntry } from "../entries/entry.ts";
import { type Row, tableToMarkdown } from "../entries/table-markdown.ts";
import { filledColumns } from "./bounded-table.ts";
import { declareOutputs } from "./declared-output.ts";
import { falsePositiveCommand } from "./false-positive.ts";
import { feedCommand } from "./feed.ts";
import { huntCommand } from "./hunt.ts";
import { ownCommand } from "./own-command.ts";
import { phishingCommand } from "./phishing.ts";
import { noteEntries } from "./records.ts";
import { plannedListOutputs, renderListOutcomes } from "./sender-lists.ts";
import type { XsoarCommand } from "./xsoar-command.ts";

/** What is listed, as a table with the catalogue's columns, under its own names in context. */
function listing(command: Command, prefix: string, keys: readonly string[], description?: string): XsoarCommand {
  const condition = keys.map((key) => `val.${key} == obj.${key}`).join(" && ");
  return ownCommand(command, {
    outputs: declareOutputs(prefix, command.outputs),
    ...(description === undefined ? {} : { description }),
    render(result) {
      const items = result.items as (Row & { [name: string]: Json })[];
      const entry = resultEntry(
        items.length === 0
          ? { humanReadable: "No results found." }
          : {
              contents: items,
              humanReadable: tableToMarkdown(command.title, items, filledColumns(command.columns, items)),
              context: { [`${prefix}(${condition})`]: items },
            },
      );
      return [entry].concat(noteEntries(result));
    },
  });
}

function changing(command: Command): XsoarCommand {
  return ownCommand(command, { outputs: plannedListOutputs, render: renderListOutcomes });
}

/** This command speaks in the catalogue's names alone; PPS's own record would say it all twice. */
function withoutRecord(item: object): Row {
  const { record: _, ...rest } = item as { record?: Json } & Row;
  return rest;
}

const showMessage = ownCommand(messageShow, {
  description: "Shows what is known of one message: its quarantine records and its trace.",
  // There is no mail parser in XSOAR's engine: the raw message is not even fetched.
  outputs: declareOutputs(
    "Proofpoint.Message",
    messageShow.outputs.filter(({ name }) => name !== "content" && name !== "sizeBytes"),
  ),
  render(result) {
    const { guid, quarantine, trace, notes } = result.summary as MessageDetails;
    const rows = { quarantine: quarantine.map(withoutRecord), trace: trace.map(withoutRecord) };
    const shown = { guid, ...rows, notes } as unknown as { [name: string]: Json };
    const tables = [
      tableToMarkdown("Quarantine", rows.quarantine, ["receivedAt", "folder", "sender", "recipients", "subject"]),
      tableToMarkdown("Trace", rows.trace, [
        "receivedAt",
        "sender",
        "recipients",
        "subject",
        "finalAction",
        "finalRule",
      ]),
    ];
    const entry = resultEntry({
      contents: shown,
      humanReadable: tables.join("\n"),
      context: { "Proofpoint.Message(val.guid && val.guid == obj.guid)": shown },
    });
    return [entry].concat(noteEntries(result));
  },
});

function listText(list: ListName): string {
  return `Lists the organisation's ${list}, whole, or the own lists of the users named.`;
}

const entryKeys = ["list", "user", "entry", "attribute", "operator"];

/** What the public integrations do not have. */
export const ownCommands: readonly XsoarCommand[] = [
  listing(quarantineFolders, "Proofpoint.Folder", ["name"]),
  showMessage,
  phishingCommand,
  falsePositiveCommand,
  huntCommand,
  listing(usersBlocklistList, "Proofpoint.SenderList", entryKeys),
  changing(usersBlocklistAdd),
  changing(usersBlocklistRemove),
  listing(usersSafelistList, "Proofpoint.SenderList", entryKeys),
  changing(usersSafelistAdd),
  changing(usersSafelistRemove),
  listing(blocklistList, "Proofpoint.SenderList", entryKeys, listText("blocklist")),
  changing(blocklistAdd),
  changing(blocklistRemove),
  changing(blocklistSync),
  feedCommand,
  listing(safelistList, "Proofpoint.SenderList", entryKeys, listText("safelist")),
  changing(safelistAdd),
  changing(safelistRemove),
  changing(safelistSync),
];
