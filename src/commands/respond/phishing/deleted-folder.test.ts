import { expect, test } from "vitest";
import { bareContext } from "../../../../test/model/execute.ts";
import { createPps, now } from "../../../../test/model/searched-mail.ts";
import { run } from "../../../core/run.ts";
import { requireFolder } from "./deleted-folder.ts";

function requireOf(status: number, text: string) {
  const system = createPps([], { fate: () => ({ status, text }) });
  return { ask: () => run(requireFolder("Trash", { ...bareContext, now }), system), system };
}

test("a folder that PPS searches is one mail can be put into, for one request", () => {
  const { ask, system } = requireOf(200, '{"count": 0, "records": []}');
  expect(ask()).toEqual([]);
  expect(system.asked).toHaveLength(1);
});

test.each([
  [400, "bad_input", "deletedFolder"],
  [404, "bad_input", "deletedFolder"],
  [403, "denied", undefined],
])("an answer of status %i ends the command with %s", (status, code, field) => {
  const { ask } = requireOf(status, "No such folder");
  expect(ask).toThrow(expect.objectContaining({ code, message: expect.stringContaining("Trash") }));
  if (field !== undefined) expect(ask).toThrow(expect.objectContaining({ field }));
});

test("a PPS that cannot answer is no proof against a folder, and the doubt is told", () => {
  const { ask } = requireOf(503, "busy");
  expect(ask()).toEqual([expect.stringMatching(/^Whether PPS has folder Trash could not be found out: .*busy/)]);
});
