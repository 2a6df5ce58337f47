import { afterEach, expect, test } from "vitest";
import { effectsOn } from "../../../test/simulator/effects.ts";
import { type Simulator, type SimulatorOptions, startSimulator } from "../../simulator/index.ts";
import type { PpsOptions } from "../options/options.ts";
import { createPps, type Pps } from "../pps.ts";

const running: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const stop of running.splice(0).reverse()) await stop();
});

interface Lab {
  simulator: Simulator;
  pps: Pps;
}

/** A gateway and a client that share the gateway's clock; waiting moves it, so that no test waits. */
async function open(options: SimulatorOptions = {}, client: Partial<PpsOptions> = {}): Promise<Lab> {
  const simulator = await startSimulator({ seed: "faults", ...options });
  running.push(simulator.stop);
  const pps = createPps({ ...optionsFor(simulator), ...client });
  running.push(pps.close);
  return { simulator, pps };
}

function optionsFor(simulator: Simulator): PpsOptions {
  return {
    url: simulator.api,
    username: simulator.username,
    password: simulator.password,
    ca: simulator.ca,
    now: simulator.clock.now,
    sleep: async (milliseconds) => {
      simulator.clock.advance(milliseconds);
      await simulator.settle();
    },
  };
}

async function hold({ simulator }: Lab, count: number, folder = "Quarantine") {
  await simulator.generate({ count, folder, from: "20h", to: "1h", seed: folder });
}

const faults: [string, Parameters<Simulator["faults"]["add"]>[0]][] = [
  ["a lost answer", { kind: "lose-answer", count: 1 }],
  ["a cut answer", { kind: "cut-body", count: 1 }],
  ["a connection dropped before the effect", { kind: "reset", count: 1 }],
  ["503", { kind: "status", status: 503, count: 2 }],
  ["429 with Retry-After", { kind: "status", status: 429, retryAfter: "3", count: 1 }],
  ["502 of a proxy", { kind: "status", status: 502, count: 1 }],
  ["500", { kind: "status", status: 500, count: 1 }],
];

test.each(faults)("%s never releases a message twice, and done means done", async (_name, fault) => {
  const lab = await open();
  await hold(lab, 3);
  const [message] = (await lab.pps.quarantine.list({ sender: "*" })).messages;
  if (message === undefined) throw new Error("nothing is held");
  lab.simulator.faults.add({ ...fault, route: "POST /quarantine" });
  const { outcomes } = await lab.pps.quarantine.release({
    localGuids: [message.localGuid],
    folder: "Quarantine",
    deletedFolder: "Deleted",
  });
  const released = (await effectsOn(lab, message.guid)).filter((effect) => effect === "released").length;
  expect(released).toBeLessThanOrEqual(1);
  if (outcomes[0]?.outcome === "done") expect(released).toBe(1);
  if (["failed", "refused", "not_found"].includes(outcomes[0]?.outcome ?? "")) expect(released).toBe(0);
});

test("a release that timed out is looked after, not repeated", async () => {
  const lab = await open({}, { timeoutMs: 1000 });
  await hold(lab, 1);
  const [message] = (await lab.pps.quarantine.list({ sender: "*" })).messages;
  lab.simulator.faults.add({ kind: "latency", milliseconds: 60_000, count: 1, route: "POST /quarantine" });
  const put = { folder: "Quarantine", deletedFolder: "Deleted" };
  const { outcomes } = await lab.pps.quarantine.release({ localGuids: [message?.localGuid ?? ""], ...put });
  expect(outcomes).toMatchObject([{ outcome: expect.stringMatching(/^(done|unknown)$/) }]);
  expect(await effectsOn(lab, message?.guid ?? "")).toEqual(["released"]);
});

test("connections that are refused for a while delay a change and do not lose it", async () => {
  const lab = await open();
  await hold(lab, 1);
  const [message] = (await lab.pps.quarantine.list({ sender: "*" })).messages;
  await lab.pps.close();
  const fresh = createPps(optionsFor(lab.simulator));
  running.push(fresh.close);
  lab.simulator.faults.add({ kind: "refused", count: 2 });
  const { outcomes } = await fresh.quarantine.release({ localGuids: [message?.localGuid ?? ""], folder: "Quarantine" });
  expect(outcomes).toMatchObject([{ outcome: "done" }]);
  expect(await effectsOn(lab, message?.guid ?? "")).toEqual(["released"]);
});

test("reads survive every passing fault", async () => {
  const lab = await open();
  await hold(lab, 5);
  for (const [, fault] of faults) {
    lab.simulator.faults.add({ ...fault, route: "GET /quarantine" });
    expect((await lab.pps.quarantine.list({ sender: "*" })).messages).toHaveLength(5);
  }
});

test("cut JSON and a login page are errors, never nothing found", async () => {
  const lab = await open();
  await hold(lab, 5);
  for (const kind of ["truncated-json", "html"] as const) {
    lab.simulator.faults.add({ kind, count: 1 });
    await expect(lab.pps.quarantine.list({ sender: "*" })).rejects.toMatchObject({ code: "unexpected" });
  }
});

test("a wrong password and a role without the module are denied, each with its own advice", async () => {
  const account = { username: "reader", password: "reader-secret", modules: ["Quarantine"] as const };
  const { simulator, pps } = await open({ accounts: [account] }, { password: "wrong-secret" });
  await expect(pps.system.ping()).rejects.toMatchObject({ code: "denied", status: 401 });
  const reader = createPps({ ...optionsFor(simulator), username: "reader", password: "reader-secret" });
  running.push(reader.close);
  await expect(reader.trace.search({ since: "1 hour" })).rejects.toMatchObject({
    code: "denied",
    status: 403,
    hint: expect.stringContaining("pss"),
  });
});

test("a gateway that asks for a client certificate gets it, and says so to who has none", async () => {
  const { simulator, pps } = await open({ asksClientCertificate: true });
  await expect(pps.system.ping()).rejects.toMatchObject({ code: "unreachable" });
  const { cert = "", key = "" } = simulator.client ?? {};
  const known = createPps({ ...optionsFor(simulator), clientCertificate: { cert, key } });
  running.push(known.close);
  expect(await known.system.ping()).toMatchObject({ connected: true });
});
