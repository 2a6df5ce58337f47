import { expect, test } from "vitest";
import { findCommand } from "../../../commands/index.ts";
import type { Command } from "../../../core/command.ts";
import { chooseForm } from "./answer-form.ts";

const list = findCommand("quarantine.list") as Command;
const file = findCommand("quarantine.download") as Command;

test.each([
  [undefined, "json"],
  ["*/*", "json"],
  ["application/json", "json"],
  ["application/jsonl", "lines"],
  ["application/x-ndjson", "lines"],
  ["application/json;q=0.5, application/jsonl", "lines"],
  ["application/jsonl;q=0, */*", "json"],
  ["text/html, application/*;q=0.8", "json"],
])("of a list, %s gets %s", (accept, form) => {
  expect(chooseForm(list, accept)).toBe(form);
});

test("a raw message is given as one, and as nothing else", () => {
  expect(chooseForm(file, "message/*")).toBe("mail");
  expect(() => chooseForm(file, "application/json")).toThrow("quarantine.download answers with message/rfc822.");
});
