import { describe, expect, test } from "vitest";
import type { Command } from "../../src/core/command.ts";
import { PpsError } from "../../src/core/errors.ts";
import { findXsoarCommand } from "../../src/hosts/xsoar/integration/commands.ts";
import type { XsoarCommand } from "../../src/hosts/xsoar/integration/xsoar-command.ts";

// Golden values: written by hand from what the public document prints and xsoar-platform.md 4 and 5 say.

const pps = "proofpoint-pps";
const now = Date.UTC(2026, 2, 4, 12);

function commandOf(name: string): XsoarCommand {
  return findXsoarCommand(name) as XsoarCommand;
}

/** What a command shows of items and a summary, as if it had been run. */
function render(name: string, items: readonly unknown[], summary: object, args: Record<string, unknown> = {}) {
  const xsoar = commandOf(name);
  const command: Command = xsoar.call(
    { email: "ann@example.com", from: "*", sender: "*", guid: undefined, ...args },
    now,
  ).command;
  return xsoar.render({ items, summary, args, command });
}

const result = { IndicatorTimeline: [], IgnoreAutoExtract: false, Note: false, Relationships: [] };

const traced = {
  GUID: "Qm4rT7_yJ2wLx0Zc9VbN-pEa5sKdHu3f",
  Date: "2026-03-04 06:07:08 [UTC-0600]",
  Sender: "root@host.example.com",
  Recipients: "ann@example.com",
  Subject: "Cron <root@host> backup | daily",
  Final_Action: "accept",
  Duration: "0.081532001495361",
  module_rules: ["access.system", "spam.definitespam"],
  New_Key: "kept",
};

test("smart search prints its 44 columns sorted, and keeps the record as PPS sent it", () => {
  const [entry, ...more] = render(`${pps}-smart-search`, [{ record: traced }], { notes: [] });
  expect(more).toEqual([]);
  expect(entry).toEqual({
    Type: 1,
    ContentsFormat: "json",
    Contents: { result: [traced] },
    HumanReadable: [
      "### Proofpoint Protection Server Smart Search Results",
      "|Agent|Attachment_Names|Date|Disposition_Action|Disposition_SmtpProfile|Duration|FID|FQIN|Final_Action|Final_Rule|GUID|Message_Encrypted|Message_ID|Message_Size|Message_Split|Module_ID|PE_Recipients|Policy_Routes|QID|Quarantine_Folder|Quarantine_Rule|Raw_Log|Recipients|Rule_ID|SID|SMIME_Recipients|SMIME_Recipients_Signed|Sender|Sender_Host|Sender_IP_Address|SendmailRaw_Log|Sendmail_Action|Sendmail_Errorcode|Sendmail_Stat|Sendmail_To|Sendmail_To_Stat|Spam_Score|Subject|Suborg|TLS|Virus_Names|country|current_folder|module_rules|",
      `|${"---|".repeat(44)}`,
      "|  |  | 2026-03-04 06:07:08 [UTC-0600] |  |  | 0.081532001495361 |  |  | accept |  | Qm4rT7_yJ2wLx0Zc9VbN-pEa5sKdHu3f |  |  |  |  |  |  |  |  |  |  |  | ann@example.com |  |  |  |  | root@host.example.com |  |  |  |  |  |  |  |  |  | Cron <root@host> backup \\| daily |  |  |  |  |  | access.system,<br>spam.definitespam |",
      "",
    ].join("\n"),
    EntryContext: { "Proofpoint.SmartSearch(val.GUID && val.GUID == obj.GUID)": [traced] },
    ...result,
  });
});

const held = {
  processingserver: "pps1",
  date: "2026-03-04 11:00:00",
  subject: "Loan",
  messageid: "1@shop.example",
  folder: "Quarantine",
  size: "6496",
  rcpts: ["ann@example.com", "bob@example.com"],
  from: "billing@shop.example",
  spamscore: "100",
  guid: "lR_SjEF1Llfn9gML8YZzpVPUukjXQcPO",
  host_ip: "[192.0.2.7] [192.0.2.7]",
  localguid: "6:6:239",
  messagestatus: { opened: true },
};

const searched = [{ folder: "Quarantine", state: "searched", found: 1 }];
const listed = [{ folder: "Quarantine", record: held }];

test("the list prints the twelve columns of the public document, and no column for what is asked for specially", () => {
  const [entry] = render(`${pps}-list-quarantined-messages`, listed, { notes: [], searched });
  expect(entry).toMatchObject({
    Contents: { count: 1, records: [held] },
    HumanReadable: [
      "### Proofpoint Protection Server Quarantined Messages",
      "|date|folder|from|guid|host_ip|localguid|messageid|processingserver|rcpts|size|spamscore|subject|",
      "|---|---|---|---|---|---|---|---|---|---|---|---|",
      "| 2026-03-04 11:00:00 | Quarantine | billing@shop.example | lR_SjEF1Llfn9gML8YZzpVPUukjXQcPO | [192.0.2.7] [192.0.2.7] | 6:6:239 | 1@shop.example | pps1 | ann@example.com,<br>bob@example.com | 6496 | 100 | Loan |",
      "",
    ].join("\n"),
    EntryContext: { "Proofpoint.QuarantinedMessage(val.guid && val.guid == obj.guid)": [held] },
  });
});

test("what DLP rules matched never reaches context with its digits, should PPS tell it unasked", () => {
  const record = { ...held, dlpviolation: { card: "4111 1111 1111 1111" } };
  const item = { folder: "Quarantine", record, dlpViolation: { card: "***1111" } };
  const entries = render(`${pps}-list-quarantined-messages`, [item], { notes: [], searched });
  expect(JSON.stringify(entries)).toContain("***1111");
  expect(JSON.stringify(entries)).not.toContain("4111 1111");
});

test("the released list prints the released columns", () => {
  const [entry] = render(`${pps}-quarantine-messages-list`, listed, { notes: [], searched });
  expect(entry).toMatchObject({
    HumanReadable: [
      "### Proofpoint Protection Server Quarantined Messages",
      "|localguid|folder|spamscore|from|rcpts|date|subject|size|host_ip|",
      "|---|---|---|---|---|---|---|---|---|",
      "| 6:6:239 | Quarantine | 100 | billing@shop.example | ann@example.com,<br>bob@example.com | 2026-03-04 11:00:00 | Loan | 6496 | [192.0.2.7] [192.0.2.7] |",
      "",
    ].join("\n"),
  });
});

test("what a search lacks is a note behind it, what failed an error", () => {
  const cut = { notes: ["Cut at the limit of 1000; older messages match too."], searched, truncated: true };
  expect(render(`${pps}-list-quarantined-messages`, listed, cut)[1]).toMatchObject({
    Type: 1,
    HumanReadable: "Cut at the limit of 1000; older messages match too.",
    EntryContext: {},
  });
  const failed = { notes: ["Folder Phish was not searched to its end: PPS is too busy"], searched, failed: true };
  expect(render(`${pps}-list-quarantined-messages`, listed, failed)[1]).toEqual({
    Type: 4,
    ContentsFormat: "text",
    Contents: "Folder Phish was not searched to its end: PPS is too busy",
    EntryContext: null,
  });
});

const user = {
  uid: "ann",
  email: "ann@example.com",
  aliases: ["a@example.com"],
  firstName: "Ann",
  lastName: "Smith",
  type: "user",
  groups: [],
  suborg: "",
  safelist: [],
  blocklist: ["@evil.test"],
  attributes: { language: "en" },
  created: "2026-03-04T10:00:00Z",
  lastModified: null,
  lastPasswordChange: null,
  lastSignOn: null,
  creationSource: "api",
  other: { quota: "5" },
};

describe("a user is shown in six columns and kept whole, under PPS's keys", () => {
  test.each([
    ["get", "Proofpoint Protection Server Users"],
    ["create", "User created"],
    ["modify", "Modified User"],
  ])("%s", (verb, title) => {
    const [entry] = render(`${pps}-${verb}-user`, [], { ...user, notes: [] });
    expect(entry).toMatchObject({
      HumanReadable: [
        `### ${title}`,
        "|uid|email|firstname|lastname|created|lastmodified|",
        "|---|---|---|---|---|---|",
        "| ann | ann@example.com | Ann | Smith | 2026-03-04T10:00:00Z |  |",
        "",
      ].join("\n"),
      EntryContext: {
        "Proofpoint.User(val.email && val.email == obj.email)": {
          alias: ["a@example.com"],
          attributes: { language: "en" },
          blocklist: ["@evil.test"],
          email: "ann@example.com",
          lastname: "Smith",
          quota: "5",
          uid: "ann",
        },
      },
    });
  });
});

const deleted = {
  localGuid: "4:2:6",
  folder: "HIPAA",
  outcome: "done",
  message: "Successfully deleted message 4:2:6",
  status: 200,
};
const gone = {
  localGuid: "4:2:7",
  folder: "HIPAA",
  outcome: "not_found",
  code: "not_found",
  message: "Message 4:2:7 is not in folder HIPAA",
  hint: "List the folder again.",
};

test("what was done is a line, what was not an error with its hint, and context holds both", () => {
  const [done, failed] = render(`${pps}-delete-message`, [deleted, gone], { counts: {}, notes: [] });
  const kept = [
    { action: "delete", ...deleted },
    { action: "delete", ...gone },
  ];
  expect(done).toMatchObject({
    Type: 1,
    Contents: kept,
    HumanReadable: "Successfully deleted message 4:2:6",
    EntryContext: {
      "Proofpoint.QuarantineAction(val.localGuid == obj.localGuid && val.folder == obj.folder && val.action == obj.action)":
        kept,
    },
  });
  expect(failed).toMatchObject({ Type: 4, Contents: "Message 4:2:7 is not in folder HIPAA. List the folder again." });
});

test("an outcome that is not known is never among those that were done", () => {
  const lost = { ...deleted, outcome: "unknown", message: "The answer was lost" };
  const [done, failed] = render(`${pps}-delete-message`, [lost], { counts: {}, notes: [] });
  expect(done).toMatchObject({ Type: 1, HumanReadable: "Whether it was done is not known." });
  expect(failed).toMatchObject({ Type: 4, Contents: "The answer was lost" });
});

const change = { action: "remove", list: "safelist", entry: "news@shop.example", outcome: "done", message: "Removed." };

test("the first version's commands tell of lists in its words", () => {
  const shown = (name: string, outcome: object) =>
    render(name, [{ ...change, ...outcome }], { notes: [] }).map((entry) =>
      entry.Type === 1 ? entry.HumanReadable : entry.Contents,
    );
  expect(shown("proofpoint-remove-from-safe-senders-list", {})).toEqual([
    "Successfully removed news@shop.example from the Safe Senders list",
  ]);
  expect(shown("proofpoint-add-to-blocked-senders-list", { action: "add", list: "blocklist" })).toEqual([
    "Successfully added news@shop.example to the Blocked Senders list",
  ]);
  expect(shown("proofpoint-add-to-blocked-senders-list", { action: "add", outcome: "unchanged" })).toEqual([
    "news@shop.example is on the Blocked Senders list already",
  ]);
  expect(shown("proofpoint-remove-from-safe-senders-list", { outcome: "unchanged" })[1]).toBe(
    "Email is not in Safe Senders list",
  );
});

test("only what is a plain answer to playbooks is recovered from an error", () => {
  const missing = new PpsError("not_found", "PPS found nothing");
  const busy = new PpsError("busy", "PPS is too busy");
  const sentence = (name: string, error: PpsError) => {
    const command = commandOf(name);
    const [entry] = command.recover?.(error, command.call({ guid: "g", email: "ann@example.com" }, now)) ?? [];
    return entry?.Type === 1 ? entry.HumanReadable : undefined;
  };
  expect(sentence(`${pps}-download-message`, missing)).toBe("No message found.");
  expect(sentence(`${pps}-get-user`, missing)).toBe("User not found");
  expect(sentence(`${pps}-delete-user`, missing)).toBe("User not found");
  expect(sentence(`${pps}-modify-user`, missing)).toBeUndefined();
  for (const name of ["download-message", "get-user", "delete-user", "create-user"]) {
    expect(sentence(`${pps}-${name}`, busy)).toBeUndefined();
  }
});
