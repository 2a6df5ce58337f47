import { command } from "../../core/command.ts";
import { choice, flag, integer, list, pattern, text, time } from "../../core/fields.ts";
import { formatTime } from "../../core/time.ts";
import { cleanLine } from "../answers.ts";
import { clockSlack } from "../clock-slack.ts";
import { atLeastOneOf, startBeforeEnd } from "../rules.ts";
import { spellFolders } from "../site-folders.ts";
import { withoutBrackets } from "../wire.ts";
import { matchesPattern } from "./address-pattern.ts";
import { type Listing, listMessages } from "./listing.ts";
import { type Message, messageOutputs } from "./message.ts";

/** What stands beside the messages. */
export interface ListResult extends Listing {
  /** ISO 8601 in UTC; `until` is null when the search had no end. */
  since: string;
  until: string | null;
}

export const quarantineList = command<Message>()({
  name: "quarantine.list",
  title: "List Quarantined Messages",
  description:
    "Finds messages held in quarantine by sender, recipient, subject, Message-ID or GUID, newest first, complete beyond PPS's cap of 1000 records.",
  effect: "read",
  access: "Quarantine",
  list: "messages",
  fields: {
    sender: pattern({
      description:
        "Envelope sender: an address, its start (ann*) or end (*example.com), a domain (@example.com), or * for all.",
      example: "billing@shop.example",
      xsoar: "from",
    }),
    recipient: pattern({
      description: "Envelope recipient, written as the sender is.",
      example: "*@example.com",
      xsoar: "to",
    }),
    subject: text({
      description: "Subject: whole, its start (Invoice*), its end (*overdue), or a part (*invoice*).",
      example: "*invoice*",
      maxLength: 998,
    }),
    messageId: text({
      description:
        "Header Message-ID, with or without angle brackets. PPS cannot search for it: all messages of the time are read.",
      example: "<1@mail.example.com>",
      maxLength: 998,
    }),
    guid: text({
      description: "Global id of the message. PPS cannot search for it: all messages of the time are read.",
      maxLength: 256,
    }),
    since: time({
      description: "Earliest arrival: a span back from now (24 hours, 7 days) or a time (UTC unless it names a zone).",
      default: "24 hours",
      example: "7 days",
      xsoar: "start_time",
    }),
    until: time({
      description: "Latest arrival, written as the earliest is; without it the search has no end.",
      xsoar: "end_time",
    }),
    folder: list({
      description: "Quarantine folder to search; name several to search them all.",
      default: "Quarantine",
      separator: "none",
      maxItems: 200,
      example: "Phish",
      xsoar: "folder_name",
    }),
    allFolders: flag({ description: "Search every configured folder, besides those named." }),
    dlp: choice({
      values: ["basic", "details"],
      description: "Also fetch what DLP rules matched; digits are masked.",
    }),
    status: flag({ description: "Also fetch the work status of each message." }),
    limit: integer({
      min: 1,
      max: 10_000_000,
      orAll: true,
      default: "1000",
      description: "Most messages to list, newest first; all for every one.",
    }),
  },
  rules: [atLeastOneOf("sender", "recipient", "subject", "messageId", "guid"), startBeforeEnd("since", "until")],
  outputs: messageOutputs,
  columns: ["receivedAt", "folder", "sender", "recipients", "subject", "spamScore", "localGuid"],
  examples: [
    { line: 'pps quarantine list --sender "*@shop.example" --since "7 days"', purpose: "Find mail of one domain" },
    {
      line: "pps quarantine list --recipient ann@example.com --all-folders",
      purpose: "Find all that is held for one person",
    },
    {
      line: "pps quarantine list --sender '*' --folder Phish --limit all --jsonl > phish.jsonl",
      purpose: "Save everything held in one folder since yesterday",
    },
  ],
  *run(input, context) {
    const beyond = createBeyond(input.sender, input.recipient);
    const configured = input.allFolders ? context.folders.map(({ name }) => name) : [];
    const messageId = input.messageId === undefined ? undefined : withoutBrackets(input.messageId);
    const listing = yield* listMessages({
      folders: spellFolders(context.folders, configured.concat(input.folder)),
      query: {
        sender: input.sender,
        recipient: input.recipient,
        subject: input.subject,
        dlp: input.dlp,
        status: input.status,
        keepsRecords: context.keepsRecords,
      },
      window: { start: input.since, end: input.until ?? Math.max(input.since, context.now) + clockSlack },
      limit: input.limit,
      now: context.now,
      keep: (message) => {
        const isKept =
          (messageId === undefined || message.messageId === messageId) &&
          (input.guid === undefined || message.guid === input.guid);
        if (isKept) beyond.look(message);
        return isKept;
      },
    });
    // What a site need not have is left out of all folders; a folder somebody named is missed.
    const isMissed = !input.allFolders && listing.searched.some(({ state }) => state === "absent");
    const result: ListResult = {
      ...listing,
      truncated: listing.truncated || isMissed,
      failed: listing.failed || isMissed,
      notes: listing.notes.concat(beyond.notes()),
      since: formatTime(input.since),
      until: input.until === undefined ? null : formatTime(input.until),
    };
    return result;
  },
});

/** Watches for messages that the patterns, taken to the letter, would not find: whoever acts on all of a list should know (pps-api.md 10, row 9). */
function createBeyond(sender: string | undefined, recipient: string | undefined) {
  const examples: { [what: string]: string } = {};
  const note = (what: string, pattern: string | undefined, addresses: string[]) => {
    if (pattern === undefined || examples[what] !== undefined) return;
    if (!addresses.some((address) => matchesPattern(pattern, address))) examples[what] = addresses[0] ?? "";
  };
  return {
    look(message: Message): void {
      note("sender", sender, [message.sender]);
      note("recipient", recipient, message.recipients.length > 0 ? message.recipients : [""]);
    },
    notes: (): string[] =>
      Object.keys(examples).map((what) => {
        const address = cleanLine(examples[what] ?? "") || "an empty one";
        return `PPS found more than the ${what} pattern says to the letter, such as ${address}; look before you act on all.`;
      }),
  };
}
