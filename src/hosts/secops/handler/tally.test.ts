import { expect, test } from "vitest";
import { resultOf, type Tally } from "./tally.ts";

const item = (name: string) => ({ name, json: { guid: name } });
const because = (name: string, reason = "PPS said no") => ({ ...item(name), reason });

function end(tally: Partial<Tally>) {
  const {
    state = "completed",
    result,
    message,
  } = resultOf(
    { success: [], failed: [], unknown: [], ...tally },
    "Failed to move",
    (names) => `Moved ${names.length}: ${names.join(", ")}`,
  );
  return [state, result, message];
}

test("what a write came to follows one rule", () => {
  expect(end({ success: [item("m1"), item("m2")] })).toEqual(["completed", true, "Moved 2: m1, m2."]);
  expect(end({ success: [item("m1")], failed: [because("m2")] })).toEqual([
    "completed",
    false,
    "Moved 1: m1. Not done: m2 (PPS said no).",
  ]);
  expect(end({ success: [item("m1")], unknown: [because("m2")] })).toEqual([
    "completed",
    false,
    "Moved 1: m1. Outcome unknown: m2 (PPS said no).",
  ]);
  expect(end({ failed: [because("m1")] })).toEqual(["failed", false, "Failed to move: m1 (PPS said no)"]);
  expect(end({ failed: [because("m1"), because("m2")] })).toEqual([
    "failed",
    false,
    "Failed to move: PPS said no. m1, m2.",
  ]);
  expect(end({ failed: [because("m1"), because("m2", "gone")] })).toEqual([
    "failed",
    false,
    "Failed to move: m1 (PPS said no), m2 (gone)",
  ]);
  expect(end({ unknown: [because("m1")], failed: [because("m2")] })).toEqual([
    "timed_out",
    false,
    "Failed to move: m1 (PPS said no). Whether it happened is not known: look before you repeat it. Not done: m2 (PPS said no).",
  ]);
});

test("a name of any length leaves room for the reason", () => {
  const [, , message] = end({ failed: [because("m".repeat(5000))] });
  expect(message).toMatch(/^Failed to move: m{97}\.\.\. \(PPS said no\)$/);
});
