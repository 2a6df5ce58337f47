/** Records as PPS writes them, for examples: reserved names and addresses only. */
export const exampleGuid = "Qm4rT7_yJ2wLx0Zc9VbN-pEa5sKdHu3f";

export const exampleRecord = {
  processingserver: "pps.example.com",
  date: "2026-03-04 05:06:07",
  subject: "Your invoice",
  messageid: "1@mail.shop.example",
  folder: "Quarantine",
  size: 2048,
  rcpts: ["ann@example.com"],
  from: "billing@shop.example",
  spamscore: 90,
  guid: exampleGuid,
  host_ip: "[192.0.2.7] [192.0.2.7]",
  localguid: exampleGuid,
};

/** A message under the keys of the actions that look into quarantine and trace alike. */
export const exampleMessage = {
  received_at: "2026-03-04T05:06:07Z",
  sender: "billing@shop.example",
  recipients: ["ann@example.com"],
  subject: "Your invoice",
};

/** A release that PPS has carried out. */
export const exampleDone = {
  action: "release",
  status: "done",
  guid: exampleGuid,
  localguid: exampleGuid,
  folder: "Quarantine",
  state: "held",
  ...exampleMessage,
};

/** What every action says that plans first; without anything done. */
export const exampleAttempt = {
  failed: [],
  unknown: [],
  planned: [],
  left: [],
  counts: { success: 1, failed: 0, unknown: 0, planned: 0, left: 0 },
  notes: [],
};

export const exampleTrace = {
  GUID: exampleGuid,
  Date: "2026-03-04 05:06:07 [UTC+0000]",
  DateUtc: "2026-03-04T05:06:07Z",
  Sender: "billing@shop.example",
  Recipients: "ann@example.com",
  RecipientList: ["ann@example.com"],
  Subject: "Your invoice",
  Final_Action: "discard",
  Final_Rule: "spam.definite",
  Quarantine_Folder: "Quarantine",
  Sender_Host: "mail.shop.example",
  Sender_IP_Address: "192.0.2.7",
  Spam_Score: "90",
  Message_ID: "<1@mail.shop.example>",
  QID: "2a3b4c5d6e",
};

export const exampleProfile = {
  alias: ["ann.smith@example.com"],
  attributes: { language: "en" },
  blocklist: ["evil.example"],
  created: "2026-01-02T03:04:05Z",
  creationsource: "api",
  email: "ann@example.com",
  firstname: "Ann",
  groups: ["staff"],
  lastmodified: "2026-03-04T05:06:07Z",
  lastname: "Smith",
  safelist: ["billing@shop.example"],
  suborg: "",
  type: "user",
  uid: "ann",
};
