import fc from "fast-check";
import { expect, test } from "vitest";
import { PpsError } from "../../../core/errors.ts";
import type { Answer } from "./exchange.ts";
import { repeat } from "./repeat.ts";

const status = (code: number, headers: Record<string, string> = {}): Answer => ({
  reply: { status: code, headers, text: "" },
  reason: "",
});

const lost = (passing: boolean, mayHaveHappened: boolean): Answer => ({
  failure: { passing, error: new PpsError("unreachable", "no answer", { mayHaveHappened }) },
});

const answers = fc.oneof(
  fc.constantFrom(200, 202, 204, 400, 401, 403, 404, 429, 500, 502, 503, 504).map((code) => status(code)),
  fc.tuple(fc.boolean(), fc.boolean()).map(([passing, sent]) => lost(passing, sent)),
);

function play(effect: "read" | "change", script: readonly Answer[], spare: (seconds: number) => boolean = () => true) {
  const waits: number[] = [];
  let sent = 0;
  const last = repeat(
    effect,
    () => script[Math.min(sent++, script.length - 1)] as Answer,
    (seconds) => spare(seconds) && waits.push(seconds) > 0,
  );
  return { last, waits, seen: script.slice(0, sent), sent };
}

test("a change is sent again only where it surely was not begun, and nothing more than twice again", () => {
  fc.assert(
    fc.property(fc.array(answers, { minLength: 3, maxLength: 3 }), (script) => {
      const { seen, sent, last } = play("change", script);
      expect(sent).toBeLessThanOrEqual(3);
      expect(last).toBe(seen.at(-1));
      for (const answer of seen.slice(0, -1)) {
        const isTurnedAway = [429, 503].includes(answer.reply?.status ?? 0);
        const isSurelyNotSent = answer.failure?.passing === true && answer.failure.error.mayHaveHappened !== true;
        expect(isTurnedAway || isSurelyNotSent).toBe(true);
      }
    }),
  );
});

test.each([429, 502, 503, 504])("a read is sent again after %i", (code) => {
  expect(play("read", [status(code), status(200)]).last).toEqual(status(200));
});

test.each([400, 401, 403, 404, 500])("a read is not sent again after %i", (code) => {
  expect(play("read", [status(code), status(200)]).sent).toBe(1);
});

test("what stays wrong is not tried again", () => {
  expect(play("read", [lost(false, false)]).sent).toBe(1);
});

test("waits grow, unless the server asks for a time, in seconds or as a date by its own clock", () => {
  expect(play("read", [status(503)]).waits).toEqual([1, 3]);
  expect(play("read", [status(503, { "retry-after": "7" })]).waits).toEqual([7, 7]);
  const date = "Wed, 04 Mar 2026 12:00:00 GMT";
  const asked = { date, "retry-after": "Wed, 04 Mar 2026 12:00:09 GMT" };
  expect(play("read", [status(429, asked), status(200)]).waits).toEqual([9]);
});

test("where no time is left the answer stands", () => {
  expect(play("read", [status(503), status(200)], () => false)).toMatchObject({ sent: 1, waits: [] });
});
