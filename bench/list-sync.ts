import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { createPps } from "../src/client/index.ts";
import { createClock, type Fault, type Simulator, startSimulator } from "../src/simulator/index.ts";
import { type Row, ratio } from "./row.ts";

const count = 1000;
const noon = Date.UTC(2026, 2, 4, 12);
const lists = "/api/v1/emailProtection/modules/spam/";

/** Twenty calls of a hundred fail, five in each way; each chance is of those that the ways before it left. */
const faults: readonly Fault[] = [
  { kind: "status", status: 503, probability: 5 / 100 },
  { kind: "status", status: 429, probability: 5 / 95 },
  { kind: "reset", probability: 5 / 90 },
  { kind: "lose-answer", probability: 5 / 85 },
];

/** Making the organisation's list equal to a file of 1,000 entries, at the ten calls a minute that the cloud API allows. */
export async function benchListSync(): Promise<Row[]> {
  const calm = await sync([]);
  const rough = await sync(faults);
  // One entry a call is all the API takes, and before the first the list has to be read.
  const least = count + 1;
  const what = `Sync ${count.toLocaleString("en")} entries, 10 calls a minute on a virtual clock`;
  return [
    {
      what,
      measured: `${calm.calls} calls, ${calm.minutes} min`,
      against: `${least} calls, ${Math.floor(least / 10)} min: one call an entry, one to read the list`,
      ratio: ratio(calm.calls, least),
      goal: { text: "at most 1 % more calls", isMet: calm.calls <= least * 1.01 && calm.lost + calm.doubled === 0 },
    },
    {
      what: `${what}, 20 % of calls fail`,
      measured: `${rough.calls} calls, ${rough.minutes} min; ${rough.lost} entries lost, ${rough.doubled} doubled`,
      against: `${calm.calls} calls without faults`,
      ratio: ratio(rough.calls, calm.calls),
      goal: { text: "none lost, none doubled", isMet: rough.lost + rough.doubled === 0 },
    },
  ];
}

async function sync(plan: readonly Fault[]) {
  const clock = createClock();
  clock.set(noon, true);
  const simulator = await startSimulator({ profile: "pod", seed: "sync", clock });
  for (const fault of plan) simulator.faults.add({ ...fault, seed: `sync/${fault.kind}/${fault.status ?? ""}` });
  let calls = 0;
  const tally = (message: unknown) => {
    if ((message as { request: { path: string } }).request.path.startsWith(lists)) calls++;
  };
  subscribe("undici:request:create", tally);
  try {
    await using pps = createPps({
      url: simulator.api,
      username: simulator.username,
      password: simulator.password,
      ca: simulator.ca,
      cloudUrl: String(simulator.cloud),
      cloudTokenUrl: `${simulator.cloud}/v1/token`,
      cloudClientId: simulator.clientId,
      cloudClientSecret: simulator.clientSecret,
      cloudClusterId: simulator.clusterId,
      now: clock.now,
      random: () => 0.5,
      sleep: async (milliseconds) => clock.advance(milliseconds),
    });
    const senders = Array.from({ length: count }, (_, index) => `sender${index}@bulk.test`);
    const { counts } = await pps.blocklist.sync({ file: senders.join("\n") });
    if (plan.length === 0 && counts.accepted !== count) throw new Error(`Outcomes: ${JSON.stringify(counts)}`);
    return { calls, minutes: Math.round((clock.now() - noon) / 60_000), ...judge(simulator, senders) };
  } finally {
    unsubscribe("undici:request:create", tally);
    await simulator.stop();
  }
}

/** By what the gateway itself says it did, not by what the client says of it. */
function judge({ organisationLists, journal }: Simulator, senders: readonly string[]) {
  const standing = new Set(organisationLists.entries("block").map(({ value }) => value));
  const added = journal().filter(({ effect }) => effect === "listed");
  return { lost: senders.filter((sender) => !standing.has(sender)).length, doubled: added.length - standing.size };
}
