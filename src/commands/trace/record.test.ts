import fc from "fast-check";
import { expect, test } from "vitest";
import { readTraceRecord, traceFields, traceOutputs } from "./record.ts";

// The 44 keys of pps-api.md 5 with its examples.
const record = {
  GUID: "Qm4rT7_yJ2wLx0Zc9VbN-pEa5sKdHu3f",
  FID: "8mLtu31xs8H24NF8McYw-S6EidtLK-y_",
  Date: "2026-03-04 05:06:07 [UTC-0600]",
  Sender: "root@host.example.com",
  Recipients: "ann@example.com",
  Subject: "any text",
  Sender_Host: "localhost",
  Sender_IP_Address: "127.0.0.1",
  Message_ID: "<1@host.example.com>",
  Message_Size: "2048",
  Duration: "0.081532001495361",
  Attachment_Names: "",
  Final_Action: "accept",
  Final_Rule: "access.system",
  Module_ID: "access",
  Rule_ID: "system",
  module_rules: ["access.system"],
  Policy_Routes: "route_a,route_b",
  Quarantine_Folder: "",
  Quarantine_Rule: "",
  current_folder: "",
  Spam_Score: "",
  Virus_Names: "",
  Disposition_Action: "",
  Disposition_SmtpProfile: "",
  QID: "a1B2C34d567890",
  SID: "3abc401234",
  FQIN: "pps.example.com-10000_instance1",
  Agent: "example.com",
  Suborg: "",
  country: "**",
  TLS: "",
  PE_Recipients: "",
  Message_Encrypted: "",
  Message_Split: "",
  Raw_Log: "",
  SMIME_Recipients: "",
  SMIME_Recipients_Signed: "",
  SendmailRaw_Log: "",
  Sendmail_Action: "",
  Sendmail_Errorcode: "",
  Sendmail_Stat: "",
  Sendmail_To: "",
  Sendmail_To_Stat: "",
};

test("all 44 keys of Smart Search have a name of ours, each its own", () => {
  expect(traceFields.map((field) => field.wire).sort()).toEqual(Object.keys(record).sort());
  expect(new Set(traceFields.map((field) => field.name)).size).toBe(44);
});

test("a record is read into our names and types, and the cluster's own date is kept", () => {
  expect(readTraceRecord(record)).toMatchObject({
    guid: "Qm4rT7_yJ2wLx0Zc9VbN-pEa5sKdHu3f",
    receivedAt: "2026-03-04T11:06:07Z",
    ppsDate: "2026-03-04 05:06:07 [UTC-0600]",
    recipients: ["ann@example.com"],
    messageId: "1@host.example.com",
    sizeBytes: 2048,
    durationSeconds: 0.081532001495361,
    spamScore: null,
    virusNames: [],
    attachmentNames: [],
    moduleRules: ["access.system"],
    policyRoutes: ["route_a", "route_b"],
    currentFolder: "",
  });
});

test.each([
  ["ann@example.com,bob@example.com", ["ann@example.com", "bob@example.com"]],
  ["ann@example.com, bob@example.com; cem@example.com", ["ann@example.com", "bob@example.com", "cem@example.com"]],
  ["ann@example.com, ", ["ann@example.com"]],
  ["", []],
  [null, []],
  [
    ["ann@example.com", "bob@example.com"],
    ["ann@example.com", "bob@example.com"],
  ],
])("the recipients %j are read as %j", (given, recipients) => {
  expect(readTraceRecord({ ...record, Recipients: given }).recipients).toEqual(recipients);
});

test("names of attachments may hold blanks", () => {
  expect(readTraceRecord({ ...record, Attachment_Names: "my file.pdf, other.zip," }).attachmentNames).toEqual([
    "my file.pdf",
    "other.zip",
  ]);
});

test("a record without any key is read into empty values", () => {
  expect(readTraceRecord({})).toMatchObject({
    guid: "",
    receivedAt: null,
    recipients: [],
    sizeBytes: null,
    ppsDate: "",
  });
});

test("fields that are not known here survive unchanged", () => {
  const names = fc.string().filter((name) => !(name in record) && !(name in Object.prototype));
  fc.assert(
    fc.property(
      fc.dictionary(names, fc.oneof(fc.string(), fc.nat()), { minKeys: 1, noNullPrototype: true }),
      (other) => {
        expect(readTraceRecord({ ...record, ...other }).other).toEqual(other);
      },
    ),
  );
  expect(readTraceRecord(record)).not.toHaveProperty("other");
});

test("every value of a record is described, and only those", () => {
  const whole = readTraceRecord({ ...record, odd: "1" });
  expect(traceOutputs.map((output) => output.name).sort()).toEqual(Object.keys(whole).sort());
});
