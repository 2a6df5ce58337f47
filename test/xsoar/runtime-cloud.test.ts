import { describe, expect, test } from "vitest";
import { noon, openRoom, type Room } from "./runtime-room.ts";

const add = "proofpoint-add-to-blocked-senders-list";
const remove = "proofpoint-remove-from-blocked-senders-list";

interface Kept {
  threatProtection: { token: string; renewAt: number; calls: number[] };
}

const pathsOf = (calls: { url: string }[]) => calls.map(({ url }) => new URL(url).pathname.split("/").at(-1));

const blocked = ({ simulator }: Room) => simulator.organisationLists.entries("block").map(({ value }) => value);

test("a sender is put on the organisation's list and taken off again, in the words of the first released version", async () => {
  const room = await openRoom({ profile: "pod" });
  const added = await room.run(add, { email: "bad@evil.example" });
  expect([added.errors, added.readable]).toEqual([
    "",
    "Successfully added bad@evil.example to the Blocked Senders list",
  ]);
  expect(blocked(room)).toContain("bad@evil.example");
  const removed = await room.run(remove, { email: "bad@evil.example" });
  expect([removed.errors, removed.readable]).toEqual([
    "",
    "Successfully removed bad@evil.example from the Blocked Senders list",
  ]);
  expect(blocked(room)).not.toContain("bad@evil.example");
});

test("own domains and mail providers are not blocked by mistake, and nothing is asked of the cloud", async () => {
  const room = await openRoom({ profile: "pod" });
  for (const email of ["example.com", "gmail.com", "*.co.uk"]) {
    const { errors, calls } = await room.run(add, { email });
    expect(errors).not.toBe("");
    expect(calls).toEqual([]);
  }
});

test("without a key the error says what has to be set, and where", async () => {
  const room = await openRoom({ profile: "pod" });
  const params = { ...room.params, cloud_credentials: undefined, cloud_cluster_id: "" };
  const { errors, calls } = await room.run(add, { email: "bad@evil.example" }, { params });
  expect(errors).toMatch(/the client id \(parameter Threat Protection Client ID\)/);
  expect(errors).toMatch(/the cluster id \(parameter Threat Protection Cluster ID\)/);
  expect(calls).toEqual([]);
});

describe("the token", () => {
  test("is kept between runs until shortly before its end, then fetched anew", async () => {
    const room = await openRoom({ profile: "pod", quirks: { "cloud-token-seconds": "60" } });
    const first = await room.run(add, { email: "bad@evil.example" });
    expect(pathsOf(first.calls)[0]).toBe("token");
    const { integrationContext } = first;
    const { threatProtection } = integrationContext as unknown as Kept;
    expect(threatProtection.renewAt).toBeGreaterThan(noon);
    const second = await room.run(add, { email: "worse@evil.example" }, { integrationContext });
    expect(pathsOf(second.calls)).not.toContain("token");
    room.simulator.clock.advance(threatProtection.renewAt - room.simulator.clock.now());
    const third = await room.run(remove, { email: "bad@evil.example" }, { integrationContext });
    expect(pathsOf(third.calls)[0]).toBe("token");
    expect(third.errors).toBe("");
  });

  test("of another key is not used", async () => {
    const room = await openRoom({ profile: "pod" });
    const kept = {
      threatProtection: {
        clientId: "other",
        tokenUrl: room.params.cloud_token_url,
        token: "t",
        renewAt: noon * 2,
        calls: [],
      },
    };
    const { calls, integrationContext } = await room.run(
      add,
      { email: "bad@evil.example" },
      { integrationContext: { ...kept, mine: 1 } },
    );
    expect(pathsOf(calls)[0]).toBe("token");
    expect(integrationContext).toMatchObject({ mine: 1, threatProtection: { clientId: room.simulator.clientId } });
  });

  test("that is refused before its time is fetched anew, once", async () => {
    const room = await openRoom({ profile: "pod" });
    const { integrationContext } = await room.run(add, { email: "bad@evil.example" });
    const kept = integrationContext as unknown as Kept;
    const stale = { threatProtection: { ...kept.threatProtection, token: "stale-token" } };
    const again = await room.run(add, { email: "worse@evil.example" }, { integrationContext: { ...stale } });
    expect(again.errors).toBe("");
    expect(pathsOf(again.calls).filter((path) => path === "token")).toHaveLength(1);
    room.simulator.faults.add({ kind: "status", status: 401, route: "GET /api/v1/*" });
    const refused = await room.run(add, { email: "third@evil.example" }, { integrationContext: { ...stale } });
    expect(refused.errors).toMatch(/refused the token \(401\)/);
    expect(pathsOf(refused.calls).filter((path) => path === "token")).toHaveLength(1);
  });

  test("and the client secret stand in no entry and no log, whatever the token server answers", async () => {
    const room = await openRoom({ profile: "pod" });
    const { integrationContext } = await room.run(add, { email: "bad@evil.example" });
    const { token } = (integrationContext as unknown as Kept).threatProtection;
    const secrets = [token, room.simulator.clientSecret];
    for (const fault of [
      { kind: "status", status: 500 },
      { kind: "status", status: 403 },
      { kind: "html" },
      { kind: "reset" },
    ] as const) {
      room.simulator.faults.clear();
      room.simulator.faults.add({ ...fault, route: "POST /v1/token" });
      const { entries, logs } = await room.run(add, { email: "worse@evil.example" });
      expect(entries.map(({ Type }) => Type)).toContain(4);
      for (const secret of secrets) expect(JSON.stringify([entries, logs])).not.toContain(secret);
    }
  });
});

describe("ten calls a minute", () => {
  const used = (room: Room, ages: number[]) => ({
    threatProtection: {
      clientId: room.simulator.clientId,
      tokenUrl: room.params.cloud_token_url,
      calls: ages.map((seconds) => noon - seconds * 1000),
    },
  });

  test("that other runs have used up are waited out where the timeout allows it", async () => {
    const room = await openRoom({ profile: "pod" });
    const integrationContext = used(room, [40, 39, 38, 37, 36, 35, 34, 33, 32, 31]);
    const { waits, errors } = await room.run(add, { email: "bad@evil.example" }, { integrationContext });
    expect(errors).toBe("");
    expect(waits[0]).toBe(20);
  });

  test("are an error that names the time to try again where it does not", async () => {
    const room = await openRoom({ profile: "pod" });
    const integrationContext = used(room, [4, 4, 4, 4, 4, 4, 4, 4, 4, 4]);
    const params = { ...room.params, timeout: "30" };
    const { errors, calls } = await room.run(add, { email: "bad@evil.example" }, { integrationContext, params });
    expect(errors).toContain("10 calls a minute");
    expect(errors).toContain("try again at 2026-03-04T12:00:57Z");
    expect(pathsOf(calls)).not.toContain("orgBlockList");
  });

  test("are never exceeded by runs one after another", async () => {
    const room = await openRoom({ profile: "pod" });
    let integrationContext: Record<string, unknown> = {};
    for (let index = 0; index < 8; index++) {
      const run = await room.run(add, { email: `bad${index}@evil.example` }, { integrationContext });
      expect([run.errors, run.calls.filter(({ status }) => status === 429)]).toEqual(["", []]);
      integrationContext = run.integrationContext;
    }
    expect(blocked(room)).toHaveLength(8);
  });
});
