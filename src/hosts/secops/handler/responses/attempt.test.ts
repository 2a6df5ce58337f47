import { expect, test } from "vitest";
import type { ResponseItem } from "../../../../commands/index.ts";
import { PpsError } from "../../../../core/errors.ts";
import type { Ask } from "../../../../core/steps.ts";
import type { Run } from "../run.ts";
import { attempt, type Kind } from "./attempt.ts";
import { responseKind } from "./response-items.ts";

const order = { command: "respond.phishing", input: {}, names: {}, dryRun: false };

const planned = (index: number): ResponseItem => ({
  action: "delete",
  outcome: "planned",
  message: "Would delete it.",
  guid: `g${index}`,
  localGuid: `1:1:${index}`,
  folder: "Phish",
});

const deletion = (index: number): Ask => ({
  kind: "ask",
  method: "POST",
  path: "/quarantine",
  body: { action: "delete", folder: "Phish", localguid: `1:1:${index}` },
  effect: "destroy",
  expect: "text",
});

/** A run whose time is over after `sent` requests, of which all but the last were told of. */
function openRun(all: number, sent: number): Run {
  const plan = Array.from({ length: all }, (_, index) => planned(index));
  const changed = plan.slice(0, sent).map((_, index) => deletion(index));
  const client: Run["client"] = {
    async execute(_command, _raw, { agree, found }) {
      await agree?.({ kind: "agree", items: plan, notes: [] });
      found?.(plan.slice(0, sent - 1).map((item) => ({ ...item, outcome: "done", message: "Deleted." })));
      throw new PpsError("unreachable", "The time was over.", { mayHaveHappened: true });
    },
    async close() {},
  };
  return { client, changed, signal: new AbortController().signal, isDone: () => false } as unknown as Run;
}

test("of work that broke off each planned thing has one outcome: told of, sent, or not sent", async () => {
  const { items, end } = await attempt<ResponseItem, object>(openRun(5, 3), order, responseKind);
  expect(items.map(({ guid, outcome }) => [guid, outcome])).toEqual([
    ["g0", "done"],
    ["g1", "done"],
    ["g2", "unknown"],
    ["g3", "failed"],
    ["g4", "failed"],
  ]);
  expect(items[4]?.message).toBe("Not sent: PPS cannot be used: The time was over.");
  expect(end).toBe("PPS cannot be used: The time was over.");
});

test("what was sent without a plan is told of once", async () => {
  const unplanned: Kind<ResponseItem> = {
    ...responseKind,
    identityOf: ({ localGuid = "" }) => localGuid,
    itemOf: ({ body = {} }) => ({ action: "release", outcome: "unknown", message: "", localGuid: `${body.localguid}` }),
  };
  const run = openRun(3, 3);
  const { items } = await attempt<ResponseItem, object>(run, order, unplanned);
  expect(items.filter(({ action }) => action === "release")).toEqual([
    expect.objectContaining({ localGuid: "1:1:2", outcome: "unknown" }),
  ]);
});

test("each thing and each request is looked at a few times, however many there are", async () => {
  let looks = 0;
  const counted = new Proxy(responseKind, {
    get(target, name, receiver) {
      looks++;
      return Reflect.get(target, name, receiver);
    },
  });
  const { items } = await attempt<ResponseItem, object>(openRun(1_000, 500), order, counted);
  expect(items).toHaveLength(1_000);
  expect(looks).toBeGreaterThan(1_000);
  expect(looks).toBeLessThan(5_000);
});
