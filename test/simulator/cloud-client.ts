import { Agent, request } from "undici";
import {
  type OrganisationEntry,
  type Simulator,
  type SimulatorOptions,
  startSimulator,
} from "../../src/simulator/index.ts";
import { start } from "./api-server.ts";

/** An answer of the cloud API; `body` is what its text is as JSON, undefined where it is none. */
export interface CloudAnswer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  text: string;
  body: Record<string, unknown> | undefined;
}

/** Calls the cloud API of a simulator as a test sees fit, right or wrong. */
export interface CloudClient {
  send(
    method: string,
    path: string,
    options?: { token?: string; type?: string; body?: string | object },
  ): Promise<CloudAnswer>;
  /** Asks for a token; the fields given replace or, when undefined, remove the right ones. */
  askToken(fields?: Record<string, string | undefined>): Promise<CloudAnswer>;
  token(fields?: Record<string, string | undefined>): Promise<string>;
  read(list: CloudList, token: string): Promise<CloudAnswer>;
  change(list: CloudList, token: string, body: unknown): Promise<CloudAnswer>;
  close(): Promise<void>;
}

export type CloudList = "orgSafeList" | "orgBlockList";

/** An entry that every list takes. */
export const anEntry: OrganisationEntry = {
  attribute: "$from",
  operator: "equal",
  value: "ann@evil.example",
  comment: "ticket 7",
};

/** The path of a list, with the query that belongs to it. */
export function listPath(list: CloudList, clusterId: string): string {
  return `/api/v1/emailProtection/modules/spam/${list}?clusterId=${encodeURIComponent(clusterId)}`;
}

/** A client over a kept TLS connection that trusts the simulator's authority only. */
export function createCloudClient({ cloud, ca, clientId, clientSecret, clusterId }: Simulator): CloudClient {
  if (cloud === undefined) throw new Error("This simulator has no cloud API.");
  const dispatcher = new Agent({ connect: { ca } });

  const send: CloudClient["send"] = async (method, path, { token, type = "application/json", body } = {}) => {
    const answer = await request(`${cloud}${path}`, {
      method: method as "GET",
      dispatcher,
      headers: {
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(body === undefined ? {} : { "content-type": type }),
      },
      body: typeof body === "object" ? JSON.stringify(body) : (body ?? null),
    });
    const text = await answer.body.text();
    return { status: answer.statusCode, headers: answer.headers, text, body: readJson(text) };
  };
  const askToken: CloudClient["askToken"] = (fields = {}) => {
    const right = { grant_type: "client_credentials", client_id: clientId, client_secret: clientSecret };
    const given = Object.entries({ ...right, ...fields }).filter(([, value]) => value !== undefined);
    const body = new URLSearchParams(given as [string, string][]).toString();
    return send("POST", "/v1/token", { type: "application/x-www-form-urlencoded", body });
  };
  return {
    send,
    askToken,
    token: async (fields) => (await askToken(fields)).body?.access_token as string,
    read: (list, token) => send("GET", listPath(list, clusterId), { token }),
    change: (list, token, body) => send("POST", listPath(list, clusterId), { token, body: body as string | object }),
    close: () => dispatcher.destroy(),
  };
}

/** Runs a test against the cloud API of a simulator of its own; its clock stands still. */
export async function withCloud(
  options: SimulatorOptions,
  run: (cloud: CloudClient, simulator: Simulator, reports: readonly string[]) => Promise<void>,
): Promise<void> {
  const reports: string[] = [];
  const report = (line: string) => void reports.push(line);
  const simulator = await startSimulator({ profile: "pod", seed: "cloud-test", report, ...options });
  simulator.clock.set(start, true);
  const cloud = createCloudClient(simulator);
  try {
    await run(cloud, simulator, reports);
  } finally {
    await cloud.close();
    await simulator.stop();
  }
}

function readJson(text: string): CloudAnswer["body"] {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
