import { randomUUID } from "node:crypto";
import { secopsActions } from "../../src/hosts/secops/catalogue/actions.ts";
import type { ActionReply, GivenValue, TargetEntity } from "../../src/hosts/secops/handler/envelope.ts";
import { handle } from "../../src/hosts/secops/handler/handle.ts";
import { createRetryMemory } from "../../src/hosts/secops/handler/retry-memory.ts";
import { createClock, type Simulator, startSimulator } from "../../src/simulator/index.ts";

/** Who sends the messages that are held, and to whom. */
export const sender = "billing@parcels.example";
export const ann = "ann@example.com";

/** A case over a gateway of its own, whose time stands still but for a minute between actions. */
export interface Room extends AsyncDisposable {
  simulator: Simulator;
  /** Runs an action with some of its parameters; the others are as they start. */
  run(action: string, given: Record<string, GivenValue>, on?: readonly TargetEntity[]): Promise<ActionReply>;
  /** Has a wave of messages held, a second apart, each with its number in the subject. Gives all that is held, oldest first. */
  hold(count: number): Promise<readonly Held[]>;
  /** Sends one mail, a second later; the filters hold what is marked as spam. */
  send(mail: { from: string; subject: string; isSpam: boolean }): Promise<void>;
}

/** What a test needs to know of a held message. */
export interface Held {
  guid: string;
  localguid: string;
}

const gtube = ["XJS*C4JDBQADN1.NSBN3*2IDNEN*", "GTUBE-STANDARD-", "ANTI-UBE-TEST-EMAIL*C.34X"].join("");

/** The same room gives the same replies, to the last id. */
export async function openRoom({ folders = "Quarantine" } = {}): Promise<Room> {
  const clock = createClock();
  clock.set(Date.UTC(2026, 2, 4, 12), true);
  const simulator = await startSimulator({
    seed: "secops",
    clock,
    password: "example-password",
    clientSecret: "example-secret",
    quirks: { "cloud-lists": "present" },
  });
  const { cloud } = simulator;
  if (cloud === undefined) throw new Error("The simulator has no cloud API.");
  const memory = createRetryMemory();
  const config = {
    "Api Root": new URL(simulator.api).origin,
    Username: simulator.username,
    Password: simulator.password,
    "Verify SSL": "true",
    "Quarantine Folders": folders,
    "Threat Protection Api Root": cloud,
    "Client ID": simulator.clientId,
    "Client Secret": simulator.clientSecret,
    "Cluster ID": simulator.clusterId,
  };
  const site = {
    apiRoots: [config["Api Root"], new URL(cloud).origin],
    neverBlock: ["example.com"],
    memory,
    optionsOf: () => ({
      ca: simulator.ca,
      cloudTokenUrl: `${cloud}/v1/token`,
      now: clock.now,
      sleep: async (milliseconds: number) => clock.advance(milliseconds),
    }),
  };
  const room: Room = {
    simulator,
    async run(action, given, on = []) {
      clock.advance(60_000);
      await simulator.settle();
      const declared = secopsActions.find(({ name }) => name === action)?.parameters ?? [];
      const start = Object.fromEntries(declared.map(({ name, defaultValue = "" }) => [name, String(defaultValue)]));
      const reply = await handle(
        {
          version: 1,
          requestId: randomUUID(),
          package: { identifier: "ProofpointProtectionServer", version: "1.0" },
          action,
          parameters: { ...start, ...given },
          config,
          entities: on,
          context: {
            caseId: "4711",
            alertId: null,
            environment: "Default Environment",
            integrationInstance: "instance",
            workflowInstanceId: null,
            budgetMs: 60_000,
          },
        },
        site,
        new AbortController().signal,
      );
      await simulator.settle();
      return reply;
    },
    async hold(count) {
      for (let number = 1; number <= count; number++) {
        await room.send({ from: sender, subject: `Parcel ${number}`, isSpam: true });
      }
      const { json } = await room.run("Find Quarantined Messages", { Sender: sender });
      return (json as unknown as Held[]).reverse();
    },
    async send({ from, subject, isSpam }) {
      const name = `${subject.replace(/\D/g, "")}@${from.split("@")[1]}`;
      const head = [`From: ${from}`, `To: ${ann}`, `Subject: ${subject}`, `Message-ID: <${name}>`];
      clock.advance(1000);
      const raw = Buffer.from([...head, "", isSpam ? gtube : "Hello", ""].join("\r\n"));
      await simulator.send({ envelope: { from, to: [ann] }, raw });
    },
    [Symbol.asyncDispose]: simulator.stop,
  };
  return room;
}
