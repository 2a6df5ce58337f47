import { expect, test } from "vitest";
import { effectsOn } from "../simulator/effects.ts";
import { openRoom } from "./runtime-room.ts";

// Faults of the released integration that lie in how it talks to PPS (xsoar-platform.md 6); those of its tables have a file of their own.

test("the connection test searches the quarantine, and leaves the health page alone", async () => {
  const room = await openRoom({ quirks: { health: "error" } });
  const { returned, calls } = await room.run("test-module");
  expect(returned).toBe("ok");
  expect(new URL(calls[0]?.url ?? "").pathname).toBe("/rest/v1/quarantine");
  expect(calls.filter(({ url }) => url.includes("health"))).toEqual([]);
});

test("there is no login: every request carries its credentials, and nothing else is asked", async () => {
  const room = await openRoom();
  room.hold();
  const { calls } = await room.run("proofpoint-pps-list-quarantined-messages", { from: "*" });
  expect(calls).toHaveLength(1);
  expect(calls[0]?.request).toMatchObject({ Username: room.simulator.username, Password: room.simulator.password });
  expect(Object.keys(calls[0]?.request.Headers ?? {})).not.toContain("Authorization");
});

test("an error of the API keeps its status, its reason and its words", async () => {
  const room = await openRoom();
  room.simulator.faults.add({ kind: "status", status: 500 });
  const { errors } = await room.run("proofpoint-pps-smart-search");
  expect(errors).toMatch(/^Error in API call \[500\] - Internal Server Error\n./);
});

test("one message that is refused does not hide that the others were acted on", async () => {
  const room = await openRoom({ profile: "pod" });
  const [one, two] = [room.hold(), room.hold()];
  const args = { folder_name: "Quarantine", local_guid: [one, "g4fsnj_sTLMk9hECaJwmmxwP6lQkr5k7", two] };
  const { entries, readable, errors } = await room.run("proofpoint-pps-release-message", args);
  expect(entries.map(({ Type }) => Type)).toEqual([1, 4]);
  expect(readable.split("\n")).toHaveLength(2);
  expect(errors).toContain("g4fsnj_sTLMk9hECaJwmmxwP6lQkr5k7");
  expect([await effectsOn(room, one), await effectsOn(room, two)]).toEqual([["released"], ["released"]]);
});

test("what was done before something broke off is told beside the error", async () => {
  const room = await openRoom({ profile: "pod" });
  const [one, two] = [room.hold(), room.hold()];
  const args = { folder_name: "Quarantine", local_guid: [one, two] };
  // The server breaks off the wait for what became of a lost answer.
  const bundle = `var wait = function () { throw "interrupted"; };\n${room.bundle}`;
  room.simulator.faults.add({ kind: "latency", milliseconds: 0, route: "POST /quarantine", count: 1 });
  room.simulator.faults.add({ kind: "lose-answer", route: "POST /quarantine" });
  const { readable, errors } = await room.run("proofpoint-pps-resubmit-message", args, { bundle });
  expect(readable).toContain(one);
  expect(errors).toContain("interrupted");
});
