import fc from "fast-check";
import PostalMime from "postal-mime";
import { expect, test } from "vitest";
import { createRandom } from "../random.ts";
import { arrivalTimes } from "./arrival-times.ts";
import { readMoment } from "./moment.ts";
import { composeSynthetic } from "./synthetic-mail.ts";
import { type GenerateOrder, syntheticMessages } from "./synthetic-messages.ts";

const shape = fc.constantFrom("uniform" as const, "burst" as const);

test("arrival times are as many as asked for, in order, and inside the range", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 3000 }), fc.integer({ min: 0, max: 100_000 }), shape, (count, span, kind) => {
      const times = [...arrivalTimes(count, 1000, 1000 + span, kind, createRandom(1))];
      expect(times).toHaveLength(count);
      expect(times).toEqual([...times].sort((a, b) => a - b));
      expect(times[0]).toBeGreaterThanOrEqual(1000);
      expect(times.at(-1)).toBeLessThanOrEqual(1000 + span);
    }),
  );
});

test("uniform mail comes evenly, bursts in waves of tens a second", () => {
  const day = 86_400;
  const busiest = (kind: "uniform" | "burst") => {
    const perSecond = new Map<number, number>();
    for (const at of arrivalTimes(20_000, 0, day, kind, createRandom(1)))
      perSecond.set(at, (perSecond.get(at) ?? 0) + 1);
    return { most: Math.max(...perSecond.values()), seconds: perSecond.size };
  };
  expect(busiest("uniform")).toEqual({ most: 1, seconds: 20_000 });
  expect(busiest("burst").most).toBeGreaterThanOrEqual(30);
  expect(busiest("burst").seconds).toBeLessThanOrEqual(5 * 120);
});

const order: GenerateOrder = { count: 500, folder: "Phish", from: 0, to: 5000, shape: "burst", moduleType: "mail" };

test("the same seed makes the same messages, another seed makes others", () => {
  const make = (seed: string) => [...syntheticMessages(order, createRandom(seed))];
  expect(make("a")).toEqual(make("a"));
  const guids = new Set([...make("a"), ...make("b")].map(({ guid }) => guid));
  expect(guids.size).toBe(1000);
});

test("made-up mail has bounces, several recipients and hostile subjects among it", () => {
  const messages = [...syntheticMessages({ ...order, count: 5000 }, createRandom(1))];
  expect(messages.some(({ from }) => from === "")).toBe(true);
  expect(messages.some(({ rcpts }) => rcpts.length === 3)).toBe(true);
  expect(messages.some(({ subject }) => subject.includes("\u001b"))).toBe(true);
});

test("raw mail of a made-up message says what its record says, is of its size, and always the same", async () => {
  for (const message of syntheticMessages({ ...order, count: 120 }, createRandom("raw"))) {
    const held = { ...message, localGuid: "1:2:3" };
    const raw = composeSynthetic(held);
    expect(raw.equals(composeSynthetic(held))).toBe(true);
    const read = await PostalMime.parse(raw);
    expect(read.subject ?? "").toBe(message.subject);
    expect(read.messageId).toBe(`<${message.messageId}>`);
    expect(read.to?.map(({ address }) => address)).toEqual(message.rcpts);
    expect(raw.length).toBe(Math.max(raw.length, message.sizeBytes));
  }
});

test("no composed line is longer than mail allows, whatever the subject", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", maxLength: 2000 }), (subject) => {
      const [message] = syntheticMessages({ ...order, count: 1 }, createRandom(1));
      const raw = composeSynthetic({ ...(message as NonNullable<typeof message>), localGuid: "", subject });
      for (const line of raw.toString("utf8").split("\r\n")) expect(line.length).toBeLessThanOrEqual(998);
      expect(raw.toString("utf8").split("\r\n\r\n")[0]).not.toMatch(/(^|[^\r])\n|\r[^\n]/);
    }),
  );
});

const now = 1_800_000_000;

test.each([
  ["now", now],
  ["90s", now - 90],
  ["-30 minutes", now - 1800],
  ["24 hours", now - 86_400],
  ["24h", now - 86_400],
  ["7d", now - 7 * 86_400],
  ["1 day ago", now - 86_400],
  ["2026-11-20", Date.UTC(2026, 10, 20) / 1000],
  ["2026-11-20T10:00:00Z", Date.UTC(2026, 10, 20, 10) / 1000],
  ["2026-11-20 10:00+02:00", Date.UTC(2026, 10, 20, 8) / 1000],
])("%s is read as a moment", (text, seconds) => {
  expect(readMoment(text, now)).toBe(seconds);
});

test.each(["", "yesterday", "10", "2026-11-20T10:00:00", "2026-13-40", "3 fortnights"])("%j is refused", (text) => {
  expect(() => readMoment(text, now)).toThrow("is no time");
});
