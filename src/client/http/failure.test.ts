import { expect, test } from "vitest";
import { type Advice, cloudAdvice, ppsAdvice } from "./advice.ts";
import { createFailure } from "./failure.ts";

const at = {
  target: "lists.example",
  proxy: undefined,
  sent: true,
  change: true,
  timeoutMs: 1000,
  maxReplyBytes: 1000,
  redact: (text: string) => text,
  advice: ppsAdvice,
};

test("only a change that was sent may have happened; a read that was sent was seen all the same", () => {
  expect(createFailure("timeout", at)).toMatchObject({ sent: true, mayHaveHappened: true });
  const read = createFailure("timeout", { ...at, change: false });
  expect(read).toMatchObject({ sent: true, mayHaveHappened: false });
  expect(read.error.mayHaveHappened).toBe(false);
  expect(createFailure("connect-reset", at)).toMatchObject({ sent: false, mayHaveHappened: false });
});

test("every failure has the advice that fits who was asked", () => {
  const advice = cloudAdvice("cloudUrl", "PPS_CLOUD_URL");
  for (const kind of Object.keys(ppsAdvice) as (keyof Advice)[]) {
    expect(advice[kind]).not.toMatch(/10000|PPS's own|on PPS\b|PPS needs|between this machine and PPS/);
    if (kind === "redirect") continue;
    expect(createFailure(kind, at).error.hint).toBe(ppsAdvice[kind]);
    expect(createFailure(kind, { ...at, advice }).error.hint).toBe(advice[kind]);
  }
  expect(advice["connection-refused"]).toContain("(option cloudUrl, PPS_CLOUD_URL)");
});
