import { expect, test } from "vitest";
import { readMessage } from "../../quarantine/message.ts";
import { readTraceRecord } from "../../trace/record.ts";
import { checkReleased } from "./release-check.ts";

const message = readMessage({ folder: "Audit" }, "");
const trace = [readTraceRecord({ Quarantine_Folder: "Bulk" })];

test("a message that was moved is released only from a folder that was named", () => {
  expect(checkReleased({ message, trace }, undefined, false)).toMatchObject({ state: "stop" });
  expect(checkReleased({ message, trace }, undefined, true)).toMatchObject({ state: "warn" });
  expect(checkReleased({ message, trace: [] }, undefined, false)).toMatchObject({ state: "ok" });
});

test("a message among deleted mail is told with what PPS notes of it, cleaned", () => {
  const messagestatus = [{ statusdesc: "Released\n\u001b[31m" }, { statusdesc: "New" }];
  const settled = readMessage({ folder: "Deleted", messagestatus }, "");
  expect(checkReleased({ message: settled, trace }, settled, true)).toEqual({
    name: "released",
    state: "stop",
    detail: "It lies in Deleted: released or deleted already. PPS notes: Released [31m, New.",
  });
});
