import { expect, test } from "vitest";
import { createLimiter } from "./limiter.ts";

function fixture(concurrency: number, requestsPerSecond?: number) {
  let time = 0;
  const waits: number[] = [];
  const limiter = createLimiter({
    concurrency,
    requestsPerSecond,
    monotonic: () => time,
    sleep: async (milliseconds) => {
      waits.push(milliseconds);
    },
  });
  return {
    limiter,
    waits,
    advance: (milliseconds: number) => {
      time += milliseconds;
    },
  };
}

/** Everything that can happen without an outside event has happened. */
const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

test("no more jobs than allowed run at once, and they start in the order they came", async () => {
  const { limiter } = fixture(2);
  const started: number[] = [];
  const finish: (() => void)[] = [];
  const job = (index: number) =>
    limiter.run(() => {
      started.push(index);
      return new Promise<void>((resolve) => finish.push(resolve));
    });
  const all = [0, 1, 2, 3].map(job);
  await turn();
  expect(started).toEqual([0, 1]);
  finish[1]?.();
  await turn();
  expect(started).toEqual([0, 1, 2]);
  finish[0]?.();
  finish[2]?.();
  await turn();
  finish[3]?.();
  await Promise.all(all);
  expect(started).toEqual([0, 1, 2, 3]);
});

test("a job that fails gives its place to the next", async () => {
  const { limiter } = fixture(1);
  const failing = limiter.run(() => Promise.reject(new Error("broken")));
  const next = limiter.run(async () => "done");
  await expect(failing).rejects.toThrow("broken");
  await expect(next).resolves.toBe("done");
});

test("a job aborted while it waits never starts and takes nobody's place", async () => {
  const { limiter } = fixture(1);
  let release = () => {};
  const first = limiter.run(() => new Promise<void>((resolve) => (release = resolve)));
  const stop = new AbortController();
  const aborted = limiter.run(async () => "started", stop.signal);
  const last = limiter.run(async () => "last");
  stop.abort(new Error("enough"));
  await expect(aborted).rejects.toThrow("enough");
  release();
  await first;
  await expect(last).resolves.toBe("last");
  await expect(limiter.run(async () => "after")).resolves.toBe("after");
});

test("jobs are spaced to the rate, counted from when the last one was due", async () => {
  const { limiter, waits, advance } = fixture(10, 4);
  await Promise.all([1, 2, 3].map(() => limiter.run(async () => {})));
  expect(waits).toEqual([250, 500]);
  advance(10_000);
  await limiter.run(async () => {});
  expect(waits).toEqual([250, 500]);
});
