import { expect, test } from "vitest";
import { createMailSystem } from "../../../test/model/mail-system.ts";
import type { PpsError } from "../../core/errors.ts";
import { run } from "../../core/run.ts";
import { ask, found, type Steps, together } from "../../core/steps.ts";
import { countRequests, retell } from "./overhear.ts";

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
