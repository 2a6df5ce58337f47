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

test("a message that is not in the folder the trace names, which was searched to its end, is stopped", () => {
  const discarded = readTraceRecord({ Final_Action: "discard", Quarantine_Folder: "Phish", current_folder: "Phish" });
  expect(stateOf(discarded, false, true)).toBe("stopped");
  expect(stateOf(readTraceRecord({ Final_Action: "redirect" }), false, true)).toBe("unclear");
});

test("a message that was delivered stays so, also where a copy of it was put aside and is gone", () => {
  const copied = readTraceRecord({ Final_Action: "accept", Quarantine_Folder: "Audit", current_folder: "Audit" });
  expect(stateOf(copied, false)).toBe("delivered");
  expect(stateOf(copied, false, true)).toBe("delivered");
});
