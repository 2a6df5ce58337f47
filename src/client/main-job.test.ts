import { afterEach, expect, test } from "vitest";
import {
  mixedQuirks,
  oppositeQuirks,
  type Simulator,
  type SimulatorOptions,
  startSimulator,
} from "../simulator/index.ts";
import { diagnose } from "./doctor/diagnose.ts";
import type { PpsOptions } from "./options.ts";
import { createPps, type Pps } from "./pps.ts";
import { fileBytes } from "./reply.ts";

const running: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const stop of running.splice(0).reverse()) await stop();
});

interface Lab {
  simulator: Simulator;
  pps: Pps;
  /** What the simulator could not make sense of: a wrong client is found out here. */
  reported: string[];
}

/** A gateway and a client that share the gateway's clock; waiting moves it, so that no test waits. */
async function open(options: SimulatorOptions = {}, client: Partial<PpsOptions> = {}): Promise<Lab> {
  const reported: string[] = [];
  const simulator = await startSimulator({ seed: "main-job", report: (line) => reported.push(line), ...options });
  running.push(simulator.stop);
  const pps = createPps({ ...optionsFor(simulator), ...client });
  running.push(pps.close);
  return { simulator, pps, reported };
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

/** Lets everything happen that was accepted for later, and tells what happened to one message. */
async function effectsOn({ simulator }: Lab, guid: string) {
  simulator.clock.advance(20 * 60_000);
  await simulator.settle();
  return simulator
    .journal()
    .filter((entry) => entry.guid === guid && entry.effect !== "held")
    .map(({ effect }) => effect);
}

const habits: [string, SimulatorOptions][] = [
  ["on premises", { profile: "onprem" }],
  ["on demand", { profile: "pod" }],
  ["the opposite of on premises", { profile: "onprem", quirks: oppositeQuirks("onprem") }],
  ["the opposite of on demand", { profile: "pod", quirks: oppositeQuirks("pod") }],
  ...["1", "2", "3"].map((seed): [string, SimulatorOptions] => [
    `a mix (seed ${seed})`,
    { profile: "pod", quirks: mixedQuirks("pod", seed) },
  ]),
];

test.each(habits)("the main job is done with the habits of %s", async (_name, options) => {
  const lab = await open(options);
  const { simulator, pps, reported } = lab;
  await hold(lab, 45);
  await hold(lab, 3, "Phish");

  expect(await pps.system.ping()).toMatchObject({ connected: true });
  const listed = await pps.quarantine.list({ sender: "*", folder: ["Quarantine", "Phish"], limit: "all" });
  expect(new Set(listed.messages.map(({ guid }) => guid)).size).toBe(48);
  expect(listed).toMatchObject({ truncated: false });

  const [first, second, third] = listed.messages.filter(({ folder }) => folder === "Quarantine");
  if (first === undefined || second === undefined || third === undefined) throw new Error("too few messages");
  const download = await pps.quarantine.download({ guid: first.guid });
  expect(Buffer.from(fileBytes(download.file)).toString("latin1")).toMatch(/^[\w-]+:/);
  const shown = await pps.message.show({ guid: first.guid, folder: ["Quarantine"] });
  expect(shown.content?.subject).toBeDefined();
  expect(shown.quarantine).toMatchObject([{ guid: first.guid }]);

  const put = { folder: "Quarantine", deletedFolder: "Deleted" };
  for (const [result, guid, effect] of [
    [await pps.quarantine.release({ localGuids: [first.localGuid], ...put }), first.guid, "released"],
    [
      await pps.quarantine.move({ localGuids: [second.localGuid], folder: "Quarantine", targetFolder: "Phish" }),
      second.guid,
      "moved",
    ],
    [await pps.quarantine.delete({ localGuids: [third.localGuid], folder: "Quarantine" }), third.guid, "deleted"],
  ] as const) {
    expect(result.outcomes).toMatchObject([{ outcome: expect.stringMatching(/^(done|accepted)$/) }]);
    expect(await effectsOn(lab, guid)).toEqual([effect]);
  }
  const trace = await pps.trace.search({ sender: first.sender, since: "7 days" });
  expect(trace.truncated).toBe(false);
  expect(reported).toEqual([]);
  expect(simulator.journal().filter(({ effect }) => effect === "released")).toHaveLength(1);
});

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
  const lab = await open({}, { timeoutMs: 300 });
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

test("the doctor finds what is wrong with a gateway", async () => {
  const examine = async (
    options: SimulatorOptions,
    client: (simulator: Simulator) => Partial<PpsOptions> = () => ({}),
  ) => {
    const { simulator } = await open({ accounts: [reader], ...options });
    const states: Record<string, string> = {};
    const examined = { ...optionsFor(simulator), now: Date.now, ...client(simulator) };
    for await (const finding of diagnose(examined)) states[finding.check] = finding.state;
    return states;
  };
  const reader = { username: "reader", password: "reader-secret", modules: ["Quarantine"] as const };
  expect(Object.values(await examine({}))).toEqual(Array.from({ length: 8 }, () => "ok"));
  expect(await examine({ tls: "expired" })).toMatchObject({ certificate: "fail", credentials: "skipped" });
  expect(await examine({ tls: "wrong-name" })).toMatchObject({ certificate: "fail", credentials: "skipped" });
  expect(await examine({}, () => ({ password: "wrong-secret" }))).toMatchObject({ credentials: "fail" });
  expect(await examine({}, () => ({ username: "reader", password: "reader-secret" }))).toMatchObject({
    credentials: "ok",
    "module Quarantine": "ok",
    "module pss": "fail",
  });
  expect(await examine({ asksClientCertificate: true }, ({ client }) => ({ clientCertificate: client }))).toMatchObject(
    {
      credentials: "ok",
    },
  );
});
