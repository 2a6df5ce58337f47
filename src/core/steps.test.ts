import { expect, test } from "vitest";
import { createMailSystem } from "../../test/model/mail-system.ts";
import { PpsError } from "./errors.ts";
import { run } from "./run.ts";
import { ask, found, pause, progress, type Steps, together } from "./steps.ts";

const request = { method: "GET", path: "/quarantine", effect: "read", expect: "text" } as const;

function host(text = "hello") {
  return createMailSystem({ fate: () => ({ text }) });
}

test("a command is handed the answer to each step and gives its result", () => {
  const system = host();
  function* work(): Steps<string> {
    const reply = yield* ask(request);
    yield* found([1, 2]);
    yield* found([]);
    yield* pause(250);
    yield* progress("half way");
    return reply.text;
  }
  expect(run(work(), system)).toBe("hello");
  expect(system).toMatchObject({ asked: [{ kind: "ask", ...request }], items: [1, 2], pauses: [250] });
});

test("an error of the host can be answered by the command", () => {
  function* work(): Steps<string> {
    try {
      yield* ask(request);
    } catch (error) {
      return (error as PpsError).code;
    }
    return "no error";
  }
  expect(run(work(), createMailSystem({ fate: () => "before" }))).toBe("unreachable");
});

test("an error that the command does not answer comes out", () => {
  expect(() => run(ask(request), createMailSystem({ fate: () => "before" }))).toThrow(PpsError);
});

test("jobs give their results in their order, and one that throws ends them all", () => {
  function* job(name: string): Steps<string> {
    yield* found([name]);
    if (name === "bad") throw new PpsError("refused", "no");
    return name.toUpperCase();
  }
  const system = host();
  expect(run(together([job("a"), job("b")]), system)).toEqual(["A", "B"]);
  expect(() => run(together([job("c"), job("bad"), job("d")]), system)).toThrow("no");
  expect(system.items).toEqual(["a", "b", "c", "bad"]);
});
