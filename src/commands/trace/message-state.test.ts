import { expect, test } from "vitest";
import { stateOf } from "./message-state.ts";
import { readTraceRecord } from "./record.ts";

test.each([
  [{ Final_Action: "accept" }, "delivered"],
  [{ Final_Action: "Continue" }, "delivered"],
  [{ Final_Action: "reject" }, "stopped"],
  [{ Final_Action: "retry" }, "stopped"],
  [{ Final_Action: "discard" }, "stopped"],
  [{ Final_Action: "discard", Quarantine_Folder: "Phish", current_folder: "" }, "stopped"],
  [{ Final_Action: "discard", Quarantine_Folder: "Phish", current_folder: "Phish" }, "unclear"],
  [{ Final_Action: "redirect" }, "unclear"],
  [{ Final_Action: "" }, "unclear"],
  [{}, "unclear"],
])("a message traced as %j and not held is %s", (record, state) => {
  expect(stateOf(readTraceRecord(record), false)).toBe(state);
});

test("a message with a record in quarantine is held, whatever the trace says of it", () => {
  expect(stateOf(readTraceRecord({ Final_Action: "accept" }), true)).toBe("held");
});
