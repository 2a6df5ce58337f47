import { expect, test } from "vitest";
import { nearestName } from "./nearest-name.ts";

const names = ["url", "username", "password", "passwordFile", "timeoutMs", "retries"];

test.each([
  ["ulr", "url"],
  ["user_name", "username"],
  ["pasword", "password"],
  ["password-file", "passwordFile"],
  ["TIMEOUT", "timeoutMs"],
  ["retires", "retries"],
  ["colour", undefined],
  ["", undefined],
])("%j most likely means %s", (given, meant) => {
  expect(nearestName(given, names)).toBe(meant);
});
