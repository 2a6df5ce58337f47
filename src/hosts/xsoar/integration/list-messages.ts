import { quarantineDownload } from "../../../commands/quarantine/download.ts";
import { quarantineList } from "../../../commands/quarantine/list.ts";
import { type Message, messageOutputs } from "../../../commands/quarantine/message.ts";
import { PpsError } from "../../../core/errors.ts";
import type { Json } from "../../../core/steps.ts";
import { type ArgumentRow, declareArguments } from "./declared-argument.ts";
import { fieldInput, isGiven } from "./field-input.ts";
import { renderFile, tellNoMessage } from "./file-entries.ts";
import { renderRecords } from "./record-entries.ts";
import { recordsOf } from "./records.ts";
import { readTimeArgument } from "./time-argument.ts";
import type { Result, XsoarArguments, XsoarCommand, XsoarOutput } from "./xsoar-command.ts";

/** PPS's keys, in the order in which the public integration lists them, and what the catalogue calls them. */
const heldOutputs = [
  ["processingserver", "processingServer"],
  ["date", "receivedAt"],
  ["subject", "subject"],
  ["messageid", "messageId"],
  ["folder", "folder"],
  ["size", "sizeBytes"],
  ["rcpts", "recipients"],
  ["from", "sender"],
  ["spamscore", "spamScore"],
  ["guid", "guid"],
  ["host_ip", "hostIp"],
  ["localguid", "localGuid"],
].map(
  ([key, name]): XsoarOutput => ({
    contextPath: `Proofpoint.QuarantinedMessage.${key}`,
    type: key === "date" ? "Date" : "String",
    description: messageOutputs.filter((output) => output.name === name)[0]?.description ?? "",
  }),
);

interface Form {
  name: string;
  /** What sender and recipient are called. */
  parties: readonly [sender: string, recipient: string];
  columns: readonly string[];
  folderText: string;
  /** Reads the folders: a name as it is may hold a comma, and one argument of several names must not. */
  readFolders(value: unknown): unknown;
}

function listCommand({ name, parties: [sender, recipient], columns, folderText, readFolders }: Form): XsoarCommand {
  const rows: ArgumentRow[] = [
    [sender, "sender"],
    [recipient, "recipient"],
    ["subject", "subject"],
    ["start_time", "since"],
    ["end_time", "until"],
    ["folder_name", "folder", { description: folderText }],
    ["guid", "guid", { description: "Global id of the message: its raw mail is downloaded as a file instead." }],
  ];
  const declared = declareArguments(quarantineList, rows);
  return {
    name,
    description:
      "Finds messages held in quarantine by sender, recipient or subject, newest first; by guid it downloads one.",
    arguments: declared,
    outputs: heldOutputs,
    isHarmful: false,
    call(args: XsoarArguments, now: number) {
      if (isGiven(args.guid)) return { command: quarantineDownload, input: { guid: args.guid } };
      if (!isGiven(args[sender]) && !isGiven(args[recipient]) && !isGiven(args.subject)) {
        const names = [sender, recipient, "subject"].join(", ");
        throw new PpsError("bad_input", `At least one of the following arguments must be specified: ${names}.`);
      }
      const input = {
        ...fieldInput(declared, args),
        folder: readFolders(args.folder_name),
        since: readTimeArgument("start", args.start_time, now),
        until: readTimeArgument("end", args.end_time, now),
      };
      return { command: quarantineList, input };
    },
    render: (result) =>
      result.command.name === quarantineDownload.name
        ? renderFile(result)
        : renderRecords(result, {
            title: "Proofpoint Protection Server Quarantined Messages",
            columns,
            contextKey: "Proofpoint.QuarantinedMessage(val.guid && val.guid == obj.guid)",
            wrap: wrapByFolder,
          }),
    recover: tellNoMessage,
  };
}

/** PPS answers for one folder: its answer for one, a list of them for several. */
function wrapByFolder(result: Result): Json {
  const { searched } = result.summary as { searched: readonly { folder: string }[] };
  const records = recordsOf(result);
  const answers = searched.map(({ folder }) => {
    const own = records.filter(
      (_, index) => (result.items[index] as Message).folder.toLowerCase() === folder.toLowerCase(),
    );
    return { count: own.length, records: own };
  });
  return searched.length === 1 ? { count: records.length, records } : answers;
}

/** A JSON array and a comma list are several names, each once; the catalogue drops doubles. */
function splitNames(value: unknown): unknown {
  if (typeof value !== "string" || value.trim().charAt(0) === "[") return value;
  return value
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "");
}

/** The seed's command: one folder, taken to the letter, or a JSON array. */
export const listMessages = listCommand({
  name: "proofpoint-pps-list-quarantined-messages",
  parties: ["from", "to"],
  columns: [
    ...["date", "folder", "from", "guid", "host_ip", "localguid", "messageid", "processingserver", "rcpts", "size"],
    ...["spamscore", "subject"],
  ],
  folderText: "Quarantine folder to search; several as a JSON array.",
  readFolders: (value) => value,
});

/** The released integration's name for it, with that one's arguments and columns. */
export const messagesList = listCommand({
  name: "proofpoint-pps-quarantine-messages-list",
  parties: ["sender", "recipient"],
  columns: ["localguid", "folder", "spamscore", "from", "rcpts", "date", "subject", "size", "host_ip"],
  folderText: "Quarantine folder to search; several as a list.",
  readFolders: splitNames,
});
