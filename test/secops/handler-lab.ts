import { randomUUID } from "node:crypto";
import { expect, onTestFinished } from "vitest";
import type { ActionReply, GivenValue, TargetEntity } from "../../src/hosts/secops/handler/envelope.ts";
import { handle } from "../../src/hosts/secops/handler/handle.ts";
import { readRequest } from "../../src/hosts/secops/handler/read-request.ts";
import { createRetryMemory } from "../../src/hosts/secops/handler/retry-memory.ts";
import type { HandlerSite } from "../../src/hosts/secops/handler/site.ts";
import type { JournalEntry, Simulator, SimulatorOptions } from "../../src/simulator/index.ts";
import { hold, type Lab, openLab, type Sketch } from "../contract/lab.ts";

/** Both kinds of PPS, each with the cloud API for the organisation's lists. */
export const gateways: [string, SimulatorOptions][] = [
  ["on demand", { profile: "pod" }],
  ["on premises", { profile: "onprem", quirks: { "cloud-lists": "present" } }],
];

/** What a test sends beside action and parameters. */
export interface Wishes {
  config?: Record<string, GivenValue>;
  entities?: TargetEntity[];
  requestId?: string;
  workflow?: string;
  budgetMs?: number;
}

/** A gateway and the handler before it. */
export interface HandlerLab {
  simulator: Simulator;
  site: HandlerSite;
  /** Runs an action as a bridge asks for it, and holds the reply to the rules of the envelope. */
  run(action: string, parameters?: Record<string, GivenValue>, wishes?: Wishes): Promise<ActionReply>;
  /** Holds made-up messages and gives their guids. */
  held(...sketches: Partial<Sketch>[]): string[];
  /** What happened to a message, once all that was accepted has happened. */
  effects(guid: string): Promise<JournalEntry["effect"][]>;
  /** Sends one mail through the filters. */
  send(mail: { from?: string; to?: string[]; subject?: string; text?: string; headers?: string }): Promise<void>;
}

const gtube = ["XJS*C4JDBQADN1.NSBN3*2IDNEN*", "GTUBE-STANDARD-", "ANTI-UBE-TEST-EMAIL*C.34X"].join("");

/** Mail that the filters hold as spam. */
export const spam = { text: gtube };

export async function openHandlerLab(options: SimulatorOptions, more: Partial<HandlerSite> = {}): Promise<HandlerLab> {
  const lab: Lab = await openLab(options);
  const { simulator } = lab;
  const cloud = String(simulator.cloud);
  const site: HandlerSite = {
    apiRoots: [simulator.api, cloud],
    neverBlock: ["example.com"],
    memory: createRetryMemory(),
    optionsOf: () => ({
      ca: simulator.ca,
      cloudTokenUrl: `${cloud}/v1/token`,
      now: simulator.clock.now,
      random: () => 0.5,
      retries: 1,
      sleep: async (milliseconds) => {
        simulator.clock.advance(milliseconds);
        await simulator.settle();
      },
    }),
    onFault: (error) => {
      throw error;
    },
    ...more,
  };
  onTestFinished(() => expect(lab.reported).toEqual([]));
  return {
    simulator,
    site,
    async run(action, parameters = {}, { config, entities = [], requestId, workflow, budgetMs = 60_000 } = {}) {
      const request = {
        version: 1,
        requestId: requestId ?? randomUUID(),
        package: { identifier: "ProofpointProtectionServer", version: "1.0" },
        action,
        parameters,
        config: { ...configOf(simulator), ...config },
        entities,
        context: { integrationInstance: "i-1", workflowInstanceId: workflow ?? null, budgetMs },
      };
      const reply = await handle(readRequest(JSON.stringify(request)), site);
      checkReply(reply, request, simulator);
      return reply;
    },
    held: (...sketches) =>
      hold(
        lab,
        sketches.map((sketch) => ({ ago: 600, ...sketch })),
      ),
    async effects(guid) {
      simulator.clock.advance(20 * 60_000);
      await simulator.settle();
      const entries = simulator.journal().filter((entry) => entry.guid === guid);
      return entries.map(({ effect }) => effect).filter((effect) => effect !== "held");
    },
    async send({
      from = "billing@shop.example",
      to = ["ann@example.com"],
      subject = "Your invoice",
      text = "Hello",
      headers = "",
    }) {
      const raw = `From: <${from}>\r\nTo: <${to.join(">, <")}>\r\nSubject: ${subject}\r\n${headers}Message-ID: <${randomUUID()}@shop.example>\r\n\r\n${text}\r\n`;
      await simulator.send({ envelope: { from, to }, raw: Buffer.from(raw) } as Parameters<Simulator["send"]>[0]);
      simulator.clock.advance(60_000);
      await simulator.settle();
    },
  };
}

/** The configuration of an instance for this gateway. */
export function configOf(simulator: Simulator): Record<string, GivenValue> {
  return {
    "Api Root": simulator.api,
    Username: simulator.username,
    Password: simulator.password,
    "Verify SSL": "true",
    "Quarantine Folders": "Quarantine",
    "Threat Protection Api Root": simulator.cloud ?? null,
    "Client ID": simulator.clientId,
    "Client Secret": simulator.clientSecret,
    "Cluster ID": simulator.clusterId,
  };
}

/** What holds for every reply (secops-platform.md 1.4, 1.6). */
function checkReply(
  reply: ActionReply,
  { requestId, action }: { requestId: string; action: string },
  { password, clientSecret }: Simulator,
): void {
  const { state, result, message, json, tables = [], entities = [], files = [], truncated } = reply;
  expect(reply).toMatchObject({ version: 1, requestId });
  expect(message.length).toBeGreaterThan(0);
  expect(message.length).toBeLessThanOrEqual(4096);
  if (state !== "completed") expect(result).toBe(false);
  const whole = JSON.stringify(reply);
  for (const secret of [password, clientSecret]) expect(whole).not.toContain(secret);
  expect(tables.length).toBeLessThanOrEqual(5);
  for (const { rows } of tables) expect(rows.length).toBeLessThanOrEqual(500);
  expect(files.length).toBeLessThanOrEqual(20);
  for (const { name } of files) expect(name).toMatch(/^[A-Za-z0-9][A-Za-z0-9._@+= -]{0,119}$/);
  for (const { properties } of entities) {
    for (const [key, value] of Object.entries(properties)) {
      expect(key).toMatch(/^PPS_[A-Za-z0-9_]{1,60}$/);
      expect(value.length).toBeLessThanOrEqual(2048);
    }
  }
  if (truncated) expect(message).toMatch(/[Cc]ut |first|[Nn]ot |refused|more/);
  // An empty result is JSON too; only a ping has none (secops-platform.md 6, row 2).
  if (state === "completed") expect(json !== undefined).toBe(action !== "Ping");
}
