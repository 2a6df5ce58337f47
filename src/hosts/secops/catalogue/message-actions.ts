import type { SecopsAction } from "./action.ts";
import { choice, flag, maxResults, most, text, timeFrames, timeOf } from "./parameters.ts";
import { exampleGuid, exampleRecord, exampleTrace } from "./records.ts";

const traceTable = "Message Trace";

export const getMessageTrace: SecopsAction = {
  name: "Get Message Trace",
  stem: "get_message_trace",
  description:
    "Get Message Trace/Logs: finds what the gateway did with messages, delivered or not, from its filter log (Smart Search), newest first.",
  failureLead: "Failed to read the message trace",
  writes: false,
  parameters: [
    text("Sender", "Envelope sender, or a part: ann, ann*, @example.com, *word*."),
    text("Recipient", "Envelope recipient, written as Sender is."),
    text("Subject", "Words of the subject."),
    text("Message ID", "Message-ID header, with or without angle brackets."),
    text("Message GUID", "GUID of one message."),
    text("Sender Host", "Name or IP address of the sending host."),
    choice("Final Action", "What finally became of the message.", [
      "Any",
      "accept",
      "continue",
      "discard",
      "redirect",
      "reject",
      "retry",
    ]),
    text("Attachment Names", "Names of attachments, separated by commas."),
    text("Virus Names", "Names of viruses found, separated by commas."),
    text("Queue ID", "Queue id."),
    text("Session ID", "Session id."),
    ...timeOf("Last 24 Hours"),
    maxResults,
  ],
  entityTypes: [],
  tables: [traceTable],
  example: [exampleTrace],
  outcomes: ["search_email"],
};

export const getMessageDetails: SecopsAction = {
  name: "Get Message Details",
  stem: "get_message_details",
  description:
    "Gets everything known of one message: its quarantine record, its trace, its classification and its headers.",
  failureLead: "Failed to read the message",
  writes: false,
  parameters: [
    text("Message GUID", "GUID of the message. Case matters.", { isMandatory: true }),
    text("Folder Name", "Folder to look in; empty means where the trace says the message is."),
    ...timeOf("Last Week"),
    flag("Include Headers", "Include the headers of the raw message, which only held mail has.", true),
  ],
  entityTypes: [],
  tables: [traceTable],
  example: {
    guid: exampleGuid,
    quarantine: exampleRecord,
    trace: [exampleTrace],
    headers: { from: ["Billing <billing@shop.example>"], subject: ["Your invoice"] },
    classification: { folder: "Quarantine", spamscore: 90, rule: "spam.definite", action: "discard" },
  },
  outcomes: ["search_email"],
};

export const enrichEntities: SecopsAction = {
  name: "Enrich Entities",
  stem: "enrich_entities",
  description:
    "Looks for held mail from and to the users, hosts and domains of the case, and tells each entity how much there is.",
  failureLead: "Failed to enrich",
  writes: false,
  parameters: [
    text("Folder Name", "Folders to search, separated by commas; empty means those of the configuration."),
    choice("Time Frame", "Time to search, counted back from now.", timeFrames, "Last 24 Hours"),
    text(
      "Max Records Per Entity",
      `Most records in the result for each entity: a whole number from 1 to ${most.recordsPerEntity}.`,
      { defaultValue: "10" },
    ),
  ],
  entityTypes: ["USERUNIQNAME", "HOSTNAME", "DOMAIN"],
  tables: ["Enrichment"],
  example: [{ Entity: "billing@shop.example", EntityResult: [exampleRecord] }],
  outcomes: ["enrich_asset", "search_email"],
};
