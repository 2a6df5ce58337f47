import { expect, test } from "vitest";
import { createGate } from "./gate.ts";

const always = new AbortController().signal;

test("as many as there are places go through, the others in the order they came", async () => {
  const gate = createGate(1, 2);
  const order: string[] = [];
  const exit = await gate.enter(always);
  const second = gate.enter(always).then((leave) => {
    order.push("second");
    leave();
  });
  const third = gate.enter(always).then((leave) => {
    order.push("third");
    leave();
  });
  expect(gate.state()).toEqual({ inside: 1, waiting: 2 });
  exit();
  await Promise.all([second, third]);
  expect(order).toEqual(["second", "third"]);
  expect(gate.state()).toEqual({ inside: 0, waiting: 0 });
});

test("whoever comes when all may wait that can is turned away", async () => {
  const gate = createGate(1, 0);
  await gate.enter(always);
  await expect(gate.enter(always)).rejects.toMatchObject({ code: "overloaded" });
});

test("whoever gives up waiting takes nobody's place", async () => {
  const gate = createGate(1, 5);
  const exit = await gate.enter(always);
  const impatient = new AbortController();
  const waiting = gate.enter(impatient.signal);
  impatient.abort(new Error("enough"));
  await expect(waiting).rejects.toThrow("enough");
  exit();
  exit();
  expect(gate.state()).toEqual({ inside: 0, waiting: 0 });
});
