import { describe, expect, test } from "vitest";
import { commands as catalogue } from "../../src/commands/index.ts";
import { findXsoarCommand, xsoarCommands } from "../../src/hosts/xsoar/integration/commands.ts";
import type { XsoarArgument } from "../../src/hosts/xsoar/integration/xsoar-command.ts";

/** An argument as the public documents state it: `!` required, `=` its default, `|` between the values it offers. */
function written({ name, required, defaultValue, predefined }: XsoarArgument): string {
  const values = predefined === undefined ? "" : ` ${predefined.join("|")}`;
  return `${name}${required ? "!" : ""}${defaultValue === undefined ? "" : `=${defaultValue}`}${values}`;
}

function argumentsOf(name: string): string[] {
  return (findXsoarCommand(name)?.arguments ?? []).map(written);
}

const scan = "scan=false true|false";
const append = "append_old_subject=false true|false";
const action = "action accept|continue|discard|redirect|reject|retry";
const list = ["subject", "start_time=24 hours", "end_time", "folder_name=Quarantine", "guid"];
const search = [
  ...[action, "start_time=24 hours", "end_time", "virus", "sender", "recipient", "attachment", "queue_id", "host"],
  ...["sid", "subject", "guid", "message_id"],
];

describe("a command of the public document has its arguments, in its order", () => {
  test.each<[string, string[]]>([
    ["proofpoint-pps-list-quarantined-messages", ["from", "to", ...list]],
    [
      "proofpoint-pps-release-message",
      ["folder_name!", "local_guid!", "deleted_folder", scan, "brand_template", "security_policy"],
    ],
    ["proofpoint-pps-resubmit-message", ["folder_name!", "local_guid!"]],
    [
      "proofpoint-pps-forward-message",
      ["folder_name!", "local_guid!", "deleted_folder", "subject", append, "from", "header_from", "to", "comment"],
    ],
    ["proofpoint-pps-move-message", ["folder_name!", "local_guid!", "target_folder!"]],
    ["proofpoint-pps-delete-message", ["folder_name!", "local_guid!", "deleted_folder"]],
  ])("%s", (name, expected) => {
    expect(argumentsOf(name)).toEqual(expected);
  });

  test("proofpoint-pps-smart-search takes a limit after them, as the released integration does", () => {
    expect(argumentsOf("proofpoint-pps-smart-search")).toEqual([...search, "limit=100"]);
  });

  test("proofpoint-pps-download-message takes the guid it speaks of beside the folder_name it lists, and demands neither", () => {
    expect(argumentsOf("proofpoint-pps-download-message")).toEqual(["guid", "folder_name"]);
  });
});

describe("a released command has its own arguments", () => {
  test.each<[string, string[]]>([
    ["proofpoint-pps-quarantine-messages-list", ["sender", "recipient", ...list]],
    [
      "proofpoint-pps-quarantine-message-release",
      ["folder_name!", "local_guid!", "deleted_folder", scan, "brand_template", "security_policy"],
    ],
    ["proofpoint-pps-quarantine-message-resubmit", ["folder_name!", "local_guid!"]],
    [
      "proofpoint-pps-quarantine-message-forward",
      [
        ...["folder_name!", "local_guid!", "deleted_folder", "subject", append, "sender", "header_from"],
        ...["recipient!", "comment"],
      ],
    ],
    ["proofpoint-pps-quarantine-message-move", ["folder_name!", "local_guid!", "target_folder!"]],
    ["proofpoint-pps-quarantine-message-delete", ["folder_name!", "local_guid!", "deleted_folder"]],
    ["proofpoint-pps-quarantine-message-download", ["guid!"]],
    ["proofpoint-pps-get-user", ["email", "uid"]],
    ["proofpoint-pps-delete-user", ["email", "uid"]],
    ["proofpoint-quarantine-folders", []],
    ["proofpoint-add-to-blocked-senders-list", ["email!", "user", "override=false true|false"]],
    ["proofpoint-add-to-safe-senders-list", ["email!", "user", "override=false true|false"]],
    ["proofpoint-remove-from-blocked-senders-list", ["email!", "user"]],
    ["proofpoint-remove-from-safe-senders-list", ["email!", "user"]],
  ])("%s", (name, expected) => {
    expect(argumentsOf(name)).toEqual(expected);
  });

  test("the users' commands take more than the released ones, and those first", () => {
    expect(argumentsOf("proofpoint-pps-create-user").slice(0, 3)).toEqual(["email!", "fields", "attributes"]);
    const change = argumentsOf("proofpoint-pps-modify-user");
    expect(change.slice(0, 4)).toEqual(["email", "uid", "fields", "attributes"]);
    expect(change).toContain("UID");
  });
});

const traced =
  "Rule_ID Disposition_Action Sendmail_Action Attachment_Names Recipients SendmailRaw_Log GUID Date Raw_Log Sender_Host Module_ID Sender_IP_Address Quarantine_Folder QID Quarantine_Rule Spam_Score country TLS Policy_Routes current_folder FID module_rules PE_Recipients Virus_Names Sendmail_Errorcode FQIN SMIME_Recipients Agent Subject Final_Rule Suborg SMIME_Recipients_Signed Message_Encrypted Message_Split Disposition_SmtpProfile Sendmail_To Sendmail_Stat SID Message_ID Final_Action Sender Sendmail_To_Stat Message_Size";
const held = "processingserver date subject messageid folder size rcpts from spamscore guid host_ip localguid";
const user =
  "alias attributes blocklist created creationsource email firstname groups lastmodified lastname lastpasswordchange lastsignon safelist suborg type uid";

describe("outputs stand under PPS's own keys, in the order of the public document", () => {
  test.each([
    ["proofpoint-pps-smart-search", "Proofpoint.SmartSearch", traced],
    ["proofpoint-pps-list-quarantined-messages", "Proofpoint.QuarantinedMessage", held],
    ["proofpoint-pps-quarantine-messages-list", "Proofpoint.QuarantinedMessage", held],
    ["proofpoint-pps-get-user", "Proofpoint.User", user],
    ["proofpoint-pps-create-user", "Proofpoint.User", user],
    ["proofpoint-pps-modify-user", "Proofpoint.User", user],
    ["proofpoint-quarantine-folders", "Proofpoint.Quarantine.Folder", "Name"],
  ])("%s", (name, prefix, keys) => {
    const outputs = findXsoarCommand(name)?.outputs ?? [];
    expect(outputs.map(({ contextPath }) => contextPath)).toEqual(keys.split(" ").map((key) => `${prefix}.${key}`));
    expect(outputs.every(({ description }) => description !== "")).toBe(true);
  });

  test("a text is declared for every value of a message but its date", () => {
    for (const name of ["proofpoint-pps-smart-search", "proofpoint-pps-list-quarantined-messages"]) {
      for (const { contextPath, type } of findXsoarCommand(name)?.outputs ?? []) {
        expect([contextPath, type]).toEqual([contextPath, /\.date$/i.test(contextPath) ? "Date" : "String"]);
      }
    }
  });
});

test("the eight commands of the public document come first, in its order", () => {
  expect(xsoarCommands.slice(0, 8).map(({ name }) => name)).toEqual(
    ["smart-search", "list-quarantined-messages", "release-message", "resubmit-message", "forward-message"]
      .concat(["move-message", "delete-message", "download-message"])
      .map((name) => `proofpoint-pps-${name}`),
  );
});

test("every command of the catalogue can be called from XSOAR, but for the connection test, which has a name of its own there", () => {
  const called = xsoarCommands.flatMap((command) => {
    const args: Record<string, unknown> = {
      from: "*",
      sender: "*",
      email: "ann@example.com",
      file: "a",
      guid: undefined,
    };
    if (command.name === "proofpoint-pps-download-message" || command.name.endsWith("message-download"))
      args.guid = "g";
    return [command.call(args, 1_772_600_767_000).command.name];
  });
  const missing = catalogue.map(({ name }) => name).filter((name) => !called.includes(name));
  expect(missing).toEqual(["system.ping"]);
});

test("an argument that is a field is one of the command it belongs to", () => {
  for (const command of xsoarCommands) {
    if (/download-message|list-quarantined|messages-list/.test(command.name)) continue;
    const { fields } = command.call({ email: "ann@example.com", sender: "*", file: "a" }, 1_772_600_767_000).command;
    for (const { name, field } of command.arguments) {
      if (field !== undefined) expect([command.name, name, field in fields]).toEqual([command.name, name, true]);
    }
  }
});

test("what changes mail, users or lists is marked as harmful, and nothing else is", () => {
  const harmless = xsoarCommands.filter(({ isHarmful }) => !isHarmful).map(({ name }) => name.replace(/^.*-pps-/, ""));
  expect(harmless).toEqual(
    ["smart-search", "list-quarantined-messages", "download-message", "quarantine-messages-list"].concat(
      ["quarantine-message-download", "get-user", "proofpoint-quarantine-folders", "quarantine-folders"],
      ["message-show", "hunt", "users-blocklist-list", "users-safelist-list", "blocklist-list", "safelist-list"],
    ),
  );
});

test.each([
  ["respond-phishing", "inspect message"],
  ["blocklist-feed", "url"],
])("%s offers nothing that XSOAR's engine cannot do, and everything else", (name, leftOut) => {
  const { arguments: declared = [] } = findXsoarCommand(`proofpoint-pps-${name}`) ?? {};
  const { fields } = catalogue.find((command) => command.name === name.replace("-", ".")) ?? { fields: {} };
  const offered = declared.flatMap(({ field }) => field ?? []);
  expect(
    Object.keys(fields)
      .filter((field) => !offered.includes(field))
      .sort(),
  ).toEqual(leftOut.split(" "));
});

test("every command of our own that changes anything can be planned first, and no other", () => {
  for (const { name, isHarmful, arguments: declared } of xsoarCommands) {
    const dryRun = declared.find((argument) => argument.name === "dry_run");
    const isOwn = /-pps-(respond|users|blocklist|safelist)-/.test(name);
    expect([name, dryRun && written(dryRun)]).toEqual([
      name,
      isOwn && isHarmful ? "dry_run=false true|false" : undefined,
    ]);
  }
});

test.each(["true", "TRUE", "yes", true])("dry_run=%s plans", (given) => {
  const call = findXsoarCommand("proofpoint-pps-blocklist-add")?.call({ email: "evil.test", dry_run: given }, 0);
  expect(call).toMatchObject({ dryRun: true, input: { entries: "evil.test" } });
});

test("a dry_run that is neither yes nor no is refused: nobody may take a plan for granted", () => {
  const command = findXsoarCommand("proofpoint-pps-blocklist-add");
  expect(() => command?.call({ email: "evil.test", dry_run: "maybe" }, 0)).toThrow(/^dry_run takes/);
});

test("several local ids are one call, so that one note and one error tell of them all", () => {
  for (const { name, arguments: declared } of xsoarCommands) {
    const localGuid = declared.find((argument) => argument.field === "localGuids");
    if (localGuid) expect([name, localGuid.isArray]).toEqual([name, true]);
  }
});

test("no text speaks of a command line or of a key of another surface's settings", () => {
  for (const { name, description, arguments: declared, outputs } of xsoarCommands) {
    for (const text of [description, ...declared.map((it) => it.description), ...outputs.map((it) => it.description)]) {
      expect(`${name}: ${text}`).not.toMatch(/--[a-z]|\bpps [a-z]|PPS_[A-Z]|cloud[A-Z]|dry run/);
    }
  }
});

test("no name of a superseded command is taken again", () => {
  for (const name of ["download-email", "quarantine-messages", "smart-search", "release-email"]) {
    expect(findXsoarCommand(`proofpoint-${name}`)).toBeUndefined();
  }
});

test("outputs that stand in PPS's own form are described so, not as the catalogue reads them", () => {
  const described = (key: string) =>
    findXsoarCommand("proofpoint-pps-smart-search")?.outputs.find(({ contextPath }) => contextPath.endsWith(`.${key}`))
      ?.description;
  expect(described("Date")).toContain("zone");
  expect(described("Message_ID")).toContain("with angle brackets");
});
