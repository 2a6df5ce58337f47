import fc from "fast-check";
import { expect, test } from "vitest";
import type { Ask, Effect, Reply } from "../../core/steps.ts";
import { ppsAdvice } from "./advice.ts";
import { createFailure, type FailureKind } from "./failure.ts";
import { sendWithRetry } from "./retry.ts";
import type { Answer } from "./sender.ts";

const at = {
  target: "pps.example.com:10000",
  proxy: undefined,
  change: true,
  timeoutMs: 1000,
  maxReplyBytes: 1000,
  redact: (text: string) => text,
  advice: ppsAdvice,
};

const answer = (status: number, headers: Record<string, string> = {}): Answer => ({
  reply: { status, headers, text: "" },
});
const failure = (kind: FailureKind, sent: boolean): Answer => ({ failure: createFailure(kind, { ...at, sent }) });

async function run(effect: Effect, answers: Answer[], random = 0.5) {
  const request: Ask = { kind: "ask", method: "POST", path: "/quarantine", effect, expect: "text" };
  const waits: number[] = [];
  let sent = 0;
  const options = {
    retries: 3,
    random: () => random,
    now: () => Date.parse("2026-03-04T05:06:07Z"),
    sleep: async (milliseconds: number) => {
      waits.push(milliseconds);
    },
  };
  const result: Reply | Error = await sendWithRetry(request, async () => answers[sent++] ?? answer(200), options).catch(
    (error: Error) => error,
  );
  return { result, waits, sent };
}

test.each([429, 500, 502, 503, 504])("a read is repeated after %i until an answer comes", async (status) => {
  const { result, sent } = await run("read", [answer(status), answer(status)]);
  expect(result).toMatchObject({ status: 200 });
  expect(sent).toBe(3);
});

test.each([200, 204, 400, 401, 403, 404, 501])("a read answered with %i is not repeated", async (status) => {
  const { result, sent } = await run("read", [answer(status)]);
  expect(result).toMatchObject({ status });
  expect(sent).toBe(1);
});

test("a read gives up after the last try and hands on what it got", async () => {
  const { result, sent } = await run(
    "read",
    Array.from({ length: 9 }, () => answer(503)),
  );
  expect(result).toMatchObject({ status: 503 });
  expect(sent).toBe(4);
});

test.each(["change", "destroy"] as const)("a %s is repeated after 429 and 503 only", async (effect) => {
  for (const status of [429, 503]) expect((await run(effect, [answer(status)])).sent).toBe(2);
  for (const status of [500, 502, 504]) expect((await run(effect, [answer(status)])).sent).toBe(1);
});

test.each(["timeout", "reset", "cut-short"] as const)(
  "a change that may have happened (%s) is not repeated, and the error says so",
  async (kind) => {
    const { result, sent } = await run("change", [failure(kind, true)]);
    expect(sent).toBe(1);
    expect(result).toMatchObject({ code: "unreachable", mayHaveHappened: true });
    expect((await run("read", [failure(kind, true)])).sent).toBe(2);
  },
);

test.each(["connection-refused", "connect-timeout", "connect-reset", "no-name-service", "no-route"] as const)(
  "a change that surely was not sent (%s) is repeated",
  async (kind) => {
    expect((await run("change", [failure(kind, false)])).sent).toBe(2);
  },
);

test.each([
  "unknown-host",
  "tls-unknown-authority",
  "tls-expired",
  "tls-wrong-name",
  "tls-not-spoken",
  "proxy-refused",
  "too-large",
  "not-http",
] as const)("%s stays as it is, so that even a read is not repeated", async (kind) => {
  expect((await run("read", [failure(kind, false)])).sent).toBe(1);
});

test("waits grow and are spread over their whole length", async () => {
  const busy = Array.from({ length: 3 }, () => answer(502));
  expect((await run("read", busy, 1)).waits).toEqual([500, 1000, 2000]);
  expect((await run("read", busy, 0)).waits).toEqual([0, 0, 0]);
});

test("Retry-After is waited out, in seconds or as a date", async () => {
  expect((await run("read", [answer(503, { "retry-after": "7" })], 0)).waits).toEqual([7000]);
  const date = "Wed, 04 Mar 2026 05:06:27 GMT";
  expect((await run("read", [answer(429, { "retry-after": date })], 0)).waits).toEqual([20_000]);
});

test("a Retry-After beyond a minute is handed on instead of waited out", async () => {
  const { result, sent } = await run("read", [answer(503, { "retry-after": "61" })]);
  expect(sent).toBe(1);
  expect(result).toMatchObject({ status: 503 });
});

test("no mix of answers sends a change again after one that may have happened", async () => {
  const steps = fc.constantFrom(
    answer(503),
    answer(429),
    answer(502),
    failure("timeout", true),
    failure("reset", true),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(steps, { maxLength: 6 }), async (answers) => {
      const { sent } = await run("change", answers);
      const mayHaveHappened = answers
        .slice(0, sent)
        .filter(
          ({ reply, failure: failed }) => failed?.mayHaveHappened || (reply && ![429, 503].includes(reply.status)),
        );
      return mayHaveHappened.length <= 1;
    }),
  );
});
