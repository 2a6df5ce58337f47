import { expect, test } from "vitest";
import { PpsError } from "../../../core/errors.ts";
import { readMessage } from "../../quarantine/message.ts";
import { readTraceRecord } from "../../trace/record.ts";
import type { Suspect } from "./check.ts";
import { judgeTrace } from "./trace-check.ts";

function judge(folder: string, more: Partial<Suspect> = {}) {
  return judgeTrace({ message: readMessage({ folder, localguid: "4:2:6" }, ""), trace: [], ...more });
}

const record = readTraceRecord({ Final_Rule: "spam.definite" });
const spam = ["Adult", "bulk", "Outbound Spam", "Spam", "Suspected Spam"];
const mixed = ["Quarantine", "Audit", "Blocked", "Phish", "PCI", "A folder of the site's own", ""];

test.each([...spam, ...mixed])("with its trace a message in %j may go", (folder) => {
  expect(judge(folder, { trace: [record] })).toBeUndefined();
});

test.each(spam)("without a trace, or the right to it, %s says enough", (folder) => {
  expect(judge(folder)).toBeUndefined();
  expect(judge(folder, { traceError: new PpsError("denied", "no") })).toBeUndefined();
});

test.each(mixed)("without a trace, or the right to it, %j does not", (folder) => {
  expect(judge(folder)).toMatchObject({ check: { state: "stop" }, told: { outcome: "refused", code: "refused" } });
  const traceError = new PpsError("denied", "The account may not do this (403)", { hint: "Tick it.", status: 403 });
  expect(judge(folder, { traceError })).toMatchObject({
    check: { state: "stop", detail: expect.stringContaining("could not be read") },
    told: { outcome: "failed", code: "denied", status: 403, hint: expect.stringMatching(/^Tick it\. If it is known/) },
  });
});

test.each([
  [
    "unexpected",
    undefined,
    /^Try again later\. If it is known to be harmless, the command quarantine release takes it/,
  ],
  ["refused", "Check the address.", /^Try again later\. Check the address\. If it is known/],
  ["busy", "Try again in a minute.", /^Try again in a minute\. If it is known/],
] as const)("a search that failed as %s stops in any folder, whatever was read of it", (code, hint, advice) => {
  for (const folder of [...spam, ...mixed]) {
    for (const trace of [[], [record]]) {
      const traceError = new PpsError(code, "It broke", { hint });
      const detail =
        "Its trace could not be read, so that why it is held, and whether it carries a virus, is not known. It broke.";
      expect(judge(folder, { trace, traceError })).toEqual({
        check: { name: "trace", state: "stop", detail },
        told: { outcome: "failed", code, message: detail, hint: expect.stringMatching(advice) },
      });
    }
  }
});
