import { expect, test } from "vitest";
import { openLab } from "../../../test/contract/lab.ts";

const names = (count: number, label: string) =>
  Array.from({ length: count }, (_, index) => `${label}${index}@bulk.test`);

test("tokens that end long before they said so are renewed without a word", async () => {
  const quirks = { "cloud-token-life": "overstated", "cloud-token-seconds": "60" };
  const { pps, simulator } = await openLab({ profile: "pod", quirks });
  for (let index = 0; index < 3; index++) {
    const { counts } = await pps.blocklist.add({ entries: [`sender${index}@bulk.test`] });
    expect(counts).toEqual({ accepted: 1 });
    simulator.clock.advance(61_000);
  }
  expect(simulator.organisationLists.entries("block")).toHaveLength(3);
});

test.each(["none", "seconds", "date"])(
  "another program that uses up the key's calls delays this one, and nothing is lost (Retry-After: %s)",
  async (header) => {
    const lab = await openLab({ profile: "pod", quirks: { "cloud-retry-after": header } });
    // By a clock of its own: what this process does not know of.
    const other = lab.connect({ now: () => lab.simulator.clock.now() });
    await other.blocklist.add({ entries: names(9, "other") });
    const { counts } = await lab.pps.blocklist.add({ entries: names(9, "own") });
    expect(counts).toEqual({ accepted: 9 });
    expect(lab.simulator.organisationLists.entries("block")).toHaveLength(18);
    expect(lab.waits.length).toBeGreaterThan(0);
  },
);

test("a client that is alone with its key is never told that it asks too often", async () => {
  const { pps, simulator, waits } = await openLab({ profile: "pod" }, { retries: 0 });
  const { counts } = await pps.blocklist.add({ entries: names(35, "sender") });
  expect(counts).toEqual({ accepted: 35 });
  expect(simulator.organisationLists.entries("block")).toHaveLength(35);
  // One call reads the list, 35 change it: the last six begin after three whole windows.
  expect(waits).toEqual([60_050, 60_050, 60_050]);
});

test("clients of one key in one process keep its rate together", async () => {
  const lab = await openLab({ profile: "pod" }, { retries: 0 });
  const clients = [lab.pps, lab.connect({ retries: 0 }), lab.connect({ retries: 0 })];
  const results = await Promise.all(
    clients.map((pps, index) => pps.blocklist.add({ entries: names(9, `client${index}-`) })),
  );
  expect(results.map(({ counts }) => counts)).toEqual([{ accepted: 9 }, { accepted: 9 }, { accepted: 9 }]);
});

test("waits for the rate are told as progress", async () => {
  const { pps } = await openLab({ profile: "pod" });
  const told: string[] = [];
  await pps.blocklist.add({ entries: names(10, "sender") }, { onProgress: (text) => told.push(text) });
  expect(told).toContain("waiting 61 seconds before the next call to Threat Protection");
});

test("a token server that is down for a moment delays a change and does not double it", async () => {
  const { pps, simulator } = await openLab({ profile: "pod" });
  simulator.faults.add({ kind: "status", status: 503, route: "POST /v1/token", count: 2 });
  const { counts } = await pps.blocklist.add({ entries: ["billing@bulk.test"] });
  expect(counts).toEqual({ accepted: 1 });
});
