import fc from "fast-check";
import { expect, test } from "vitest";
import type { Json } from "../../core/steps.ts";
import { addressIn, messageOutputs, readMessage } from "./message.ts";

// The two forms of pps-api.md 2.4, with invented values.
const onPremises = {
  guid: "Qm4rT7_yJ2wLx0Zc9VbN-pEa5sKdHu3f",
  localguid: "7:7:105",
  folder: "Quarantine",
  date: "2026-02-03 04:05:06",
  subject: "Invoice",
  messageid: "1@mail.example.com",
  from: "billing@shop.example",
  rcpts: ["ann@example.com", "bob@example.com"],
  size: "5120",
  spamscore: "100",
  host_ip: "[10.1.2.3] [10.1.2.3]",
  processingserver: "pps.example.com",
};

const typed = {
  guid: "Qm4rT7_yJ2wLx0Zc9VbN-pEa5sKdHu3f",
  localGuid: "7:7:105",
  folder: "Quarantine",
  receivedAt: "2026-02-03T04:05:06Z",
  sender: "billing@shop.example",
  recipients: ["ann@example.com", "bob@example.com"],
  subject: "Invoice",
  messageId: "1@mail.example.com",
  spamScore: 100,
  sizeBytes: 5120,
  hostIp: "[10.1.2.3] [10.1.2.3]",
  processingServer: "pps.example.com",
};

test("a record of an on-premises server is read", () => {
  expect(readMessage(onPremises, "Phish")).toEqual(typed);
});

test("a record with numbers instead of texts reads the same", () => {
  expect(readMessage({ ...onPremises, size: 5120, spamscore: 100 }, "Phish")).toEqual(typed);
});

test("without a local id the guid stands for it, and without a folder the one that was searched", () => {
  expect(readMessage({ guid: "a" }, "Phish")).toMatchObject({ guid: "a", localGuid: "a", folder: "Phish" });
});

test("missing and null fields become empty values", () => {
  const empty = { sender: "", recipients: [], subject: "", messageId: "", receivedAt: null, spamScore: null };
  const nulls = Object.fromEntries(Object.keys(onPremises).map((key) => [key, null]));
  expect(readMessage({}, "Phish")).toMatchObject(empty);
  expect(readMessage(nulls, "Phish")).toMatchObject(empty);
});

test("a Message-ID loses its brackets (pps-api.md 9 row 20)", () => {
  expect(readMessage({ messageid: "<1@mail.example.com>" }, "").messageId).toBe("1@mail.example.com");
});

test("every field that is not known here survives unchanged", () => {
  const names = fc.string({ minLength: 1 }).filter((name) => !(name in onPremises) && !(name in Object.prototype));
  const value = fc.jsonValue({ noUnicodeString: false }).map((json) => JSON.parse(JSON.stringify(json)) as Json);
  fc.assert(
    fc.property(fc.dictionary(names, value, { minKeys: 1, noNullPrototype: true }), (unknown) => {
      const { messagestatus: _status, dlpviolation: _violation, ...foreign } = unknown;
      const { other, ...rest } = readMessage({ ...onPremises, ...foreign }, "");
      expect(other ?? {}).toEqual(foreign);
      expect(rest).toEqual(typed);
    }),
  );
});

test("the work status is passed through as it came", () => {
  const messagestatus = [{ statusdesc: "New", status: "0", id: 0, comment: "", user: "", date: "2026-02-03 04:05:06" }];
  expect(readMessage({ ...onPremises, messagestatus }, "").messageStatus).toEqual(messagestatus);
});

test.each<[string, Json, Json]>([
  ["a card number", "card 4111 1111 1111 1111 found", "card ***1111 found"],
  ["a card number with dashes", "4111-1111-1111-1111", "***1111"],
  ["an identity number", "078-05-1120", "***1120"],
  ["a number of its own", 4111111111111111, "***1111"],
  ["a negative number", -4111111111111111, "-***1111"],
  [
    "numbers in lists and objects",
    { rules: [{ matches: ["4111111111111111"] }] },
    { rules: [{ matches: ["***1111"] }] },
  ],
  ["a number that is a key", { "4111111111111111": 2 }, { "***1111": 2 }],
])("%s that a DLP rule matched is masked to its last four digits (pps-api.md 2.4)", (_kind, found, masked) => {
  expect(readMessage({ dlpviolation: found }, "").dlpViolation).toEqual(masked);
});

test("what is no long number is left as it is", () => {
  const violation = { name: "PCI", count: 3, rule: "credit_card", score: "12.5", hit: true, none: null };
  expect(readMessage({ dlpviolation: violation }, "").dlpViolation).toEqual(violation);
});

test("no seven digits in a row leave a DLP match, whatever stands around them", () => {
  const digits = fc.stringMatching(/^\d([ .-]?\d){6,18}$/);
  fc.assert(
    fc.property(fc.string(), digits, fc.string(), (before, number, after) => {
      const violation = readMessage({ dlpviolation: { [number]: before + number + after } }, "").dlpViolation;
      const masked = Object.entries(violation as object)
        .flat()
        .join("\n");
      expect(masked).not.toMatch(/\d([ .-]?\d){6,}/);
    }),
  );
});

test("every value of a message is described, and only those", () => {
  const whole = readMessage({ ...onPremises, messagestatus: [], dlpviolation: {}, odd: 1 }, "");
  expect(messageOutputs.map((output) => output.name).sort()).toEqual(Object.keys(whole).sort());
});

test("DLP details nested without end are cut off instead of ending the program", () => {
  const dlpviolation = JSON.parse(`${"[".repeat(50_000)}"4111111111111111"${"]".repeat(50_000)}`) as Json;
  const { dlpViolation } = readMessage({ ...onPremises, dlpviolation }, "Quarantine");
  expect(JSON.stringify(dlpViolation)).toBe(`${"[".repeat(100)}null${"]".repeat(100)}`);
});

test.each([
  ["mx.example [192.0.2.7]", "192.0.2.7"],
  ["[192.0.2.7] [192.0.2.7]", "192.0.2.7"],
  ["[198.51.100.1] [192.0.2.7]", "192.0.2.7"],
  ["mx.example [IPv6:2001:DB8:0::7]", "2001:db8::7"],
  ["[IPv6:2001:db8::1]", "2001:db8::1"],
  ["[10.1.2.3]", "10.1.2.3"],
  [" 192.0.2.7 ", "192.0.2.7"],
  ["mx.example [unknown]", ""],
  ["mx.example", ""],
  ["", ""],
])("the sending host %j has the address %j", (hostIp, address) => {
  expect(addressIn(hostIp)).toBe(address);
});
