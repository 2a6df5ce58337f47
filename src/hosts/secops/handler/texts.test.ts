import { expect, test } from "vitest";
import { PpsError } from "../../../core/errors.ts";
import { fitMessage, listFew, reasonOf } from "./texts.ts";

test("a reason names who did not answer, and what can be done here", () => {
  const refused = new PpsError("unreachable", "192.0.2.7:10000 refused the connection.", { hint: "Check the port." });
  expect(reasonOf(refused)).toBe("PPS cannot be used: 192.0.2.7:10000 refused the connection. Check the port.");
  const flags = new PpsError("bad_input", "That would do harm.", { hint: "Say so with --override." });
  expect(reasonOf(flags)).toBe("That would do harm.");
  expect(reasonOf(new TypeError("x is not a function"))).toMatch(/^the action server failed by a fault of its own/);
});

test("what others wrote stays one bounded line", () => {
  const page = new PpsError("refused", `PPS said: ${"<b>\r\n\u202e".repeat(500)}`);
  expect(reasonOf(page)).not.toMatch(/[\r\n\u202e]/);
  expect(reasonOf(page).length).toBeLessThanOrEqual(300);
  expect(fitMessage("x".repeat(5000))).toHaveLength(4096);
});

test("twenty are named, and how many more there are", () => {
  const names = Array.from({ length: 22 }, (_, index) => `n${index}`);
  expect(listFew(names)).toMatch(/^n0, .*, n19 and 2 more$/);
  expect(listFew(["a", "b"])).toBe("a, b");
});
