import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { type Account, createAccounts, defaultAccount } from "../../src/simulator/accounts.ts";
import { createApi } from "../../src/simulator/api/api.ts";
import { type Clock, createClock } from "../../src/simulator/clock.ts";
import { createFolders, type Folders } from "../../src/simulator/folders.ts";
import type { Departure, Gateway } from "../../src/simulator/gateway.ts";
import type { Arrival, MailFacts, Verdict } from "../../src/simulator/mail.ts";
import { type ProfileName, resolveQuirks } from "../../src/simulator/quirks.ts";
import { createRandom } from "../../src/simulator/random.ts";
import { createStore } from "../../src/simulator/store/sqlite-store.ts";
import type { HeldMessage, Store } from "../../src/simulator/store/store.ts";

/** The instant at which every test of the API begins, with the clock stopped. */
export const start = Date.UTC(2026, 1, 3, 4, 5, 6);

export interface TestServerOptions {
  profile?: ProfileName;
  quirks?: Record<string, string>;
  seed?: number;
  file?: string;
  folders?: string[];
  accounts?: Account[];
  /** What the filters say of mail that is scanned or resubmitted. */
  verdict?: Partial<Verdict>;
  isRelayDown?: boolean;
  /** @default 500 */
  userListLimit?: number;
}

export interface TestServer {
  store: Store;
  clock: Clock;
  folders: Folders;
  departures: Departure[];
  reports: string[];
  hold(message: Partial<HeldMessage> & { raw?: string; ip?: string; traced?: Partial<Verdict> }): HeldMessage;
  get(path: string, query?: Record<string, string>, login?: string): Promise<Response>;
  /** The records of a quarantine search for everything, unless the query says otherwise. */
  records(query?: Record<string, string>): Promise<Record<string, unknown>[]>;
  act(body: unknown): Promise<Response>;
  /** A call about the end user of this name; a body that is text goes out as it is. */
  user(method: "GET" | "POST" | "PUT" | "DELETE", name: string, body?: unknown, login?: string): Promise<Response>;
  settle(): Promise<void>;
  stop(): Promise<void>;
}

/** Runs the API on a real socket with a real store; the filters and the way out are stand-ins that keep what they are given. */
export async function startTestServer(options: TestServerOptions = {}): Promise<TestServer> {
  const quirks = resolveQuirks(options.profile ?? "onprem", options.quirks);
  const random = createRandom(options.seed ?? 1);
  const guids = random.fork("arrivals");
  const clock = createClock();
  clock.set(start, true);
  const folders = createFolders(options.folders);
  const accounts = createAccounts(options.accounts ?? [defaultAccount("secret")]);
  const departures: Departure[] = [];
  const reports: string[] = [];
  const composeSynthetic = ({ subject }: HeldMessage) => Buffer.from(`Subject: ${subject}\r\n\r\nmade up\r\n`);
  const store = createStore({ file: options.file, folders, quirks, clock, random, composeSynthetic });
  const verdict = (): Verdict => ({ ...usualVerdict, ...options.verdict });
  const gateway: Gateway = {
    async process(arrival) {
      const said = verdict();
      const facts = { ...usualFacts, subject: "again" };
      if (said.action === "hold") store.hold(arrival, facts, said);
      else departures.push({ guid: arrival.guid, envelope: arrival.envelope, raw: arrival.raw, cause: "delivered" });
      store.trace(arrival, facts, said);
      return [{ guid: arrival.guid, recipients: arrival.envelope.to, verdict: said }];
    },
    rescan: async () => verdict(),
  };
  const outbound = {
    async deliver(departure: Departure) {
      if (options.isRelayDown) throw new Error("the relay is down");
      departures.push(departure);
      return departure.envelope.to;
    },
  };
  const report = (line: string) => void reports.push(line);
  const { userListLimit = 500 } = options;
  const api = createApi({
    store,
    quirks,
    clock,
    folders,
    accounts,
    gateway,
    outbound,
    random,
    userListLimit,
    report,
  });
  const server = createServer(api.listener).listen(0, "127.0.0.1");
  await once(server, "listening");
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}/rest/v1`;
  const authorization = (login: string) => `Basic ${Buffer.from(login).toString("base64")}`;

  const get: TestServer["get"] = (path, query = {}, login = "api-admin:secret") =>
    fetch(`${base}${path}?${new URLSearchParams(query)}`.replace(/\?$/, ""), {
      headers: { Authorization: authorization(login) },
    });

  return {
    store,
    clock,
    folders,
    departures,
    reports,
    hold: ({ raw = "Subject: x\r\n\r\nbody\r\n", ip = "192.0.2.7", traced, ...message }) => {
      const { folder = "Quarantine", from = "ann@example.net", rcpts = ["bob@example.com"] } = message;
      const arrival: Arrival = {
        guid: message.guid ?? guids.guid(),
        qid: guids.qid(),
        sid: guids.sid(),
        receivedAt: (message.receivedAt ?? start / 1000 - 60) * 1000,
        envelope: { from, to: rcpts },
        peer: { ip, host: "mx.example.net", helo: "mx.example.net", tls: "" },
        raw: Buffer.from(raw),
      };
      const {
        subject = usualFacts.subject,
        messageId = usualFacts.messageId,
        sizeBytes = usualFacts.sizeBytes,
      } = message;
      const facts = { ...usualFacts, subject, messageId, sizeBytes };
      const dlp = message.dlp ? JSON.parse(message.dlp) : [];
      const said: Verdict = {
        ...usualVerdict,
        action: "hold",
        folder,
        spamScore: message.spamScore ?? 80,
        dlp,
        ...traced,
      };
      const held = store.hold(arrival, facts, said);
      store.trace(arrival, facts, said);
      return held;
    },
    get,
    records: async (query = {}) => {
      const answer = await get("/quarantine", { from: "*", ...query });
      return ((await answer.json()) as { records: Record<string, unknown>[] }).records;
    },
    act: (body) =>
      fetch(`${base}/quarantine`, {
        method: "POST",
        headers: { Authorization: authorization("api-admin:secret"), "Content-Type": "application/json" },
        body: typeof body === "string" ? body : JSON.stringify(body),
      }),
    user: (method, name, body, login = "api-admin:secret") =>
      fetch(`${base}/enduser/${encodeURIComponent(name)}`, {
        method,
        headers: {
          Authorization: authorization(login),
          ...(body === undefined ? {} : { "Content-Type": "application/json" }),
        },
        body: body === undefined ? null : typeof body === "string" ? body : JSON.stringify(body),
      }),
    settle: api.settle,
    async stop() {
      api.close();
      server.close();
      server.closeAllConnections();
      await once(server, "close");
      store.close();
    },
  };
}

/** Runs a test against a server that is stopped afterwards. */
export async function withServer(
  options: TestServerOptions,
  run: (server: TestServer) => Promise<void>,
): Promise<void> {
  const server = await startTestServer(options);
  try {
    await run(server);
  } finally {
    await server.stop();
  }
}

const usualFacts: MailFacts = {
  subject: "Quarterly figures",
  messageId: "1@example.net",
  headerFrom: "ann@example.net",
  attachmentNames: [],
  sizeBytes: 5120,
};

const usualVerdict: Verdict = {
  action: "deliver",
  final: { module: "spam", rule: "definite" },
  hits: [],
  viruses: [],
  routes: [],
  dlp: [],
  durationSeconds: 0.081532,
};
