import { beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { buildBundle } from "../../src/hosts/xsoar/build/bundle.ts";
import { createClock, type Fault, startSimulator } from "../../src/simulator/index.ts";
import "../temporary-directory.ts";
import { instanceParams } from "./instance-params.ts";
import type { EngineName } from "./sandbox/engine/engines.ts";
import { isMujsMissing } from "./sandbox/engine/mujs.ts";
import { type Call, type Run, runCommand } from "./sandbox/sandbox.ts";

// The whole script, run in engines that know ES5 and nothing newer, says what it says in Node's.

const gtube = ["XJS*C4JDBQADN1.NSBN3*2IDNEN*", "GTUBE-STANDARD-", "ANTI-UBE-TEST-EMAIL*C.34X"].join("");
const ann = "ann@example.com";
const subjects = ["Parcel 1", "a|b `x` é 😀 <b>*_#", "Parcel 3", "Parcel 4"];
const lost: Fault = { kind: "lose-answer", route: "POST /quarantine", count: 9 };

const stix = JSON.stringify({
  type: "bundle",
  id: "bundle--3d2a1f0c-5a41-4c7e-9a55-0d2f5b7c1a01",
  objects: [
    {
      type: "indicator",
      id: "indicator--0f1e2d3c-4b5a-4968-8776-a5b4c3d2e1f0",
      pattern: "[domain-name:value = 'parcels.example' OR url:value = 'https://pay.parcels.example/']",
      pattern_type: "stix",
    },
  ],
});

interface Held {
  guid: string;
  localguid: string;
}

/** Runs commands one after another on a gateway of their own that is the same every time. */
async function openRoom(bundle: string, engine: EngineName) {
  const clock = createClock();
  clock.set(Date.UTC(2026, 2, 4, 12), true);
  const simulator = await startSimulator({
    seed: "engines",
    clock,
    password: "pässword",
    clientSecret: "cloud-secret",
    quirks: { "cloud-lists": "present" },
  });
  onTestFinished(simulator.stop);
  for (const subject of subjects) {
    clock.advance(1000);
    const head = [
      "From: billing@parcels.example",
      `To: ${ann}`,
      `Subject: ${subject}`,
      "Message-ID: <1@parcels.example>",
    ];
    const raw = Buffer.from([...head, "", gtube, ""].join("\r\n"));
    await simulator.send({ envelope: { from: "billing@parcels.example", to: [ann] }, raw });
  }
  const params = instanceParams(simulator);
  let integrationContext: Record<string, unknown> = {};
  const run = async (command: string, args: Record<string, unknown> = {}, more: Partial<Call> = {}): Promise<Run> => {
    clock.advance(60_000);
    await simulator.settle();
    const call = { bundle, command, args, params, integrationContext, ca: simulator.ca, clock, engine, ...more };
    const ended = await runCommand(call);
    integrationContext = ended.integrationContext;
    await simulator.settle();
    return ended;
  };
  return { simulator, run, params };
}

/** A bit of everything: what was said, saved, logged and kept, with the gateway's ports taken out. */
async function tour(bundle: string, engine: EngineName): Promise<unknown[]> {
  const { simulator, run, params } = await openRoom(bundle, engine);
  const told: unknown[] = [];
  const tell = async (...order: Parameters<typeof run>): Promise<Run> => {
    const ended = await run(...order);
    const { returned, thrown, logs, waits } = ended;
    const files = [...ended.files].map(([id, bytes]) => [id, bytes.toString("base64")]);
    const text = JSON.stringify({ command: order[0], returned, thrown, logs, waits, files });
    told.push(JSON.parse(text.replace(/127\.0\.0\.1:\d+/g, "gateway")));
    return ended;
  };
  await tell("test-module");
  const found = await tell("proofpoint-pps-list-quarantined-messages", { subject: "*" });
  const held = heldOf(found);
  const at = (index: number) => ({ folder_name: "Quarantine", local_guid: held[index]?.localguid });
  await tell("proofpoint-pps-smart-search", { sender: "billing@parcels.example", start_time: "1 hour, 30 minutes" });
  await tell("proofpoint-pps-smart-search", { start_time: "gibberish" });
  await tell("proofpoint-pps-download-message", { guid: held[1]?.guid });
  await tell("proofpoint-pps-download-message", { guid: "A".repeat(32) });
  await tell("proofpoint-pps-release-message", { ...at(0), deleted_folder: "Deleted", scan: "TRUE" });
  await tell("proofpoint-pps-delete-message", { folder_name: "Quarantine", local_guid: [held[1]?.localguid, "9:9:9"] });
  simulator.faults.add(lost);
  await tell("proofpoint-pps-move-message", { ...at(2), target_folder: "Audit" });
  simulator.faults.clear();
  await tell("proofpoint-pps-create-user", { email: "bob@example.com", fields: '{"lastname": "Ünal 😀"}' });
  await tell("proofpoint-pps-get-user", { email: "bob@example.com" });
  await tell("proofpoint-pps-blocklist-add", { email: "bücher.example,*.evil.test" });
  await tell("proofpoint-pps-blocklist-list");
  const letter = { sender: "billing@parcels.example", folder_name: "Quarantine" };
  await tell("proofpoint-pps-respond-phishing", { ...letter, subject: "Parcel 3", dry_run: "true" });
  await tell("proofpoint-pps-respond-phishing", {
    ...letter,
    subject: "Parcel 3",
    block: "none",
    weak: "true",
    limit: 1,
  });
  await tell("proofpoint-pps-respond-false-positive", { guid: held[0]?.guid, safelist: "user" });
  await tell("proofpoint-pps-hunt", { file: stix, sender: "*@parcels.example", folder_name: '["Quarantine"]' });
  await tell("proofpoint-pps-blocklist-feed", { file: "bad@evil.test\n203.0.113.7\ngmail.com", label: "gate" });
  await tell("proofpoint-quarantine-folders");
  await tell("proofpoint-pps-no-such-command");
  await tell("test-module", {}, { ca: "" });
  await tell("test-module", {}, { params: { ...params, credentials: { identifier: "api", password: "wrong" } } });
  return told;
}

function heldOf({ returned }: Run): Held[] {
  const [entry] = returned as { EntryContext: Record<string, Held[]> }[];
  return Object.values(entry?.EntryContext ?? {})[0] ?? [];
}

let bundle: string;
let expected: unknown[];

beforeAll(async () => {
  bundle = await buildBundle();
});

test("in Node's engine, cut down to ES5, commands work from the test of the connection to a lost answer", async () => {
  expected = await tour(bundle, "node-vm");
  expect(expected[0]).toEqual({ command: "test-module", returned: "ok", logs: [], waits: [], files: [] });
  const text = JSON.stringify(expected);
  expect(text).not.toContain('"thrown"');
  expect(text).not.toContain("fault of its own");
  expect(text).toContain("a\\\\|b \\\\`x\\\\` é 😀 <b>*_#");
  expect(text).not.toMatch(/pässword|cloud-secret/);
  expect(text).toContain("### Plan: Contain Phishing Campaign");
  expect(text).toContain("### Timeline");
});

describe.each(["js-interpreter", "mujs"] as const)("in %s", (engine) => {
  // An interpreter reads the whole script anew for every command: half a minute on a busy machine.
  test.skipIf(engine === "mujs" && isMujsMissing())(
    "they say and do the same",
    async () => {
      expect(await tour(bundle, engine)).toEqual(expected);
    },
    120_000,
  );
});
