import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { Agent, request } from "undici";
import { type Lab, startLab } from "../scripts/lab.ts";
import { createPps } from "../src/client/index.ts";
import { median, milliseconds, type Row, ratio, timed } from "./row.ts";

const program = fileURLToPath(new URL("../bin/pps.js", import.meta.url));
const bareRoute = fileURLToPath(new URL("bare-route-child.ts", import.meta.url));
const calls = 3000;
const atOnce = 16;
const inTurn = 300;
const absent = { localGuids: ["1:1:999999"], folder: "Quarantine" };

/** The action server against the same commands called in process, and against a bare hono route. */
export async function benchServer(): Promise<Row[]> {
  await using lab = await startLab();
  const state = mkdtempSync(join(tmpdir(), "pps-bench-"));
  const children: ChildProcess[] = [];
  try {
    const made = execFileSync(process.execPath, [program, "tokens", "create", "bench", ...scope, "--state", state]);
    const flags = ["serve", "--port", "0", "--json", "--state", state, "--rate", "1000000"];
    const server = await start([program, ...flags], { ...process.env, ...lab.environment }, children);
    const cert = readFileSync(join(state, "tls", "server.pem"), "utf8");
    const identity = { cert, key: readFileSync(join(state, "tls", "server.key"), "utf8") };
    const bare = await start([bareRoute], { ...process.env, IDENTITY: JSON.stringify(identity) }, children);
    const agent = new Agent({ connect: { ca: cert }, connections: atOnce });
    const authorization = `Bearer ${made.toString().trim()}`;
    const ask = async (url: string, body?: object) => {
      const headers = { authorization, "content-type": "application/json" };
      const method = body === undefined ? "GET" : "POST";
      const answer = await request(url, {
        dispatcher: agent,
        method,
        headers,
        body: body ? JSON.stringify(body) : null,
      });
      const text = await answer.body.text();
      if (answer.statusCode !== 200) throw new Error(text);
    };
    const rows = await compare(lab, server.url, bare.url, ask);
    await agent.destroy();
    return rows;
  } finally {
    for (const child of children) {
      child.kill("SIGTERM");
      await once(child, "close");
    }
    rmSync(state, { recursive: true, force: true });
  }
}

const scope = ["--scope", "read,destroy"];

type Ask = (url: string, body?: object) => Promise<void>;

async function compare(lab: Lab, server: string, bare: string, ask: Ask): Promise<Row[]> {
  // As many connections to PPS as a profile has where nobody says otherwise, on either side.
  await using pps = createPps(lab.options);
  const ping = { here: () => pps.system.ping(), there: () => ask(`${server}/v1/system/ping`) };
  const change = {
    here: () => pps.quarantine.delete(absent),
    there: () => ask(`${server}/v1/quarantine/delete`, absent),
  };
  return [
    await throughput("system.ping through the server", ping.there, "in process", ping.here),
    await throughput(
      "GET /healthz of the server",
      () => ask(`${server}/healthz`),
      "a bare hono route",
      () => ask(bare),
    ),
    await latency("system.ping", ping.there, ping.here),
    await latency("quarantine.delete, written down before and after", change.there, change.here),
  ];
}

async function throughput(what: string, there: Work, other: string, here: Work): Promise<Row> {
  const [measured, against] = [await perSecond(there), await perSecond(here)];
  return {
    what: `${what}, ${atOnce} at a time`,
    measured: `${measured.toFixed(0)} requests a second`,
    against: `${against.toFixed(0)}, ${other}`,
    ratio: ratio(measured, against),
  };
}

async function latency(what: string, there: Work, here: Work): Promise<Row> {
  const [measured, against] = [await medianOf(there), await medianOf(here)];
  return {
    what: `${what} through the server, one after another, median`,
    measured: `${milliseconds(measured)}, ${milliseconds(measured - against)} of it added`,
    against: `${milliseconds(against)}, in process`,
    ratio: ratio(measured, against),
  };
}

type Work = () => Promise<unknown>;

async function perSecond(work: Work): Promise<number> {
  await spread(work, calls / 10);
  return (calls / (await timed(() => spread(work, calls)))) * 1000;
}

async function spread(work: Work, count: number): Promise<void> {
  let left = count;
  const one = async () => {
    while (left-- > 0) await work();
  };
  await Promise.all(Array.from({ length: atOnce }, one));
}

async function medianOf(work: Work): Promise<number> {
  const times: number[] = [];
  for (let index = 0; index < inTurn; index++) times.push(await timed(work));
  return median(times);
}

/** Starts a program that says in a line of JSON where it is. */
export async function start(
  words: readonly string[],
  env: NodeJS.ProcessEnv,
  children: ChildProcess[],
): Promise<{ url: string }> {
  const child = spawn(process.execPath, words, { env, stdio: ["ignore", "pipe", "ignore"] });
  children.push(child);
  const [line] = (await once(createInterface({ input: child.stdout }), "line")) as [string];
  return JSON.parse(line);
}
