import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { createTransport } from "nodemailer";
import { Agent, request } from "undici";
import { afterEach, expect, test } from "vitest";
import { temporaryDirectory } from "../../test/temporary-directory.ts";
import type { Fault } from "./faults/fault.ts";
import { expandPlaceholders } from "./load/placeholders.ts";
import { readSamples } from "./load/samples.ts";
import type { SimulatorOptions } from "./options.ts";
import { type Simulator, startSimulator } from "./simulator.ts";

const running: { stop(): Promise<unknown> }[] = [];

afterEach(async () => {
  for (const part of running.splice(0).reverse()) await part.stop();
});

async function start(options: SimulatorOptions = {}): Promise<Simulator> {
  const simulator = await startSimulator({ seed: "simulator-test", ...options });
  running.push(simulator);
  return simulator;
}

async function submit(simulator: Simulator, raw: Buffer, to = ["ben@example.com"], from = "ann@shop.test") {
  const [host, port] = simulator.smtp.split(":");
  const transport = createTransport({
    host,
    port: Number(port),
    requireTLS: true,
    tls: { ca: simulator.ca, servername: "localhost" },
  });
  try {
    return await transport.sendMail({ envelope: { from, to }, raw });
  } finally {
    transport.close();
  }
}

async function api(simulator: Simulator, method: "GET" | "POST", path: string, body?: object, as = simulator) {
  const agent = new Agent({ connect: { ca: simulator.ca, cert: as.client?.cert, key: as.client?.key } });
  try {
    const response = await request(`${simulator.api}/rest/v1${path}`, {
      method,
      dispatcher: agent,
      headers: {
        authorization: `Basic ${Buffer.from(`${as.username}:${as.password}`).toString("base64")}`,
        ...(body ? { "content-type": "application/json" } : {}),
      },
      body: body ? JSON.stringify(body) : null,
    });
    return { status: response.statusCode, text: await response.body.text() };
  } finally {
    await agent.destroy();
  }
}

interface Listed {
  guid: string;
  localguid: string;
  folder: string;
}

async function held(simulator: Simulator, folder = "Quarantine"): Promise<Listed[]> {
  const { text } = await api(simulator, "GET", `/quarantine?from=*&folder=${encodeURIComponent(folder)}`);
  return (JSON.parse(text) as { records: Listed[] }).records;
}

const spam = expandPlaceholders(
  Buffer.from("Subject: Offer \u00e4\r\nMessage-ID: <s@shop.test>\r\n\r\n{{GTUBE}}\r\n.dot\r\n", "latin1"),
);

test("spam that came by SMTP over TLS is held, listed, released, and arrives as it was sent", async () => {
  const simulator = await start();
  await submit(simulator, spam, ["ben@example.com", "carla@example.net"]);
  expect(simulator.mailboxes()).toEqual([]);
  const [message] = await held(simulator);
  const release = { action: "release", folder: "Quarantine", localguid: message?.localguid, deletedfolder: "Deleted" };
  expect((await api(simulator, "POST", "/quarantine", release)).status).toBe(200);
  for (const address of ["ben@example.com", "carla@example.net"]) {
    expect(simulator.mailbox(address)).toMatchObject([{ cause: "released", envelope: { from: "ann@shop.test" } }]);
    expect(simulator.mailbox(address)[0]?.raw.equals(spam)).toBe(true);
  }
  expect((await held(simulator, "Deleted")).map(({ guid }) => guid)).toEqual([message?.guid]);
  expect(
    simulator
      .journal()
      .map(({ effect }) => effect)
      .slice(0, 2),
  ).toEqual(["held", "released"]);
});

test("what was accepted for later happens once the clock gets there, and after a restart too", async () => {
  const data = join(temporaryDirectory(), "lab.db");
  const pod: SimulatorOptions = { profile: "pod", data, quirks: { "queued-effect": "late" } };
  const first = await start(pod);
  await submit(first, spam);
  const [message] = await held(first);
  const release = { action: "release", folder: "Quarantine", localguid: message?.localguid };
  first.clock.set(first.clock.now(), true);
  expect((await api(first, "POST", "/quarantine", release)).status).toBe(202);
  expect(first.mailbox("ben@example.com")).toEqual([]);
  await first.stop();
  const second = await start(pod);
  second.clock.advance(86_400_000);
  await second.settle();
  expect(second.mailbox("ben@example.com")).toHaveLength(1);
});

test.each([
  [{ kind: "latency", milliseconds: 10 }, 1],
  [{ kind: "status", status: 503 }, 0],
  [{ kind: "html" }, 0],
  [{ kind: "truncated-json" }, 1],
  [{ kind: "cut-body" }, 1],
  [{ kind: "slow-body", milliseconds: 10 }, 1],
  [{ kind: "refused" }, 0],
  [{ kind: "reset" }, 0],
  [{ kind: "lose-answer" }, 1],
] as [Fault, number][])("a release that meets %j takes place %d times", async (fault, times) => {
  const simulator = await start();
  await simulator.generate({ count: 1 });
  const [message] = await held(simulator);
  const { id } = simulator.faults.add(fault);
  const release = { action: "release", folder: "Quarantine", localguid: message?.localguid };
  await api(simulator, "POST", "/quarantine", release).catch(() => undefined);
  expect(simulator.faults.list()).toMatchObject([{ id, happened: expect.any(Number) }]);
  expect(simulator.faults.list()[0]?.happened).toBeGreaterThan(0);
  expect(simulator.journal().filter(({ effect }) => effect === "released")).toHaveLength(times);
});

test("a release whose answer is lost took place once", async () => {
  const simulator = await start();
  await submit(simulator, spam);
  const [message] = await held(simulator);
  simulator.faults.add({ kind: "lose-answer", action: "release", count: 1 });
  const release = { action: "release", folder: "Quarantine", localguid: message?.localguid };
  await expect(api(simulator, "POST", "/quarantine", release)).rejects.toThrow();
  expect(simulator.mailbox("ben@example.com")).toHaveLength(1);
  expect(simulator.faults.list()).toMatchObject([{ happened: 1 }]);
});

test("an account whose role lacks the module is turned away, a wrong password too", async () => {
  const other = { username: "tracer", password: "p", modules: ["pss" as const] };
  const simulator = await start({ accounts: [other] });
  const as = (account: object) => api(simulator, "GET", "/quarantine?from=*", undefined, { ...simulator, ...account });
  expect((await as({})).status).toBe(200);
  expect((await as(other)).status).toBe(403);
  expect((await as({ password: "wrong" })).status).toBe(401);
});

test("where a client certificate is asked for, the API opens to its holder only", async () => {
  const simulator = await start({ asksClientCertificate: true });
  expect((await api(simulator, "GET", "/quarantine?from=*")).status).toBe(200);
  const bare = { ...simulator, client: undefined };
  await expect(api(simulator, "GET", "/quarantine?from=*", undefined, bare)).rejects.toThrow();
  expect(readFileSync(simulator.client?.certPath as string, "utf8")).toBe(simulator.client?.cert);
});

test("with a data file everything survives a restart: held mail, mailboxes, journal, CA; and ids go on", async () => {
  const data = join(temporaryDirectory(), "deep", "lab.db");
  const first = await start({ data });
  await submit(first, spam);
  await submit(first, Buffer.from("Subject: fine\r\n\r\nText\r\n"), ["carla@example.com"]);
  const [message] = await held(first);
  const journal = first.journal();
  await first.stop();
  const second = await start({ data });
  expect(second.ca).toBe(first.ca);
  expect(await held(second)).toEqual([message]);
  expect(second.journal()).toEqual(journal);
  expect(second.mailbox("carla@example.com")[0]?.raw.toString()).toContain("Subject: fine");
  const raw = await api(second, "GET", `/quarantine?guid=${message?.guid}`);
  expect(raw.text).toContain("GTUBE");
  const { guid } = await second.send({ envelope: { from: "a@shop.test", to: ["ben@example.com"] }, raw: spam });
  expect(journal.map((entry) => entry.guid)).not.toContain(guid);
});

test("with a relay, leaving mail goes there, and the mailboxes say so", async () => {
  const target = await start();
  const simulator = await start({ relay: target.smtp });
  const mail = Buffer.from("Subject: fine \u00e4\r\n\r\n.\r\n..Text\u00ff\r\n", "latin1");
  await submit(simulator, mail);
  expect(target.mailbox("ben@example.com")).toMatchObject([{ envelope: { from: "ann@shop.test" } }]);
  expect(target.mailbox("ben@example.com")[0]?.raw.equals(mail)).toBe(true);
  expect(() => simulator.mailbox("ben@example.com")).toThrow("relay");
});

test("mail that the relay does not take is put off at the door and leaves no trace", async () => {
  const target = await start();
  const lines: string[] = [];
  const simulator = await start({ relay: target.smtp, report: (line) => lines.push(line) });
  await target.stop();
  await expect(submit(simulator, Buffer.from("Subject: fine\r\n\r\nText\r\n"))).rejects.toMatchObject({
    responseCode: 451,
  });
  expect(simulator.stats()).toMatchObject({ traced: 0, journalled: 0 });
  expect(lines.join("\n")).toContain("not taken");
});

test("a directory is sent at the start, and what was refused is told", async () => {
  const load = temporaryDirectory();
  writeFileSync(join(load, "a.eml"), "Subject: a\n\n{{GTUBE}}\n");
  writeFileSync(join(load, "b.eml"), "Subject: b\n\nText\n");
  const envelopes = {
    "a.eml": { from: "", to: ["ben@example.com"] },
    "b.eml": { from: "x@shop.test", to: ["y@elsewhere.test"] },
  };
  writeFileSync(join(load, "envelopes.json"), JSON.stringify(envelopes));
  const { loaded, stats } = await start({ load });
  expect(loaded).toMatchObject({
    accepted: 1,
    refused: [{ name: "b.eml", reason: expect.stringContaining("relaying denied") }],
  });
  expect(stats().held).toMatchObject({ Quarantine: 1 });
});

test("the samples, sent by SMTP from several directories, end where their envelopes say", async () => {
  const load = ["mail", "campaign"].map((name) => fileURLToPath(new URL(`../../samples/${name}`, import.meta.url)));
  const simulator = await start({ load });
  expect(simulator.loaded).toMatchObject({ refused: [] });
  const line = (folder: string, recipients: readonly string[]) => `${folder}: ${[...recipients].sort().join(" ")}`;
  const ended = simulator.journal().map(({ folder, recipients = [] }) => line(folder ?? "deliver", recipients));
  const expected = load
    .flatMap((directory) => [...readSamples(directory)])
    .map(({ expect: end = "", envelope }) => line(end, envelope.to));
  expect(ended.sort()).toEqual(expected.sort());
});

test("rules, folders and domains can be one's own", async () => {
  const rules = 'bulk:\n  folder: "Sales, internal"\n  headers: [{ name: x-sales }]\n';
  const simulator = await start({ rules, folders: ["Sales, internal"], domains: ["house.test"] });
  await submit(simulator, Buffer.from("X-Sales: yes\r\n\r\nText\r\n"), ["ben@house.test"]);
  expect((await held(simulator, "Sales, internal")).map(({ folder }) => folder)).toEqual(["Sales, internal"]);
  await expect(submit(simulator, spam, ["ben@example.com"])).rejects.toMatchObject({ responseCode: 550 });
});

test.each([
  [{ quirks: { "no-such-quirk": "x" } }, "no-such-quirk"],
  [{ rules: "bulk: { folder: Nowhere, headers: [] }" }, '"Nowhere", which is no folder'],
  [{ folders: ["Phish"] }, "twice"],
  [{ relay: "somewhere" }, "expected host:port"],
  [{ load: "/nowhere/at/all" }, "envelopes.json"],
])("a start with %j is refused and leaves nothing open", async (options, sentence) => {
  await expect(start(options)).rejects.toThrow(sentence);
});

test("a taken port is told, and the ports opened before it are free again", async () => {
  const first = await start();
  const controlPort = Number(new URL(first.control).port);
  const probe = await start();
  const apiPort = Number(new URL(probe.api).port);
  await probe.stop();
  await expect(start({ apiPort, controlPort })).rejects.toMatchObject({ code: "EADDRINUSE" });
  const again = await start({ apiPort });
  expect(again.api).toBe(`https://127.0.0.1:${apiPort}`);
});

test("without a data file nothing is left behind", async () => {
  const simulator = await start();
  const directory = dirname(simulator.caPath);
  expect(readFileSync(simulator.caPath, "utf8")).toBe(simulator.ca);
  await simulator.stop();
  await simulator.stop();
  expect(existsSync(directory)).toBe(false);
});
