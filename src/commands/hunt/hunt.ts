import { command } from "../../core/command.ts";
import { file, integer, list, time } from "../../core/fields.ts";
import { countRequests } from "../../core/overhearing.ts";
import { found } from "../../core/steps.ts";
import { atLeastOneOf, startBeforeEnd } from "../rules.ts";
import { spellFolders } from "../site-folders.ts";
import { askedFields, readAsked, recogniseDomains } from "./asked-indicators.ts";
import { noteAsked } from "./asked-notes.ts";
import { createFindings } from "./findings/findings.ts";
import { createMatcher } from "./findings/matcher.ts";
import { summarise, toHit } from "./findings/summary.ts";
import type { HuntOrder } from "./hunt-order.ts";
import { type HuntHit, huntOutputs, huntTables } from "./hunt-result.ts";
import { createJournal } from "./journal.ts";
import { huntBoth } from "./search/both-places.ts";
import { planSearches } from "./search/plan.ts";

export const hunt = command<HuntHit>()({
  name: "hunt",
  title: "Hunt For Threats",
  description:
    "Finds every message that indicators name, held or delivered, in quarantine and in the trace: senders, domains, IP addresses, subjects, attachments, Message-IDs, from arguments or from a file as text, CSV, STIX 2.1 or MISP.",
  effect: "read",
  access: "Quarantine",
  hasReport: true,
  list: "messages",
  fields: {
    indicators: list({
      description:
        "Addresses, domains (example.com; *.example.com for all names below one), IP addresses and Message-IDs in angle brackets, defanged or not; also links and hashes, which are told as not searchable.",
      positional: true,
      example: "billing@shop.example",
    }),
    file: file({
      description:
        "Indicators as text (one a line), CSV with a header, a JSON list, a STIX 2.1 bundle or a MISP event.",
    }),
    sender: list({
      description: "Envelope senders: addresses, or parts that begin or end with * such as billing*.",
      example: "billing*",
    }),
    recipient: list({ description: "Envelope recipients, written as senders are.", example: "ann@example.com" }),
    subject: list({
      description: "Whole subjects, or parts of one that begin or end with * such as *invoice*.",
      separator: "none",
      example: "*invoice*",
    }),
    host: list({ description: "Names or addresses of sending hosts, searched in the trace.", example: "192.0.2.7" }),
    attachment: list({ description: "Whole names of attachments, searched in the trace.", separator: "none" }),
    virus: list({ description: "Names of viruses found, searched in the trace." }),
    messageId: list({ description: "Header Message-IDs, with or without angle brackets." }),
    since: time({
      description: "Earliest arrival: a span back from now (24 hours, 7 days) or a time (UTC unless it names a zone).",
      default: "7 days",
      xsoar: "start_time",
    }),
    until: time({
      description: "Latest arrival, written as the earliest is; without it the search has no end.",
      xsoar: "end_time",
    }),
    folder: list({
      description: "Quarantine folder to search; name several to search them all. By default every configured one.",
      separator: "none",
      maxItems: 200,
      xsoar: "folder_name",
    }),
    limit: integer({
      min: 1,
      max: 10_000_000,
      orAll: true,
      default: "10000",
      description: "Most messages to list, newest first; all for every one.",
    }),
  },
  rules: [atLeastOneOf("indicators", "file", ...askedFields), startBeforeEnd("since", "until")],
  outputs: huntOutputs,
  tables: huntTables,
  columns: ["receivedAt", "state", "sender", "recipients", "subject", "folders", "indicators"],
  examples: [
    { line: "pps hunt @shop.example 192.0.2.7 --since '30 days'", purpose: "Find all mail of a domain and of a host" },
    { line: "pps hunt --file indicators.stix.json --csv", purpose: "Find what a bundle of indicators names" },
  ],
  *run(input, context) {
    const asked = readAsked(input);
    const { intel, isMailProvider } = yield* recogniseDomains(asked.intel);
    const names = input.folder ?? context.folders.map(({ name }) => name);
    const order: HuntOrder = {
      intel,
      matches: createMatcher(intel),
      since: input.since,
      until: input.until,
      now: context.now,
      folders: spellFolders(context.folders, names),
      areFoldersNamed: input.folder !== undefined,
      limit: input.limit,
      findings: createFindings(input.limit),
      journal: createJournal(),
    };
    const { journal, findings } = order;
    const isCrowded = (domain: string) => isMailProvider(domain) || context.ownDomains.indexOf(domain) >= 0;
    const plan = planSearches(intel, order.folders.length, isCrowded);
    noteAsked(order, asked, plan);

    const { requests } = yield* countRequests(huntBoth(order, plan));
    const messages = findings.list();
    if (findings.isCut()) {
      journal.truncated = true;
      journal.note(`Cut at the limit of ${input.limit}; older messages match too.`);
    }
    yield* found(messages.map((finding) => toHit(finding, intel)));
    return summarise(order, messages, { plan, requests });
  },
});
