import { createHash } from "node:crypto";
import type { EndedCall } from "./http-call.ts";
import { createHttpCaller, type HttpOrder } from "./http-call.ts";
import type { Call, Run } from "./sandbox.ts";

export interface LogLine {
  /** `war-room` is what the analyst sees, the rest stands in the server's log. */
  level: "war-room" | "info" | "debug" | "error";
  text: string;
}

/** A use of `http`: what was asked, and the status it ended with. */
export interface SeenCall extends HttpOrder {
  status: number;
}

/** The XSOAR server's side of a running script. */
export interface Host extends AsyncDisposable {
  /** Does what the script asks, given and answered as JSON text. */
  answer(text: string): Promise<string>;
  /** What came of the script; throws where it has not ended. */
  run(): Run;
}

type Deed = (...values: never[]) => unknown;

export function createHost(call: Call): Host {
  const { clock } = call;
  const http = createHttpCaller(call);
  const bodies: Buffer[] = [];
  const run: Run = {
    files: new Map(),
    logs: [],
    calls: [],
    waits: [],
    integrationContext: copy(call.integrationContext),
  };
  let hasEnded = false;
  let version = 1;

  const save = (bytes: Buffer) => {
    const id = `${run.files.size + 1}@file`;
    run.files.set(id, bytes);
    return id;
  };
  const log = (level: LogLine["level"]) => (text: unknown) => void run.logs.push({ level, text: String(text) });
  const deeds: Record<string, Deed> = {
    begin: () => ({
      command: call.command,
      args: call.args ?? {},
      params: call.params ?? {},
      incidents: [{ id: "1" }],
      investigation: { id: "1" },
      invContext: {},
    }),
    end: (end: Partial<Run>) => {
      hasEnded = true;
      Object.assign(run, end);
    },
    http: async (...values: unknown[]) => {
      const order = readOrder(values);
      const ended = await http.send(order);
      run.calls.push({ ...order, status: ended.status });
      return resultOf(ended, order, (bytes) => bodies.push(bytes) - 1, save, call.keepsBodyOfSavedFile ?? false);
    },
    saveBytes: (index: number) => save(bodies[index] ?? Buffer.alloc(0)),
    saveText: (text: unknown) => {
      if (typeof text !== "string") throw new Error("saveFile takes a text or the Bytes of an answer");
      return save(Buffer.from(text));
    },
    wait: (seconds: number) => {
      run.waits.push(seconds);
      clock?.advance(seconds * 1000);
    },
    log: log("war-room"),
    logInfo: log("info"),
    logDebug: log("debug"),
    logError: log("error"),
    getIntegrationContext: (sync?: boolean) =>
      sync ? { context: run.integrationContext, version } : run.integrationContext,
    setIntegrationContext: (context: Record<string, unknown>) => {
      run.integrationContext = context;
      version++;
    },
    btoa: (text: string) => Buffer.from(text, "latin1").toString("base64"),
    atob: (text: string) => Buffer.from(text, "base64").toString("latin1"),
    md5: (text: string) => createHash("md5").update(text).digest("hex"),
    sha1: (text: string) => createHash("sha1").update(text).digest("hex"),
    demistoVersion: () => ({ version: "6.10.0", buildNumber: "1", platform: "x86_64" }),
    demistoUrls: () => ({ server: "https://xsoar.example" }),
  };

  const reply = async (text: string): Promise<object> => {
    const { name, values } = JSON.parse(text) as { name: string; values: never[] };
    const deed = deeds[name];
    if (deed === undefined) return { error: `${name} is not stood in for: the integration has no use for it` };
    try {
      return { value: await deed(...values) };
    } catch (error) {
      return { error: (error as Error).message };
    }
  };
  return {
    answer: async (text) => JSON.stringify({ ...(await reply(text)), now: clock?.now() }),
    run() {
      if (!hasEnded) throw new Error("The script did not come to its end.");
      return run;
    },
    [Symbol.asyncDispose]: http.close,
  };
}

function copy(context: Record<string, unknown> = {}): Record<string, unknown> {
  return JSON.parse(JSON.stringify(context)) as Record<string, unknown>;
}

/** What of an answer the script gets to see. The bytes stay outside; the script's handle stands for their number. */
function resultOf(
  ended: EndedCall,
  { request }: HttpOrder,
  keep: (bytes: Buffer) => number,
  save: (bytes: Buffer) => string,
  keepsBodyOfSavedFile: boolean,
): object {
  const { status, text, headers, body } = ended;
  const result = { StatusCode: status, Status: text, Headers: headers, Cookies: [] };
  if (status === -1) return { ...result, Body: "" };
  const isSaved = request.SaveToFile === true;
  return {
    ...result,
    Body: isSaved && !keepsBodyOfSavedFile ? "" : new TextDecoder("utf-8", { ignoreBOM: true }).decode(body),
    ...(isSaved ? { Path: save(body) } : { bytes: keep(body) }),
  };
}

/** Reads the arguments of `http` as strictly as documented, so that a wrong use is found out here. */
function readOrder(values: unknown[]): HttpOrder {
  const [url, request, insecure, useProxy, noRedirect, , timeoutMs] = values as [
    string,
    HttpOrder["request"],
    boolean,
    boolean,
    boolean,
    unknown,
    number,
  ];
  if (typeof url !== "string") throw new Error("http: the URL is a text");
  if (typeof timeoutMs !== "number") throw new Error("http: the 7th argument is the timeout in milliseconds");
  for (const flag of [insecure, useProxy, noRedirect]) {
    if (typeof flag !== "boolean") throw new Error("http: insecure, useProxy and noRedirect are booleans");
  }
  for (const [name, value] of Object.entries(request.Headers ?? {})) {
    if (!Array.isArray(value)) throw new Error(`http: the header ${name} is a list of texts`);
  }
  if (request.Body !== undefined && typeof request.Body !== "string") throw new Error("http: the Body is a text");
  return { url, request, insecure, useProxy, noRedirect, timeoutMs };
}
