import { expect, test } from "vitest";
import { createMailSystem } from "../../test/model/mail-system.ts";
import type { PpsError } from "./errors.ts";
import { collect, countRequests, retell } from "./overhearing.ts";
import { run } from "./run.ts";
import { ask, found, type Steps, together } from "./steps.ts";

const search = { method: "GET", path: "/pss/filter", effect: "read", expect: "text" } as const;

function* sendTwo(): Steps<number[]> {
  const job = function* (name: string): Steps<number> {
    const { status } = yield* ask(search);
    yield* found([name, "secret"]);
    return status;
  };
  return yield* together([job("one"), job("two")]);
}

test("items of jobs that run together are told anew, and those that are not to be told are dropped", () => {
  const system = createMailSystem({ fate: () => ({ status: 204 }) });
  const tell = (item: string) => (item === "secret" ? undefined : `${item}!`);
  expect(run(retell(sendTwo(), tell), system)).toEqual([204, 204]);
  expect(system.items).toEqual(["one!", "two!"]);
});

test("requests are counted wherever they are made, also those whose answer was lost", () => {
  function* careful(): Steps<string> {
    yield* sendTwo();
    try {
      yield* ask({ ...search, path: "/lost" });
    } catch (error) {
      return (error as PpsError).code;
    }
    return "answered";
  }
  const system = createMailSystem({ fate: ({ path }) => (path === "/lost" ? "before" : { text: "" }) });
  expect(run(countRequests(careful()), system)).toEqual({ result: "unreachable", requests: 3 });
});

test("collecting keeps what steps and their jobs find and hands everything else on", () => {
  function* inner(): Steps<string> {
    yield* found([1]);
    const reply = yield* ask(search);
    const job = function* (): Steps<void> {
      yield* found([2, 3]);
    };
    yield* together([job()]);
    return reply.text;
  }
  const system = createMailSystem({ fate: () => ({ text: "hello" }) });
  expect(run(collect<number, string>(inner()), system)).toEqual({ items: [1, 2, 3], result: "hello" });
  expect(system.items).toEqual([]);
  expect(system.asked).toHaveLength(1);
});

test("collecting hands errors in, as the host would", () => {
  function* inner(): Steps<string> {
    try {
      yield* ask(search);
    } catch {
      yield* found(["after"]);
    }
    return "done";
  }
  const system = createMailSystem({ fate: () => "before" });
  expect(run(collect<string, string>(inner()), system)).toEqual({ items: ["after"], result: "done" });
});
