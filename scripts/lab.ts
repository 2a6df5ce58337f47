import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import type { PpsOptions } from "../src/client/index.ts";

/** A simulator in a process of its own, so that its memory and time are not the client's. */
export interface Lab extends AsyncDisposable {
  api: string;
  smtp: string;
  control: string;
  options: PpsOptions;
  environment: Record<string, string>;
  generate(request: object): Promise<void>;
  stats(): Promise<{ memoryBytes: number; held: Record<string, number> }>;
  addFault(fault: object): Promise<void>;
  reset(): Promise<void>;
}

interface Ready {
  api: string;
  smtp: string;
  control: string;
  username: string;
  password: string;
  ca: string;
  cloud?: string;
  clientId: string;
  clientSecret: string;
  clusterId: string;
  ownDomains: readonly string[];
}

const program = fileURLToPath(new URL("../bin/pps.js", import.meta.url));

export async function startLab(...flags: string[]): Promise<Lab> {
  const child = spawn(process.execPath, [program, "simulator", "--json", "--seed", "lab", ...flags], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ready = await firstLine(child);
  const call = async (method: string, path: string, body?: object) => {
    const init = body
      ? { method, body: JSON.stringify(body), headers: { "content-type": "application/json" } }
      : { method };
    const answer = await fetch(`${ready.control}${path}`, init);
    if (!answer.ok) throw new Error(`${method} ${path}: ${await answer.text()}`);
    return answer.json();
  };
  return {
    api: ready.api,
    smtp: ready.smtp,
    control: ready.control,
    options: {
      url: ready.api,
      username: ready.username,
      password: ready.password,
      ca: readFileSync(ready.ca, "utf8"),
      ...(ready.cloud
        ? {
            cloudUrl: ready.cloud,
            cloudTokenUrl: `${ready.cloud}/v1/token`,
            cloudClientId: ready.clientId,
            cloudClientSecret: ready.clientSecret,
            cloudClusterId: ready.clusterId,
            ownDomains: ready.ownDomains,
          }
        : {}),
    },
    environment: {
      PPS_URL: ready.api,
      PPS_USERNAME: ready.username,
      PPS_PASSWORD: ready.password,
      PPS_CA: ready.ca,
      ...(ready.cloud
        ? {
            PPS_CLOUD_URL: ready.cloud,
            PPS_CLOUD_TOKEN_URL: `${ready.cloud}/v1/token`,
            PPS_CLOUD_CLIENT_ID: ready.clientId,
            PPS_CLOUD_CLIENT_SECRET: ready.clientSecret,
            PPS_CLOUD_CLUSTER_ID: ready.clusterId,
            PPS_OWN_DOMAINS: ready.ownDomains.join(","),
          }
        : {}),
    },
    generate: async (request) => void (await call("POST", "/generate", request)),
    stats: () => call("GET", "/stats") as Promise<{ memoryBytes: number; held: Record<string, number> }>,
    addFault: async (fault) => void (await call("POST", "/faults", fault)),
    reset: async () => void (await call("POST", "/reset")),
    async [Symbol.asyncDispose]() {
      const ended = new Promise((resolve) => child.once("exit", resolve));
      child.kill("SIGTERM");
      await ended;
    },
  };
}

async function firstLine(child: ChildProcess): Promise<Ready> {
  const lines = createInterface({ input: child.stdout as NodeJS.ReadableStream });
  for await (const line of lines) return JSON.parse(line) as Ready;
  throw new Error("The simulator ended before it was ready.");
}
