import { expect, test } from "vitest";
import { errorCodes, isPpsError, PpsError } from "./errors.ts";

test("every code has an exit code and an HTTP status of its own kind", () => {
  const exits = Object.values(errorCodes).map(({ exitCode }) => exitCode);
  expect(new Set(exits).size).toBe(exits.length);
  for (const exit of exits) expect(exit).toBeGreaterThan(1);
  for (const { httpStatus } of Object.values(errorCodes)) expect(httpStatus).toBeGreaterThanOrEqual(400);
});

test("an error carries what it was given and nothing else", () => {
  const error = new PpsError("busy", "PPS is too busy.", { hint: "Wait.", status: 503, retryAfterSeconds: 5 });
  expect({ ...error, message: error.message }).toEqual({
    name: "PpsError",
    code: "busy",
    message: "PPS is too busy.",
    hint: "Wait.",
    status: 503,
    retryAfterSeconds: 5,
  });
  expect(error).toBeInstanceOf(Error);
  expect(new PpsError("busy", "m")).not.toHaveProperty("cause");
});

test("our error is known by name and code, also from another copy of this code", () => {
  expect(isPpsError(new PpsError("denied", "m"))).toBe(true);
  expect(isPpsError(Object.assign(new Error("m"), { name: "PpsError", code: "denied" }))).toBe(true);
});

test.each([
  undefined,
  null,
  "PpsError",
  new Error("m"),
  { name: "PpsError" },
  { name: "PpsError", code: "toString" },
  { name: "TypeError", code: "denied" },
])("%o is not our error", (value) => {
  expect(isPpsError(value)).toBe(false);
});
