import { expect, test } from "vitest";
import type { ActionReply } from "./envelope.ts";
import { createRetryMemory } from "./retry-memory.ts";

const reply = (message: string): ActionReply => ({
  version: 1,
  requestId: "0e5a4f7e-3f0c-4a8e-9d63-0c5a4b3e2d1f",
  server: "1",
  state: "completed",
  result: true,
  message,
});

function openMemory() {
  const clock = { now: 0 };
  return { clock, memory: createRetryMemory(() => clock.now) };
}

test("a repeated request gets the first reply, also while that is being made, for ten minutes", async () => {
  const { clock, memory } = openMemory();
  const first = Promise.withResolvers<ActionReply>();
  let calls = 0;
  const work = () => {
    calls++;
    return first.promise;
  };
  const both = Promise.all([memory.once("a", work), memory.once("a", work)]);
  first.resolve(reply("one"));
  expect((await both).map(({ message }) => message)).toEqual(["one", "one"]);
  clock.now = 10 * 60_000 - 1;
  await memory.once("a", work);
  expect(calls).toBe(1);
  clock.now = 10 * 60_000;
  await memory.once("a", work);
  expect(calls).toBe(2);
});

test("what could not be begun may be tried again", async () => {
  const { memory } = openMemory();
  await expect(memory.once("a", () => Promise.reject(new Error("no")))).rejects.toThrow("no");
  expect(await memory.once("a", async () => reply("two"))).toMatchObject({ message: "two" });
});

test("the oldest of too many replies and items are forgotten", async () => {
  const { memory } = openMemory();
  for (let index = 0; index <= 1000; index++) await memory.once(`r${index}`, async () => reply(`${index}`));
  expect((await memory.once("r1", async () => reply("new"))).message).toBe("1");
  expect((await memory.once("r0", async () => reply("new"))).message).toBe("new");
  for (let index = 0; index <= 10_000; index++) memory.noteDone(`i${index}`);
  expect([memory.isDone("i0"), memory.isDone("i1"), memory.isDone("i10000")]).toEqual([false, true, true]);
});

test("what was done is remembered for a day", () => {
  const { clock, memory } = openMemory();
  memory.noteDone("a");
  clock.now = 24 * 3_600_000 - 1;
  expect(memory.isDone("a")).toBe(true);
  clock.now = 24 * 3_600_000;
  expect(memory.isDone("a")).toBe(false);
});
