import { onTestFinished } from "vitest";
import { createPps, type Pps, type PpsOptions } from "../../src/client/index.ts";
import type { Message } from "../../src/commands/index.ts";
import {
  createClock,
  mixedQuirks,
  oppositeQuirks,
  type Simulator,
  type SimulatorOptions,
  startSimulator,
} from "../../src/simulator/index.ts";

/** The gateway's time at the start of every test; it moves only when the client waits or the test says so. */
export const noon = Date.UTC(2026, 2, 4, 12);

/** A gateway, and a client that keeps its time. */
export interface Lab {
  simulator: Simulator;
  pps: Pps;
  /** Calls the gateway does not know: a wrong client is found out here. */
  reported: string[];
  /** How long the client waited, in milliseconds. */
  waits: number[];
  /** Another client of the same gateway. */
  connect(options?: Partial<PpsOptions>): Pps;
}

/** How a gateway differs from others; the name says how to have it again. */
export type Habit = [name: string, options: SimulatorOptions];

const seeds = (process.env.PPS_CONTRACT_SEEDS ?? "1,2,3").split(",");

/** Both profiles, their opposites and seeded mixes: the points of pps-api.md that are not public, either way. */
export const habits: Habit[] = [
  ["on premises", { profile: "onprem" }],
  ["on demand", { profile: "pod" }],
  ["the opposite of on premises", { profile: "onprem", quirks: oppositeQuirks("onprem") }],
  ["the opposite of on demand", { profile: "pod", quirks: oppositeQuirks("pod") }],
  ...seeds.map((seed): Habit => [`the mix of seed ${seed}`, { quirks: mixedQuirks("onprem", seed) }]),
];

export async function openLab(options: SimulatorOptions = {}, client: Partial<PpsOptions> = {}): Promise<Lab> {
  const reported: string[] = [];
  const waits: number[] = [];
  const clock = createClock();
  clock.set(noon, true);
  const report = (line: string) => reported.push(line);
  const simulator = await startSimulator({ seed: "contract", clock, report, ...options });
  onTestFinished(simulator.stop);
  const connect = (more: Partial<PpsOptions> = {}): Pps => {
    const pps = createPps({
      url: simulator.api,
      username: simulator.username,
      password: simulator.password,
      ca: simulator.ca,
      ...cloudOptions(simulator),
      now: clock.now,
      random: () => 0.5,
      sleep: async (milliseconds) => {
        waits.push(milliseconds);
        clock.advance(milliseconds);
        await simulator.settle();
      },
      ...more,
    });
    onTestFinished(pps.close);
    return pps;
  };
  return { simulator, pps: connect(client), reported, waits, connect };
}

/** How a client reaches the gateway's cloud API, where it has one. */
function cloudOptions({ cloud, clientId, clientSecret, clusterId }: Simulator): Partial<PpsOptions> {
  if (cloud === undefined) return {};
  return {
    cloudUrl: cloud,
    cloudTokenUrl: `${cloud}/v1/token`,
    cloudClientId: clientId,
    cloudClientSecret: clientSecret,
    cloudClusterId: clusterId,
    ownDomains: ["example.com"],
  };
}

/** What is told of a made-up message beside its time. */
export interface Sketch {
  folder?: string;
  /** Seconds before noon; negative is later. */
  ago: number;
  guid?: string;
  from?: string;
  rcpts?: string[];
  subject?: string;
}

let made = 0;

/** Holds made-up messages at exact seconds, and gives their guids; some guids begin with - or _ (pps-api.md 2.4). */
export function hold({ simulator }: Lab, sketches: readonly Sketch[]): string[] {
  const messages = sketches.map(({ folder = "Quarantine", ago, ...given }) => {
    made++;
    return {
      guid: `${"-_aZ9"[made % 5]}${made.toString(36).padStart(31, "0")}`,
      folder,
      receivedAt: Math.floor(noon / 1000) - ago,
      subject: "Your invoice",
      messageId: `${made}@mail.shop.example`,
      from: "billing@shop.example",
      rcpts: [`r${made}@example.com`],
      sizeBytes: 2048,
      spamScore: 90,
      hostIp: "[192.0.2.7] [192.0.2.7]",
      processingServer: "pps.example.com",
      dlp: "",
      ...given,
    };
  });
  simulator.store.holdSynthetic(messages);
  return messages.map(({ guid }) => guid);
}

/** Holds one message and lists it, as a user finds it. */
export async function holdOne(lab: Lab, sketch: Partial<Sketch> = {}): Promise<Message> {
  const [guid = ""] = hold(lab, [{ ago: 3600, ...sketch }]);
  const { messages } = await lab.pps.quarantine.list({
    guid,
    since: "30 days",
    folder: [sketch.folder ?? "Quarantine"],
  });
  if (messages[0] === undefined) throw new Error("what was just held is not listed");
  return messages[0];
}

/** Everything that left for an address. */
export function delivered({ simulator }: Lab, address: string) {
  return simulator.mailbox(address);
}

/** Where a message stands now, by the gateway's own store. */
export function foldersOf({ simulator }: Lab, guid: string): string[] {
  const { held } = simulator.stats();
  return Object.keys(held).filter((folder) => {
    const query = {
      folder,
      window: { first: 0, last: 253_402_300_799 },
      sender: "any",
      recipient: "any",
      subject: "any",
      limit: 1e6,
    };
    return simulator.store
      .search(query as Parameters<typeof simulator.store.search>[0])
      .some((one) => one.guid === guid);
  });
}
