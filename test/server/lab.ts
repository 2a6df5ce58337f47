import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { Writable } from "node:stream";
import { Agent, type Dispatcher, request } from "undici";
import { onTestFinished } from "vitest";
import type { Message } from "../../src/commands/index.ts";
import { type Scope, scopes } from "../../src/hosts/server/access/holder.ts";
import { createTokenStore } from "../../src/hosts/server/access/token-store.ts";
import { type ActionServer, type ServerOptions, startServer } from "../../src/hosts/server/index.ts";
import { statePaths } from "../../src/hosts/server/state/state-directory.ts";
import { createClock, type Simulator, type SimulatorOptions, startSimulator } from "../../src/simulator/index.ts";
import { hold, type Lab, noon, type Sketch } from "../contract/lab.ts";
import { temporaryDirectory } from "../temporary-directory.ts";

/** What came back, whole. */
export interface Answer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  text: string;
  /** The body as JSON; throws where it is none. */
  json(): Record<string, unknown>;
}

/** What is sent beside the body. */
export interface Sent {
  method?: Dispatcher.HttpMethod;
  headers?: Record<string, string>;
  token?: string | null;
  signal?: AbortSignal;
}

/** What the server asks before every request to PPS: shut, it holds the next ones back. */
export interface Turnstile {
  /** Shuts it once so many more have passed; `reached` resolves when a request stands before it. */
  shut(after?: number): { reached: Promise<void>; open(): void };
}

/** A gateway, a server before it, and a caller who trusts the server's made certificate. */
export interface ServerLab {
  simulator: Simulator;
  turnstile: Turnstile;
  server: ActionServer;
  token: string;
  /** Lines of the log so far, each JSON. */
  logged: string[];
  stateDirectory: string;
  /** Posts a body as JSON unless it is text already. */
  post(path: string, body?: unknown, sent?: Sent): Promise<Answer>;
  get(path: string, sent?: Sent): Promise<Answer>;
  /** The answer as it comes, for whoever reads it slowly. */
  open(path: string, body: unknown, sent?: Sent): Promise<Dispatcher.ResponseData>;
  /** Holds made-up messages, and lists them as a caller finds them. */
  held(...sketches: Partial<Sketch>[]): Promise<Message[]>;
  /** The audit log so far, a record each. */
  audited(): Promise<Record<string, unknown>[]>;
  /** What the gateway did to messages, once all that it took has happened. */
  effects(): Promise<string[]>;
  /** Makes a token. */
  tokenFor(order: { name: string; scopes?: readonly Scope[]; profiles?: readonly string[] }): string;
  /** Starts another server on the same state, as after a restart; the first must have ended. */
  restart(options?: Partial<ServerOptions>): Promise<void>;
}

function createTurnstile(simulator: Simulator): Turnstile & { password(): Promise<string> } {
  let isShut = () => false;
  let open = Promise.resolve();
  let reach = () => {};
  return {
    shut(after = 0) {
      const reached = Promise.withResolvers<void>();
      const opened = Promise.withResolvers<void>();
      let passed = 0;
      isShut = () => passed++ >= after;
      reach = reached.resolve;
      open = opened.promise;
      return { reached: reached.promise, open: opened.resolve };
    },
    async password() {
      if (isShut()) {
        reach();
        await open;
      }
      return simulator.password;
    },
  };
}

/** How a client reaches a gateway. */
export function optionsFor(simulator: Simulator): ServerOptions["profiles"][number]["options"] {
  const { cloud, clientId, clientSecret, clusterId } = simulator;
  return {
    url: simulator.api,
    username: simulator.username,
    password: simulator.password,
    ca: simulator.ca,
    retries: 0,
    sleep: async () => {},
    ownDomains: ["example.com"],
    now: simulator.clock.now,
    ...(cloud === undefined
      ? {}
      : {
          cloudUrl: cloud,
          cloudTokenUrl: `${cloud}/v1/token`,
          cloudClientId: clientId,
          cloudClientSecret: clientSecret,
          cloudClusterId: clusterId,
        }),
  };
}

export async function openServerLab(
  options: Partial<ServerOptions> = {},
  gateway: SimulatorOptions = {},
  afterwards: (close: () => Promise<void>) => void = onTestFinished,
): Promise<ServerLab> {
  const clock = createClock();
  clock.set(noon, true);
  const simulator = await startSimulator({ seed: "server", clock, profile: "pod", ...gateway });
  afterwards(simulator.stop);
  const stateDirectory = temporaryDirectory();
  const logged: string[] = [];
  const log = new Writable({
    write(chunk, _encoding, done) {
      logged.push(...String(chunk).trimEnd().split("\n"));
      done();
    },
  });
  const turnstile = createTurnstile(simulator);
  const profiles = [{ name: "lab", options: { ...optionsFor(simulator), password: turnstile.password } }];
  const start = (more: Partial<ServerOptions> = {}) =>
    startServer({ profiles, stateDirectory, port: 0, log, ...options, ...more });
  let server = await start();
  afterwards(() => server.close());
  let agent = agentFor(server);
  afterwards(() => agent.destroy());

  const tokenFor: ServerLab["tokenFor"] = (order) =>
    createTokenStore(statePaths(stateDirectory).tokens).create({ scopes, profiles: ["*"], ...order }).token;
  const token = tokenFor({ name: "soc" });

  function open(path: string, body: unknown, { method = "POST", headers = {}, token: own, signal }: Sent = {}) {
    const shown = own === undefined ? token : own;
    return request(`${server.url}${path}`, {
      method,
      dispatcher: agent,
      headers: {
        ...(shown === null ? {} : { authorization: `Bearer ${shown}` }),
        ...(body === undefined ? {} : { "content-type": "application/json" }),
        ...headers,
      },
      body: body === undefined ? null : typeof body === "string" ? body : JSON.stringify(body),
      ...(signal === undefined ? {} : { signal }),
    });
  }

  async function whole(answer: Promise<Dispatcher.ResponseData>): Promise<Answer> {
    const { statusCode, headers, body } = await answer;
    const text = await body.text();
    return { status: statusCode, headers, text, json: () => JSON.parse(text) };
  }

  return {
    simulator,
    turnstile,
    get server() {
      return server;
    },
    token,
    logged,
    stateDirectory,
    post: (path, body, sent) => whole(open(path, body, sent)),
    get: (path, sent) => whole(open(path, undefined, { method: "GET", ...sent })),
    open,
    tokenFor,
    async held(...sketches) {
      const guids = hold(
        { simulator } as Lab,
        sketches.map((sketch) => ({ ago: 3600, ...sketch })),
      );
      const listed = await whole(open("/v1/quarantine/list", { sender: "*", limit: "all", allFolders: true }));
      const messages = listed.json().messages as Message[];
      return guids.map((guid) => messages.find((message) => message.guid === guid) as Message);
    },
    async audited() {
      const text = await readFile(statePaths(stateDirectory).audit, "utf8");
      return text
        .trimEnd()
        .split("\n")
        .map((line) => JSON.parse(line));
    },
    async effects() {
      simulator.clock.advance(20 * 60_000);
      await simulator.settle();
      return simulator
        .journal()
        .map(({ effect }) => effect)
        .filter((effect) => effect !== "held");
    },
    async restart(more) {
      await agent.destroy();
      server = await start(more);
      agent = agentFor(server);
    },
  };
}

/** A caller who trusts the made certificate and nothing else. */
function agentFor({ certificatePath }: ActionServer): Agent {
  return new Agent(certificatePath === undefined ? {} : { connect: { ca: readFileSync(certificatePath, "utf8") } });
}
