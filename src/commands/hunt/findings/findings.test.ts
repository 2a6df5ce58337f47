import { expect, test } from "vitest";
import { readMessage } from "../../quarantine/message.ts";
import { readTraceRecord } from "../../trace/record.ts";
import { createFindings, stateOfFinding } from "./findings.ts";

const traced = (more: Record<string, string> = {}) =>
  readTraceRecord({
    GUID: "g1",
    Date: "2026-03-04 06:00:00 [UTC-0600]",
    Sender: "ann@evil.example",
    Recipients: "bob@example.com,cem@example.com",
    Subject: "Hello",
    Message_ID: "<1@evil.example>",
    Sender_IP_Address: "192.0.2.7",
    Final_Action: "discard",
    Final_Rule: "spam.definite",
    Quarantine_Folder: "Phish",
    ...more,
  });

const held = (more: Record<string, string | string[]> = {}) =>
  readMessage(
    {
      guid: "g1",
      date: "2026-03-04 12:00:00",
      from: "ann@evil.example",
      rcpts: ["cem@example.com", "bob@example.com"],
      subject: "Hello",
      messageid: "1@evil.example",
      ...more,
    },
    "Phish",
  );

test("what trace and quarantine tell of one message is one finding", () => {
  const findings = createFindings(100);
  findings.addRecord(traced(), [0]);
  findings.addMessage(held(), [1]);
  findings.addMessage(held({ folder: "Audit" }), [0, 1]);
  const [finding, ...others] = findings.list();
  expect(others).toEqual([]);
  expect(finding).toEqual({
    guid: "g1",
    time: Date.UTC(2026, 2, 4, 12),
    sender: "ann@evil.example",
    recipients: ["bob@example.com", "cem@example.com"],
    subject: "Hello",
    messageId: "1@evil.example",
    senderIp: "192.0.2.7",
    finalRule: "spam.definite",
    heldIn: ["Phish", "Audit"],
    traced: "stopped",
    namedFolders: ["Phish"],
    indicators: [0, 1],
  });
  expect(finding && stateOfFinding(finding)).toBe("held");
});

test.each(["first", "last"])(
  "a record without a guid that comes %s is joined by Message-ID and recipients",
  (order) => {
    const findings = createFindings(100);
    if (order === "first") findings.addRecord(traced({ GUID: "" }), [0]);
    findings.addMessage(held(), [0]);
    if (order === "last") findings.addRecord(traced({ GUID: "" }), [0]);
    expect(findings.list()).toMatchObject([{ guid: "g1", heldIn: ["Phish"], traced: "stopped" }]);
  },
);

test("the same mail twice, to others, or without a Message-ID at another time stays two messages", () => {
  const findings = createFindings(100);
  findings.addRecord(traced(), [0]);
  findings.addRecord(traced({ GUID: "g2" }), [0]);
  findings.addRecord(traced({ GUID: "", Recipients: "dan@example.com" }), [0]);
  findings.addRecord(traced({ GUID: "", Message_ID: "" }), [0]);
  findings.addRecord(traced({ GUID: "", Message_ID: "", Date: "2026-03-04 07:00:00 [UTC-0600]" }), [0]);
  expect(findings.list()).toHaveLength(5);
});

test("of several records of one message, that it was delivered counts most", () => {
  const findings = createFindings(100);
  for (const Final_Action of ["reject", "accept", "retry"]) findings.addRecord(traced({ Final_Action }), [0]);
  expect(findings.list().map(stateOfFinding)).toEqual(["delivered"]);
});

test("only a message that is known is added to", () => {
  const findings = createFindings(100);
  expect(findings.addToKnown(held())).toBe(false);
  findings.addRecord(traced(), [0]);
  expect(findings.addToKnown(held())).toBe(true);
  expect(findings.list()).toMatchObject([{ heldIn: ["Phish"], indicators: [0] }]);
});

test("the newest are kept however many come, and that others were cut is known", () => {
  const findings = createFindings(10);
  expect(findings.isCut()).toBe(false);
  const minutes = Array.from({ length: 60 }, (_, minute) => minute);
  for (const minute of [...minutes.filter((one) => one % 2), ...minutes.filter((one) => one % 2 === 0)]) {
    const date = `2026-03-04 12:${String(minute).padStart(2, "0")}:00`;
    findings.addMessage(held({ guid: `g${minute}`, date }), [0]);
  }
  expect(findings.list().map(({ guid }) => guid)).toEqual(
    minutes
      .slice(50)
      .reverse()
      .map((minute) => `g${minute}`),
  );
  expect(findings.isCut()).toBe(true);
});

test("a message without a date stands last", () => {
  const findings = createFindings(10);
  findings.addMessage(held({ guid: "g0", date: "" }), [0]);
  findings.addMessage(held(), [0]);
  expect(findings.list().map(({ guid, time }) => [guid, time])).toEqual([
    ["g1", Date.UTC(2026, 2, 4, 12)],
    ["g0", undefined],
  ]);
});

test("what a record lacks is empty", () => {
  const findings = createFindings(100);
  findings.addRecord({ guid: "g1", receivedAt: null, sender: "", recipients: [], subject: "", messageId: "" }, [0]);
  expect(findings.list()).toMatchObject([{ senderIp: "", finalRule: "", namedFolders: [] }]);
});

test("what names a message, and who received it, is kept once however often it is told", () => {
  const findings = createFindings(100);
  findings.addRecord(traced({ Recipients: "constructor,bob@example.com" }), [3, 1]);
  findings.addRecord(traced({ Recipients: "bob@example.com,dan@example.com" }), [1, 2, 3]);
  expect(findings.list()).toMatchObject([
    { indicators: [3, 1, 2], recipients: ["constructor", "bob@example.com", "dan@example.com"] },
  ]);
});
