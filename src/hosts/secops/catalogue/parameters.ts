import type { ActionParameter } from "./action.ts";

/** Most messages, senders, records and so on that one run takes (secops-platform.md 5.2). */
export const most = {
  ...{ guids: 200, downloads: 20, senders: 100, records: 1000, recordsPerEntity: 100, comment: 150 },
  ...{ deletions: 10_000, hits: 10_000, indicators: 1000, listChanges: 1000, allowed: 1000, folders: 200 },
};

type Extras = Partial<Pick<ActionParameter, "isMandatory" | "defaultValue">>;

/** A text, which may be a number or a list of texts. */
export function text(name: string, description: string, extras: Extras = {}): ActionParameter {
  return { name, kind: "string", description, isMandatory: false, ...extras };
}

/** Yes or no. */
export function flag(name: string, description: string, defaultValue = false): ActionParameter {
  return { name, kind: "boolean", description, isMandatory: false, defaultValue };
}

/** One of some words; the first is the default unless another is named. */
export function choice(
  name: string,
  description: string,
  options: readonly string[],
  defaultValue = options[0] ?? "",
): ActionParameter {
  return { name, kind: "ddl", description, isMandatory: false, defaultValue, options };
}

/** Which messages are meant. */
export const messageGuids = text(
  "Message GUIDs",
  `Ids of the messages, separated by commas: GUID or localguid as Find Quarantined Messages shows them, at most ${most.guids}. Case matters.`,
  { isMandatory: true },
);

/** Which messages are meant, and the folder they are in now. */
export const guids: readonly ActionParameter[] = [
  messageGuids,
  text("Folder Name", "Quarantine folder that holds the messages now.", { isMandatory: true }),
];

/** The spans a search may go back; `Custom` takes a start and an end instead. */
export const timeFrames = ["Last Hour", "Last 6 Hours", "Last 24 Hours", "Last Week", "Last Month"] as const;

/** Which time is searched. */
export function timeOf(defaultFrame: (typeof timeFrames)[number]): readonly ActionParameter[] {
  return [
    choice(
      "Time Frame",
      "Time to search, counted back from now. Custom takes Start Time and End Time.",
      [...timeFrames, "Custom"],
      defaultFrame,
    ),
    text(
      "Start Time",
      "Earliest arrival in ISO 8601, such as 2026-03-04T05:06:07Z; UTC without a zone. Needed with Custom, refused otherwise.",
    ),
    text("End Time", "Latest arrival, written as Start Time is; empty means now. Only with Custom."),
  ];
}

/** How far back a search goes that has no end. */
export const timeBack = choice("Time Frame", "Time to search, counted back from now.", timeFrames, "Last Week");

/** Which folders are searched. */
export const folderNames = text(
  "Folder Names",
  "Folders to search, separated by commas or as a JSON array. Empty means the Quarantine Folders of the configuration.",
);

/** Whether an action only says what it would do. */
export function dryRun(defaultValue: boolean): ActionParameter {
  return flag("Dry Run", "Only look: say what would be done, and change nothing.", defaultValue);
}

/** How many results are wanted. */
export const maxResults = text(
  "Max Results To Return",
  `Most results, newest first: a whole number from 1 to ${most.records}.`,
  { defaultValue: "100" },
);

/** Where a message is put instead of nowhere. */
export function deletedFolder(description: string): ActionParameter {
  return text("Deleted Folder Name", description);
}
