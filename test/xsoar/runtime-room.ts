import { onTestFinished } from "vitest";
import { buildBundle } from "../../src/hosts/xsoar/build/bundle.ts";
import type { Entry } from "../../src/hosts/xsoar/entries/entry.ts";
import { createClock, type Simulator, type SimulatorOptions, startSimulator } from "../../src/simulator/index.ts";
import { instanceParams } from "./instance-params.ts";
import { type Call, type Run, runCommand } from "./sandbox/sandbox.ts";

const bundle = await buildBundle();

/** The gateway's and the server's time at the start; it moves only when the script waits. */
export const noon = Date.UTC(2026, 2, 4, 12);

export interface Ended extends Run {
  entries: Entry[];
  /** What all error entries say. */
  errors: string;
  /** What is to be read of all others. */
  readable: string;
}

/** An instance of the integration, and the gateway it is set up for. */
export interface Room {
  simulator: Simulator;
  params: Record<string, unknown>;
  /** The script as it is built. */
  bundle: string;
  run(command: string, args?: Record<string, unknown>, more?: Partial<Call>): Promise<Ended>;
  /** Holds a made-up message and gives its guid. */
  hold(sketch?: Partial<Held>): string;
}

interface Held {
  guid: string;
  folder: string;
  /** Seconds before noon. */
  ago: number;
  from: string;
  subject: string;
  rcpts: string[];
}

export async function openRoom(options: SimulatorOptions = {}): Promise<Room> {
  const clock = createClock();
  clock.set(noon, true);
  const simulator = await startSimulator({ seed: "room", clock, report: () => {}, ...options });
  onTestFinished(simulator.stop);
  const params = { ...instanceParams(simulator), own_domains: "example.com" };
  let made = 0;
  return {
    simulator,
    params,
    bundle,
    async run(command, args = {}, more = {}) {
      const run = await runCommand({ bundle, command, args, params, ca: simulator.ca, clock, ...more });
      if (run.thrown !== undefined) throw new Error(`it threw ${String(run.thrown)} ${run.stack ?? ""}`);
      const entries = Array.isArray(run.returned) ? (run.returned as Entry[]) : [];
      return {
        ...run,
        entries,
        errors: entries.flatMap((entry) => (entry.Type === 4 ? [entry.Contents] : [])).join("\n"),
        readable: entries.flatMap((entry) => (entry.Type === 1 ? [entry.HumanReadable ?? ""] : [])).join("\n"),
      };
    },
    hold({ ago = 3600, ...given } = {}) {
      made++;
      const message = {
        guid: `g${made.toString(36).padStart(31, "0")}`,
        folder: "Quarantine",
        subject: "Your invoice",
        messageId: `${made}@mail.shop.example`,
        from: "billing@shop.example",
        rcpts: ["ann@example.com"],
        sizeBytes: 2048,
        spamScore: 90,
        hostIp: "[192.0.2.7] [192.0.2.7]",
        processingServer: "pps.example.com",
        dlp: "",
        receivedAt: Math.floor(noon / 1000) - ago,
        ...given,
      };
      simulator.store.holdSynthetic([message]);
      return message.guid;
    },
  };
}
