import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { keptAt, openResponseRoom, phisher } from "./response-room.ts";

const hunt = "proofpoint-pps-hunt";
const bundle = readFileSync(new URL("../../samples/intel/bundle.stix.json", import.meta.url), "utf8");

test("messages that indicators name are a table and in context, wherever they are, with counts and times beside them", async () => {
  const room = await openResponseRoom();
  const [held, delivered] = await room.send(
    {},
    { to: "bob@example.com", text: "Pay the fee." },
    { from: "news@shop.example" },
  );
  const run = await room.run(hunt, { indicators: "parcels[.]test, hxxps://pay.parcels[.]test/fee" });
  expect(run.errors).toBe("");
  expect(
    keptAt(run, "Proofpoint.Hunt")
      .map(({ guid, state }) => [guid, state])
      .sort(),
  ).toEqual(
    [
      [held, "held"],
      [delivered, "delivered"],
    ].sort(),
  );
  expect(run.readable).toMatch(
    /^### Hunt For Threats\n\|receivedAt\|state\|sender\|recipients\|subject\|folders\|indicators\|\n/,
  );
  expect(keptAt(run, "Proofpoint.HuntIndicator")).toMatchObject([
    { indicator: "parcels.test", kind: "domain", messages: 2, recipients: 2, state: "searched" },
    { indicator: "https://pay.parcels.test/fee", kind: "url", state: "not_searchable" },
  ]);
  expect(run.readable).toContain("| hxxps://pay[.]parcels[.]test/fee | url | 0 |");
  expect(run.readable).not.toContain("https://");
  expect(run.readable).toMatch(
    /^### Timeline\n\|from\|minutes\|held\|delivered\|stopped\|unclear\|\n.*\n\| 2026-03-04T12:00:00Z \| 1 \| 1 \| 1 \| 0 \| 0 \|\n/m,
  );
  expect(await room.effects()).toEqual([]);
});

test("indicators may be the text of a STIX bundle", async () => {
  const room = await openResponseRoom();
  const [guid] = await room.send({});
  const run = await room.run(hunt, { file: bundle });
  expect(run.errors).toBe("");
  expect(keptAt(run, "Proofpoint.Hunt")).toMatchObject([{ guid, indicators: ["parcels.test"] }]);
  expect(keptAt(run, "Proofpoint.HuntIndicator")).toContainEqual(
    expect.objectContaining({ indicator: "parcels.test", kind: "domain", messages: 1 }),
  );
});

test("nothing found is told as that, and a search that broke off never is", async () => {
  const room = await openResponseRoom();
  const none = await room.run(hunt, { indicators: phisher });
  expect([none.errors, none.readable]).toEqual(["", expect.stringMatching(/^No messages found\.\n/)]);
  room.simulator.faults.add({ kind: "status", status: 500, route: "GET /quarantine" });
  const broken = await room.run(hunt, { indicators: phisher });
  expect(broken.errors).not.toBe("");
  expect(broken.readable).not.toContain("No messages found.");
  room.simulator.faults.add({ kind: "status", status: 500 });
  const dead = await room.run(hunt, { indicators: phisher });
  expect(dead.entries.map(({ Type }) => Type)).toEqual([4]);
});

test.each([
  ["nothing to hunt for", {}, /indicators/],
  ["a text that is no list of indicators", { file: '{"type": "bundle"' }, /file/],
  ["a time that ends before it begins", { indicators: phisher, start_time: "1 day", end_time: "2 days" }, /end_time/],
])("%s is an error that names the argument, and nothing is sent", async (_what, args, name) => {
  const room = await openResponseRoom();
  const { errors, calls, entries } = await room.run(hunt, args);
  expect(entries.map(({ Type }) => Type)).toEqual([4]);
  expect(errors).toMatch(name);
  expect(calls).toEqual([]);
});
