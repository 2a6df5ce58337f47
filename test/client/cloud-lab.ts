import type { ServerResponse } from "node:http";
import { afterEach, beforeAll } from "vitest";
import { createThreatProtection } from "../../src/client/cloud/threat-protection.ts";
import type { PpsOptions } from "../../src/client/options/options.ts";
import { readSettings } from "../../src/client/options/settings.ts";
import type { Ask, Effect } from "../../src/core/steps.ts";
import type { Authority } from "../../src/simulator/tls/authority.ts";
import { type Answering, makeAuthority, type Seen, startHttps } from "./https-server.ts";

/** What a cloud is to answer, and how its client is to be set. */
export type CloudWishes = { token?: Answering; api?: Answering } & Partial<PpsOptions>;

/** Makes clouds of two servers for the tests of one file, and ends them after each test. */
export function useCloudLab() {
  let authority: Authority;
  const closing: (() => Promise<unknown>)[] = [];
  const closeAll = async () => {
    for (const close of closing.splice(0).reverse()) await close();
  };
  beforeAll(async () => {
    authority = await makeAuthority();
  });
  afterEach(closeAll);

  async function serve(answer: Answering, by = authority) {
    const server = await startHttps(by, answer);
    closing.push(server.close);
    return server;
  }

  /** A token server, the API, and a client whose waits move its clock. */
  async function open(wishes: CloudWishes = {}) {
    const { token = countingTokens(), api = fine, ...options } = wishes;
    const [tokens, lists] = await Promise.all([serve(token), serve(api)]);
    const clock = { now: 1_700_000_000_000, waits: [] as number[] };
    const cloud = createThreatProtection(
      readSettings({
        url: "https://pps.example.com",
        username: "api-admin",
        password: "correct horse",
        ca: authority.cert,
        cloudClientId: "id-1",
        cloudClientSecret: "open & sesame",
        cloudUrl: lists.url,
        cloudTokenUrl: `${tokens.url}/v1/token`,
        now: () => clock.now,
        sleep: async (milliseconds) => {
          clock.now += milliseconds;
          clock.waits.push(milliseconds);
        },
        random: () => 0,
        ...options,
      }),
    );
    closing.push(cloud.close);
    const told: string[] = [];
    const call = (effect: Effect = "read", signal = new AbortController().signal) =>
      cloud.ask(requestOf(effect), signal, (text) => told.push(text));
    const attempt = (effect: Effect = "read") => call(effect).catch((error: unknown) => error);
    return { call, attempt, tokens, lists, clock, told };
  }

  return { open, serve, closeAll, closeLater: (close: () => Promise<unknown>) => closing.push(close) };
}

/** An empty list. */
export const fine: Answering = (_request, response) => response.end('{"entries":[]}');

export function answerToken(response: ServerResponse, token = "token-1", life: object = { expires_in: 3600 }) {
  response.end(JSON.stringify({ access_token: token, token_type: "Bearer", ...life }));
}

/** A token server that counts its tokens: token-1, token-2, ... */
export function countingTokens(life: object = { expires_in: 3600 }): Answering {
  let count = 0;
  return (_request, response) => answerToken(response, `token-${++count}`, life);
}

export const bearers = (seen: readonly Seen[]) => seen.map(({ headers }) => headers.authorization);

function requestOf(effect: Effect): Ask {
  return {
    kind: "ask",
    service: "threat-protection",
    method: effect === "read" ? "GET" : "POST",
    path: "/api/v1/emailProtection/modules/spam/orgBlockList",
    query: [["clusterId", "example hosted"]],
    effect,
    expect: "text",
    ...(effect === "read" ? {} : { body: { action: "add", value: "evil.example" } }),
  };
}
