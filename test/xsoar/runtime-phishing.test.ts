import { expect, test } from "vitest";
import { identitiesAt, keptAt, openResponseRoom, phisher } from "./response-room.ts";

const respond = "proofpoint-pps-respond-phishing";
const path = "Proofpoint.Response";

test("a dry run is told as a plan and sends nothing, and the run does what was planned", async () => {
  const room = await openResponseRoom();
  const [guid] = await room.send({}, {}, { to: "bob@example.com", text: "Pay the fee." });
  const plan = await room.run(respond, { guid, deleted_folder: "Deleted", dry_run: "true" });
  expect(plan.errors).toBe("");
  expect(plan.readable).toContain(
    "### Plan: Contain Phishing Campaign\n|outcome|action|score|folder|sender|subject|message|\n",
  );
  expect(
    plan.readable.match(/^\| planned \| delete \| \d+ \| Quarantine \| .*Would move it to Deleted/gm),
  ).toHaveLength(2);
  expect(plan.readable).toMatch(/^\| planned \| block \| .*billing@parcels\.test/m);
  expect(plan.calls.filter(({ request }) => request.Method !== "GET").map(({ url }) => new URL(url).pathname)).toEqual([
    "/v1/token",
  ]);
  expect(JSON.stringify(keptAt(plan, path))).not.toContain('"request"');
  expect(await room.effects()).toEqual([]);

  const run = await room.run(respond, { guid, deleted_folder: "Deleted", dry_run: "false" });
  expect(run.errors).toBe("");
  expect(run.readable).toContain("### Contain Phishing Campaign\n");
  expect(run.readable.match(/^\| (done|accepted) \| delete \|/gm)).toHaveLength(2);
  expect((await room.effects()).filter((effect) => !effect.startsWith("user-")).sort()).toEqual([
    "deleted",
    "deleted",
    "listed",
  ]);
  // What came of the plan takes its place in context.
  expect(identitiesAt(run, path).sort()).toEqual(identitiesAt(plan, path).sort());
});

test("who got it delivered is a table, and in context for the tool that can take it back", async () => {
  const room = await openResponseRoom();
  const [guid, , delivered] = await room.send({}, {}, { to: "bob@example.com", text: "Pay the fee." });
  const run = await room.run(respond, { guid, block: "none", dry_run: "true" });
  expect(keptAt(run, "Proofpoint.ResponseDelivery")).toEqual([
    expect.objectContaining({ recipient: "bob@example.com", guid: delivered, sender: phisher }),
  ]);
  expect(run.readable).toMatch(
    /^### Delivered\n\|recipient\|sender\|subject\|receivedAt\|\n.*\n\| bob@example\.com \|/m,
  );
  expect(run.readable).toContain("PPS cannot take mail back from mailboxes");
  expect(keptAt(run, "Proofpoint.ResponseSummary")).toMatchObject([
    {
      command: "respond.phishing",
      campaign: { held: 2, delivered: 1 },
      indicators: [{ envelopeSender: phisher, subject: "Your parcel 4001 waits" }],
      counts: { planned: 2, left: 1 },
      truncated: false,
    },
  ]);
});

test("without a guid, sender and subject are enough, and mail that is not alike is left", async () => {
  const room = await openResponseRoom();
  await room.send({}, {}, { from: "news@shop.example", subject: "Spring offers" });
  const run = await room.run(respond, { sender: phisher, subject: "Your parcel 4711 waits", block: "none" });
  expect(run.errors).toBe("");
  expect(run.readable.match(/^\| (done|accepted) \| delete \|/gm)).toHaveLength(2);
  expect(run.readable).not.toContain("shop.example");
  expect(await room.effects()).toEqual(["deleted", "deleted"]);
});

test("what was not done is an error beside the rest, and names the message", async () => {
  const room = await openResponseRoom();
  const [guid, other] = await room.send({}, {});
  room.simulator.faults.add({ kind: "lose-answer", route: "POST /quarantine" });
  const run = await room.run(respond, { guid, block: "none" });
  expect(run.errors).toMatch(
    new RegExp(`^delete ${guid} in Quarantine: .*Whether the delete took effect is not known\\.`, "m"),
  );
  expect(run.errors).toContain(String(other));
  expect(run.readable).toContain("### Contain Phishing Campaign");
  expect(keptAt(run, path).map(({ outcome }) => outcome)).toEqual(["unknown", "unknown"]);
});

test("a sender that the guard rails refuse is an error, while the mail is deleted all the same", async () => {
  const room = await openResponseRoom();
  const [guid] = await room.send({ from: "boss@example.com" });
  const run = await room.run(respond, { guid, block: "domain" });
  expect(run.errors).toMatch(/^block @?example\.com: /);
  expect(run.readable).toMatch(/^\| (done|accepted) \| delete \|/m);
  expect(await room.effects()).toEqual(["deleted"]);
});

test("without a key of the cloud API nobody is blocked, which is said and is no failure", async () => {
  const room = await openResponseRoom({ cloud_credentials: undefined });
  const [guid] = await room.send({});
  const run = await room.run(respond, { guid });
  expect(run.errors).toBe("");
  expect(run.readable).toMatch(/^\| left \| block \| .*Not blocked: billing@parcels\.test\./m);
});

test("nothing to go by is an error in the names of the arguments, and nothing is sent", async () => {
  const room = await openResponseRoom();
  const { errors, calls } = await room.run(respond, { start_time: "2 days", weak: "true" });
  expect(errors).toBe("One of guid, sender, subject, message_id must say what was reported.");
  expect(calls).toEqual([]);
});

test("a guid of which nothing is known is an error, never an empty campaign", async () => {
  const room = await openResponseRoom();
  const { entries, errors } = await room.run(respond, { guid: "A".repeat(32) });
  expect(entries.map(({ Type }) => Type)).toEqual([4]);
  expect(errors).not.toBe("");
});

test("a subject that would break out of a table stays in its cell", async () => {
  const room = await openResponseRoom();
  const [guid] = await room.send({ subject: "a|b `x` <b>" });
  const { readable } = await room.run(respond, { guid, dry_run: "true" });
  expect(readable).toContain("| a\\|b \\`x\\` <b> |");
});

test("more than the limit is an error beside what was deleted, for the campaign is not gone", async () => {
  const room = await openResponseRoom();
  const [guid] = await room.send({}, {}, {});
  const run = await room.run(respond, { guid, block: "none", limit: "2" });
  expect(run.errors).toContain("because of the limit of 2");
  expect(run.readable.match(/^\| (done|accepted) \| delete \|/gm)).toHaveLength(2);
});

test("a quarantine that is too slow to be searched is an error, and nothing is deleted", async () => {
  const room = await openResponseRoom({ timeout: "1", folders: "Quarantine" });
  const [guid] = await room.send({});
  room.simulator.faults.add({ kind: "latency", milliseconds: 30_000, route: "GET /quarantine" });
  const { errors } = await room.run(respond, { guid, block: "none" });
  expect(errors).toMatch(/within 1 second/);
  expect(await room.effects()).toEqual([]);
});
