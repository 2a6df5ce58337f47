import { traceFields } from "../../../commands/trace/record.ts";
import { traceSearch } from "../../../commands/trace/search.ts";
import { declareArguments } from "./declared-argument.ts";
import { fieldInput } from "./field-input.ts";
import { renderRecords } from "./record-entries.ts";
import { recordsOf } from "./records.ts";
import { readTimeArgument } from "./time-argument.ts";
import type { XsoarCommand, XsoarOutput } from "./xsoar-command.ts";

/** Keys in the order in which the public integration lists them; `Duration` is in context too, and not among them. */
const keys = [
  ...["Rule_ID", "Disposition_Action", "Sendmail_Action", "Attachment_Names", "Recipients", "SendmailRaw_Log", "GUID"],
  ...["Date", "Raw_Log", "Sender_Host", "Module_ID", "Sender_IP_Address", "Quarantine_Folder", "QID"],
  ...["Quarantine_Rule", "Spam_Score", "country", "TLS", "Policy_Routes", "current_folder", "FID", "module_rules"],
  ...["PE_Recipients", "Virus_Names", "Sendmail_Errorcode", "FQIN", "SMIME_Recipients", "Agent", "Subject"],
  ...["Final_Rule", "Suborg", "SMIME_Recipients_Signed", "Message_Encrypted", "Message_Split"],
  ...["Disposition_SmtpProfile", "Sendmail_To", "Sendmail_Stat", "SID", "Message_ID", "Final_Action", "Sender"],
  ...["Sendmail_To_Stat", "Message_Size"],
];

/** Of what the catalogue reads into another form: context holds PPS's own. */
const asSent: { [key: string]: string } = {
  Date: "When the message arrived, in the cluster's own zone with its offset.",
  Message_ID: "Header Message-ID, with angle brackets.",
  Spam_Score: "Spam score from 0 to 100, as a text.",
  Message_Size: "Size of the message in bytes, as a text.",
};

const declared = declareArguments(traceSearch, [
  ["action", "action"],
  ["start_time", "since"],
  ["end_time", "until"],
  ["virus", "virus"],
  ["sender", "sender"],
  ["recipient", "recipient"],
  ["attachment", "attachment"],
  ["queue_id", "queueId"],
  ["host", "host"],
  ["sid", "sid"],
  ["subject", "subject"],
  ["guid", "guid"],
  ["message_id", "messageId"],
  ["limit", "limit", { defaultValue: "100" }],
]);

/** Smart Search, under the name that both the seed and the released integration give it. */
export const smartSearch: XsoarCommand = {
  name: "proofpoint-pps-smart-search",
  description: traceSearch.description,
  arguments: declared,
  outputs: keys.map(
    (key): XsoarOutput => ({
      contextPath: `Proofpoint.SmartSearch.${key}`,
      type: key === "Date" ? "Date" : "String",
      description: asSent[key] ?? traceFields.filter(({ wire }) => wire === key)[0]?.description ?? "",
    }),
  ),
  isHarmful: false,
  call: (args, now) => ({
    command: traceSearch,
    input: {
      ...fieldInput(declared, args),
      since: readTimeArgument("start", args.start_time, now),
      until: readTimeArgument("end", args.end_time, now),
    },
  }),
  render: (result) =>
    renderRecords(result, {
      title: "Proofpoint Protection Server Smart Search Results",
      columns: traceFields.map(({ wire }) => wire).sort(),
      contextKey: "Proofpoint.SmartSearch(val.GUID && val.GUID == obj.GUID)",
      wrap: (found) => ({ result: recordsOf(found) }),
    }),
};
