import { expect, test } from "vitest";
import type { Ask } from "../../../core/steps.ts";
import { type Session, withoutChanges } from "./session.ts";

test("a dry run reads, and sends no change even where a command asks for one", () => {
  const asked: Ask[] = [];
  const reply = { status: 200, text: "{}" };
  const session = {
    ask(request: Ask) {
      asked.push(request);
      return reply;
    },
  } as unknown as Session;
  const dry = withoutChanges(session);
  const read = { kind: "ask", method: "GET", path: "/quarantine", effect: "read" } as Ask;
  expect(dry.ask(read)).toBe(reply);
  for (const effect of ["change", "destroy"] as const) {
    expect(() => dry.ask({ ...read, method: "POST", effect })).toThrow("A dry run would have sent POST /quarantine.");
  }
  expect(asked).toEqual([read]);
});
