import { command } from "../../../core/command.ts";
import { choice, flag, integer, list, mail, text, time } from "../../../core/fields.ts";
import { countRequests } from "../../../core/overhearing.ts";
import { clusterId } from "../../lists/organisation/fields.ts";
import { countFound } from "../../outcome.ts";
import { atLeastOneOf } from "../../rules.ts";
import { type ResponseItem, responseOutputs } from "../response-item.ts";
import { blockChoices } from "./blocking.ts";
import { deliveryOutputs } from "./deliveries.ts";
import { type PhishingResult, respondToPhish } from "./response.ts";

export const respondPhishing = command<ResponseItem>()({
  name: "respond.phishing",
  title: "Contain Phishing Campaign",
  description:
    "Finds what resembles a reported phish, in quarantine and in the trace, deletes what is held of it, blocks its senders on the organisation's list, and lists who got it delivered. What matches only weakly is left unless asked for.",
  effect: "destroy",
  access: "Quarantine",
  showsPlan: true,
  changesLists: true,
  hasReport: true,
  fields: {
    message: mail({
      positional: true,
      description: "The reported message as raw mail, or a report that carries it as an attachment.",
    }),
    guid: text({
      description: "Global id of the reported message, as listings and traces show it. Case matters.",
      maxLength: 256,
      example: "Qm4rT7_yJ2wLx0Zc9VbN-pEa5sKdHu3f",
    }),
    sender: text({
      description: "Envelope sender, where no message tells it, or beside what it tells.",
      maxLength: 320,
      example: "billing@evil.test",
    }),
    subject: text({ description: "Subject, where no message tells it, or beside what it tells.", maxLength: 998 }),
    messageId: text({
      description: "Header Message-ID, with or without angle brackets, where no message tells it.",
      maxLength: 998,
    }),
    since: time({
      description: "How far back to look for its like, in quarantine and trace.",
      default: "7 days",
      xsoar: "start_time",
    }),
    folder: list({
      description: "Quarantine folders to look in; by default every configured one.",
      separator: "none",
      maxItems: 200,
      maxLength: 256,
      example: "Phish",
      xsoar: "folder_name",
    }),
    threshold: integer({
      min: 1,
      max: 100,
      default: "60",
      description: "Score from which a message counts as the same campaign, 1 to 100; below it the match is weak.",
    }),
    weak: flag({ description: "Delete also what matches only weakly, and list who got it delivered." }),
    deletedFolder: text({
      description:
        "Folder to move what is deleted to; of the same module type. Without it the messages are gone for good.",
      maxLength: 256,
      example: "Deleted",
    }),
    block: choice({
      values: blockChoices,
      default: "auto",
      description:
        "What of its senders is blocked for everybody: nothing, their addresses, or their domains; auto means their addresses where the organisation's blocklist can be reached.",
    }),
    inspect: integer({
      min: 0,
      max: 200,
      default: "20",
      description: "Most held messages opened to compare links and attachments, where the match is uncertain.",
    }),
    limit: integer({
      min: 1,
      max: 100_000,
      default: "1000",
      description: "Most messages deleted in one run, best matches first.",
    }),
    clusterId,
  },
  rules: [atLeastOneOf("message", "guid", "sender", "subject", "messageId")],
  list: "outcomes",
  outputs: responseOutputs,
  tables: [{ name: "deliveries", title: "Who got it delivered", outputs: deliveryOutputs }],
  columns: ["outcome", "action", "score", "folder", "sender", "subject", "message"],
  examples: [
    { line: "pps respond phishing report.eml --dry-run", purpose: "See what a reported phish is part of" },
    {
      line: "pps respond phishing report.eml --deleted-folder Deleted --block domain",
      purpose: "Put the campaign away and block its domains, after a look at the plan",
    },
    {
      line: "pps respond phishing --guid Qm4rT7_yJ2wLx0Zc9VbN-pEa5sKdHu3f --yes --export deliveries=mailboxes.csv",
      purpose: "Clear up after a held message unasked, and write down who got it delivered",
    },
  ],
  *run(input, context) {
    const { result: counted, requests } = yield* countRequests(countFound(respondToPhish(input, context)));
    const summary: PhishingResult = { ...counted.result, counts: counted.counts, requests };
    return summary;
  },
});
