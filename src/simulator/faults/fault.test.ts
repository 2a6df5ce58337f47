import { expect, test } from "vitest";
import { faultKinds, readFault } from "./fault.ts";

test.each([
  [null, "A fault is an object."],
  [{}, "kind of a fault is one of latency"],
  [{ kind: "gremlin" }, "kind of a fault is one of"],
  [{ kind: "status" }, "needs a status"],
  [{ kind: "status", status: 200 }, "400 to 599"],
  [{ kind: "reset", status: 500 }, "has no status"],
  [{ kind: "reset", milliseconds: 5 }, "has no milliseconds"],
  [{ kind: "refused", route: "GET /quarantine" }, "neither route nor action"],
  [{ kind: "reset", route: "/quarantine" }, 'such as "GET /quarantine"'],
  [{ kind: "reset", count: 0 }, "from 1"],
  [{ kind: "reset", probability: 1.5 }, "from 0 to 1"],
  [{ kind: "reset", action: "relase" }, "release, resubmit, forward, move, delete or add"],
  [{ kind: "reset", often: true }, 'has no "often"'],
])("%j is refused in one sentence", (input, sentence) => {
  expect(() => readFault(input)).toThrow(sentence);
});

test("every kind is accepted with as little as it needs", () => {
  for (const kind of faultKinds) {
    const fault = kind === "status" ? { kind, status: 503, retryAfter: "3" } : { kind };
    expect(readFault(fault)).toEqual(fault);
  }
});

test("Retry-After may be given as a number", () => {
  expect(readFault({ kind: "status", status: 429, retryAfter: 5 })).toMatchObject({ retryAfter: "5" });
});
