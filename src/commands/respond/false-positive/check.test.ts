import { expect, test } from "vitest";
import { findStop } from "./check.ts";

test("what stops is found among what warns", () => {
  const [ok, warn, stop] = (["ok", "warn", "stop"] as const).map((state) => ({ name: state, state, detail: "" }));
  expect(findStop([ok, warn].filter((one) => one !== undefined))).toBeUndefined();
  expect(findStop([ok, warn, stop].filter((one) => one !== undefined))).toBe(stop);
});
