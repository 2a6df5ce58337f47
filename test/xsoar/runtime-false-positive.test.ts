import { expect, test } from "vitest";
import { eicar, identitiesAt, keptAt, openResponseRoom } from "./response-room.ts";

const respond = "proofpoint-pps-respond-false-positive";
const path = "Proofpoint.Response";
const partner = { from: "news@partner.test" };

test("a dry run tells what was checked and sends nothing, and the run releases once, however often it is asked for", async () => {
  const room = await openResponseRoom();
  const [guid] = await room.send(partner);
  const plan = await room.run(respond, { guid, dry_run: "true" });
  expect(plan.errors).toBe("");
  expect(plan.readable).toMatch(
    /^### Plan: Release False Positive\n.*\n.*\n\| planned \| release \| Quarantine \| news@partner\.test \|/m,
  );
  expect(plan.readable).toMatch(/^### Checks\n\|name\|state\|detail\|\n/m);
  expect(await room.effects()).toEqual([]);
  const run = await room.run(respond, { guid });
  expect(run.errors).toBe("");
  expect(identitiesAt(run, path)).toEqual(identitiesAt(plan, path));
  expect(await room.effects()).toEqual(["released"]);
  const again = await room.run(respond, { guid });
  expect(again.errors).toBe("");
  expect(again.readable).toMatch(/^\| unchanged \| release \| Deleted \|/m);
  expect(await room.effects()).toEqual(["released"]);
  expect(room.simulator.mailbox("ann@example.com")).toHaveLength(1);
});

test("what holds it and what was checked go to context", async () => {
  const room = await openResponseRoom();
  const [guid] = await room.send(partner);
  const run = await room.run(respond, { guid, dry_run: "true" });
  expect(keptAt(run, "Proofpoint.ResponseSummary")).toMatchObject([
    {
      command: "respond.false-positive",
      message: { guid, folder: "Quarantine", sender: "news@partner.test", state: "held" },
      checks: expect.arrayContaining([expect.objectContaining({ name: "virus", state: "ok" })]),
      counts: { planned: 1 },
    },
  ]);
});

test("malware is an error with its checks beside it, whatever is asked for", async () => {
  const room = await openResponseRoom();
  const [guid] = await room.send({ ...partner, text: eicar });
  const { errors, readable } = await room.run(respond, { guid, dlp: "true", others: "true", safelist: "user" });
  expect(errors).toMatch(new RegExp(`^release ${guid} in Virus: It is held for malware`));
  expect(readable).toMatch(/^\| virus \| stop \| /m);
  expect(await room.effects()).toEqual([]);
});

test("others held for the same reason are told of, and released where that is asked for", async () => {
  const room = await openResponseRoom();
  const [guid] = await room.send(partner, partner, partner);
  const told = await room.run(respond, { guid, dry_run: "true" });
  expect(told.readable.match(/^\| left \| release \|/gm)).toHaveLength(2);
  expect(told.errors).toBe("");
  const run = await room.run(respond, { guid, others: "true", safelist: "user" });
  expect(run.errors).toBe("");
  expect(run.readable).toMatch(/^\| (done|accepted) \| trust \|/m);
  expect((await room.effects()).filter((effect) => effect === "released")).toHaveLength(3);
});

test("a local id needs its folder, and the error names both as arguments", async () => {
  const room = await openResponseRoom();
  const { errors, calls } = await room.run(respond, { local_guid: "1:1:1" });
  expect(errors).toContain("local_guid names a message in its folder only; name folder_name too.");
  expect(calls).toEqual([]);
});

test("a release whose answer is lost is an error that says so, and is not repeated", async () => {
  const room = await openResponseRoom();
  const [guid] = await room.send(partner);
  room.simulator.faults.add({ kind: "lose-answer", route: "POST /quarantine" });
  const run = await room.run(respond, { guid });
  expect(run.calls.filter(({ request, url }) => request.Method === "POST" && url.endsWith("/quarantine"))).toHaveLength(
    1,
  );
  const [item] = keptAt(run, path);
  expect(item?.outcome === "unknown" ? run.errors : item?.outcome).toMatch(/is not known|^(done|accepted)$/);
  expect(await room.effects()).toEqual(["released"]);
});
