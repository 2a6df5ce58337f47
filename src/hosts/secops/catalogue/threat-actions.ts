import type { SecopsAction } from "./action.ts";
import { dryRun, flag, folderNames, most, text, timeOf } from "./parameters.ts";
import { exampleAttempt, exampleGuid, exampleMessage } from "./records.ts";

export const huntThreats: SecopsAction = {
  name: "Hunt Threats",
  stem: "hunt_threats",
  description:
    "Finds every message that indicators name, held or delivered, in quarantine and in the trace: senders, domains, IP addresses, subjects, attachments and Message-IDs, each told apart by its form, or from a STIX 2.1 bundle, a MISP event or CSV.",
  failureLead: "Failed to hunt",
  writes: false,
  parameters: [
    text(
      "Indicators",
      `Addresses, domains, IP addresses and Message-IDs in angle brackets, defanged or not, separated by commas or line breaks; at most ${most.indicators}.`,
    ),
    text(
      "Indicator Text",
      "Text of a STIX 2.1 bundle, a MISP event, CSV with a header, or indicators one a line; at most 64 KiB.",
    ),
    text("Senders", "Envelope senders, separated by commas: addresses, or parts such as billing*."),
    text("Recipients", "Envelope recipients, written as Senders is."),
    text("Subjects", "Whole subjects, or parts such as *invoice*; several one a line or as a JSON array."),
    text("Hosts", "Names or IP addresses of sending hosts, separated by commas."),
    text("Attachments", "Whole names of attachments; several one a line or as a JSON array."),
    ...timeOf("Last Week"),
    folderNames,
    text("Max Results To Return", `Most messages, newest first: a whole number from 1 to ${most.hits}.`, {
      defaultValue: "1000",
    }),
  ],
  entityTypes: [],
  tables: ["Messages", "Indicators", "Recipients"],
  example: {
    messages: [
      {
        ...{ guid: exampleGuid, state: "held", ...exampleMessage, message_id: "1@mail.shop.example" },
        ...{ sender_ip: "192.0.2.7", folders: ["Quarantine"], final_rule: "spam.definite" },
        indicators: ["billing@shop.example"],
      },
    ],
    indicators: [
      {
        ...{ indicator: "billing@shop.example", kind: "sender", messages: 1, recipients: 1, state: "searched" },
        ...{ first: "2026-03-04T05:06:07Z", last: "2026-03-04T05:06:07Z" },
      },
    ],
    recipients: [{ recipient: "ann@example.com", messages: 1, delivered: 0 }],
    senders: [{ sender: "billing@shop.example", messages: 1, delivered: 0 }],
    since: "2026-02-25T12:00:00Z",
    until: null,
    notes: [],
    truncated: false,
    requests: 4,
  },
  outcomes: ["search_email"],
};

export const updateBlocklistFromFeed: SecopsAction = {
  name: "Update Blocklist From Feed",
  stem: "update_blocklist_from_feed",
  description:
    "Keeps a part of the organization's blocklist as a feed of bad senders says: adds what it names, within the guard rails, and removes what it has lost when its time has come. Other entries are left alone. Unless Dry Run is switched off it only says what it would do.",
  failureLead: "Failed to update the blocklist",
  writes: true,
  parameters: [
    text(
      "Feed Text",
      "The feed: one entry a line, CSV, JSON, a STIX 2.1 bundle or a MISP event, at most 64 KiB; this or Feed URL.",
    ),
    text(
      "Feed URL",
      "Address of the feed, or of a collection of a TAXII 2.1 server, on a host that the action server's settings name.",
    ),
    text("Label", "Name of this feed's part of the list: small letters, digits and hyphens.", { defaultValue: "feed" }),
    text("Min Confidence", "Least confidence of what is taken, 0 to 100. Above 0, what has none is left out.", {
      defaultValue: "0",
    }),
    text("Max Age Days", "Most days since the feed last saw what is taken, 1 to 3650; empty for no limit."),
    text("Expire Days", "Days an added entry stays when the feed has lost it, 1 to 3650.", { defaultValue: "30" }),
    text(
      "Allowed Senders",
      `Addresses, domains, IP addresses or networks that are never to be blocked, separated by commas or line breaks; at most ${most.allowed}.`,
    ),
    text(
      "Max Changes",
      `Most entries that one run changes: a whole number from 1 to ${most.listChanges}. The cloud API takes about ten a minute.`,
      { defaultValue: "50" },
    ),
    flag(
      "Accept Jump",
      "Go ahead although the feed is empty, has doubled or halved, or the run changes more than Max Changes.",
    ),
    dryRun(true),
  ],
  entityTypes: [],
  tables: ["Entries"],
  example: {
    ...exampleAttempt,
    dry_run: false,
    success: [
      {
        ...{ action: "add", status: "accepted", sender: "billing@evil.test", scope: "organization" },
        ...{ attribute: "sender", operator: "equal" },
      },
    ],
  },
  outcomes: ["add_ioc_to_blocklist", "remove_ioc_from_blocklist"],
};
