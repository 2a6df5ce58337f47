import { expect, test } from "vitest";
import type { ResponseItem } from "../../src/commands/index.ts";
import type { Agree } from "../../src/core/steps.ts";
import {
  effects,
  guidsOf,
  kinds,
  lastOf,
  listed,
  load,
  open,
  page,
  phisher,
  pod,
  type Sent,
  send,
} from "./campaign-lab.ts";
import type { Lab } from "./lab.ts";

// What is shown before a phish is responded to is what is done afterwards, and nothing else.

/** Runs the command with somebody who answers. */
async function runAsked(
  lab: Lab,
  input: Parameters<Lab["pps"]["respond"]["phishing"]>[0],
  answer: "agreed" | "declined",
) {
  const plans: Agree[] = [];
  const agree = (plan: Agree) => {
    plans.push(plan);
    return answer;
  };
  return { plans, result: await lab.pps.respond.phishing(input, { agree }) };
}

test("a dry run changes nothing and says what it would send", async () => {
  const lab = await open(pod);
  const { reported, held } = await load(lab);
  const start = lastOf(lab);
  const order = { message: reported.raw, sender: phisher, deletedFolder: "deleted" };
  const { outcomes } = await lab.pps.respond.phishing(order, { dryRun: true });
  expect(await effects(lab, start)).toEqual([]);
  const planned = outcomes.filter(({ outcome }) => outcome === "planned");
  expect(guidsOf(planned.filter(({ action }) => action === "delete"))).toEqual(guidsOf(held));
  expect(planned.find(({ action }) => action === "delete")).toMatchObject({
    message: "Would move it to Deleted; nothing was sent.",
    request: { body: { action: "delete", deletedfolder: "Deleted" } },
  });
  expect(kinds(planned, "block")).toContainEqual([phisher, "planned"]);
});

test("whoever is asked sees the whole plan; no to it changes nothing", async () => {
  const lab = await open(pod);
  const { reported, held } = await load(lab);
  const start = lastOf(lab);
  const { plans, result } = await runAsked(lab, { message: reported.raw, sender: phisher }, "declined");
  expect(plans).toHaveLength(1);
  const planned = (plans[0]?.items ?? []) as ResponseItem[];
  expect(guidsOf(planned.filter(({ action }) => action === "delete"))).toEqual(guidsOf(held));
  expect(kinds(planned, "block")).toContainEqual([phisher, "planned"]);
  expect(plans[0]?.notes.join("\n")).toContain("3 mailboxes");
  expect(result).toMatchObject({ outcomes: [], counts: {}, notes: [] });
  expect(await effects(lab, start)).toEqual([]);
});

test("what comes in between plan and agreement is not part of it", async () => {
  const lab = await open(pod);
  const { reported, held } = await load(lab);
  const start = lastOf(lab);
  let late: Sent | undefined;
  const agree = async () => {
    late = await send(lab, { subject: "Your parcel 4799 waits for payment", link: `${page} ${listed}` });
    return "agreed" as const;
  };
  await lab.pps.respond.phishing({ message: reported.raw, block: "none" }, { agree });
  expect(late?.folder).toBe("Phish");
  const deleted = (await effects(lab, start)).filter(({ effect }) => effect === "deleted");
  expect(guidsOf(deleted)).toEqual(guidsOf(held));
});

test("where nothing is held and nobody can be blocked, nobody is asked", async () => {
  const lab = await open(pod);
  const { plans, result } = await runAsked(lab, { subject: "Nothing like it", block: "none" }, "declined");
  expect(plans).toEqual([]);
  const campaign = { messages: 0, first: null, last: null };
  expect(result).toMatchObject({ outcomes: [], counts: {}, campaign, deliveries: [] });
});

test.each(["planned", "done"])(
  "a folder for deleted mail that PPS refuses is found out before anything is %s",
  async (what) => {
    const lab = await open(pod);
    const { reported } = await load(lab);
    const start = lastOf(lab);
    const order = { message: reported.raw, sender: "billing@parcels.test", deletedFolder: "Nope" };
    const run = lab.pps.respond.phishing(order, { dryRun: what === "planned" });
    await expect(run).rejects.toMatchObject({
      code: "bad_input",
      field: "deletedFolder",
      message: expect.stringContaining("Nope"),
    });
    expect(await effects(lab, start)).toEqual([]);
  },
);
