import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { makeBuiltPackage } from "../../src/hosts/secops/build/built-package.ts";
import { bundleProgram } from "../../src/hosts/secops/build/program-bundle.ts";
import { findAction } from "../../src/hosts/secops/catalogue/actions.ts";
import { createClock, type Simulator, type SimulatorOptions } from "../../src/simulator/index.ts";
import { openServerLab, type ServerLab } from "../server/lab.ts";
import { temporaryDirectory } from "../temporary-directory.ts";
import { type ActionEnd, type ActionRun, runAction } from "./action-process.ts";
import { settingsFor } from "./reply-server.ts";

/** How actions get from the platform to PPS. */
export const carriers = ["server", "program"] as const;
export type Carrier = (typeof carriers)[number];

/** A gateway that lives in the time of this machine, and what carries actions to it. */
export interface LiveLab {
  simulator: Simulator;
  server: ServerLab;
  /** The settings of an instance, complete. */
  configuration: Record<string, string>;
  /** Has messages held, an hour old, and gives their guids. */
  hold(...sketches: { guid?: string; subject?: string; from?: string; to?: string; folder?: string }[]): string[];
  /** Runs an action as the built package has it, with some of its parameters; the others are as they start. */
  run(action: string, parameters?: Record<string, string>, more?: Partial<ActionRun>): Promise<ActionEnd>;
}

const built = makeBuiltPackage();

let program: Promise<string> | undefined;

async function writeProgram(): Promise<string> {
  program ??= bundleProgram();
  const path = join(temporaryDirectory(), "cli.mjs");
  writeFileSync(path, await program);
  return path;
}

export async function openLiveLab(carrier: Carrier, gateway: SimulatorOptions = {}): Promise<LiveLab> {
  const server = await openServerLab({}, { seed: "secops", clock: createClock(), profile: "onprem", ...gateway });
  const { simulator } = server;
  const { origin } = new URL(simulator.api);
  const certificate = readFileSync(server.server.certificatePath ?? "", "utf8");
  const isProgram = carrier === "program";
  const configuration = {
    ...(isProgram
      ? { "Action Server URL": `node:${await writeProgram()}` }
      : settingsFor(server.server.url, certificate, server.token)),
    "Api Root": origin,
    Username: simulator.username,
    Password: simulator.password,
    "Verify SSL": "true",
    "Quarantine Folders": "Quarantine",
  };
  const settings = join(temporaryDirectory(), "settings.json");
  writeFileSync(settings, JSON.stringify({ apiRoots: [origin], neverBlock: ["example.com"], ca: simulator.caPath }));
  let made = 0;
  return {
    simulator,
    server,
    configuration,
    hold(...sketches) {
      const messages = sketches.map(({ guid, subject = "Your invoice", from, to, folder = "Quarantine" }) => {
        made++;
        return {
          guid: guid ?? `a${made.toString(36).padStart(31, "0")}`,
          folder,
          receivedAt: Math.floor(simulator.clock.now() / 1000) - 1800 - made,
          subject,
          messageId: `${made}@mail.shop.example`,
          from: from ?? "billing@shop.example",
          rcpts: [to ?? "ann@example.com"],
          sizeBytes: 2048,
          spamScore: 90,
          hostIp: "[192.0.2.7] [192.0.2.7]",
          processingServer: "pps.example.com",
          dlp: "",
        };
      });
      simulator.store.holdSynthetic(messages);
      return messages.map((message) => message.guid);
    },
    run(name, parameters = {}, more = {}) {
      const action = findAction(name);
      if (action === undefined) throw new Error(`There is no action ${name}.`);
      const start = action.parameters.map(({ name, defaultValue = "" }) => [name, String(defaultValue)]);
      return runAction({
        scripts: {
          shim: String(built[`ActionsScripts/${action.stem}.py`]),
          bridge: String(built["Managers/pps_bridge.py"]),
        },
        parameters: { ...Object.fromEntries(start), ...parameters },
        configuration,
        env: isProgram ? { PPS_SECOPS_SETTINGS: settings } : {},
        ...more,
      });
    },
  };
}
