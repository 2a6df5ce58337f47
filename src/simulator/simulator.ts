import { randomBytes } from "node:crypto";
import { createAccounts, defaultAccount } from "./accounts.ts";
import { createApi } from "./api/api.ts";
import { type Clock, createClock } from "./clock.ts";
import { openControlPort } from "./control/port.ts";
import type { Fault } from "./faults/fault.ts";
import { withFaults } from "./faults/listener.ts";
import { createFaultPlan, type PlannedFault } from "./faults/plan.ts";
import { createFilters } from "./filter/pipeline.ts";
import { foldersOf, readRules } from "./filter/rules.ts";
import { createFolders } from "./folders.ts";
import { createGateway } from "./gateway.ts";
import { createGenerator, type Generated, type GenerateRequest } from "./generate/generator.ts";
import { composeSynthetic } from "./generate/synthetic-mail.ts";
import { type Sent, sendSamples } from "./load/sending.ts";
import type { Envelope, Peer, Verdict } from "./mail.ts";
import type { MailboxMessage } from "./mailboxes/mailboxes.ts";
import type { SimulatorOptions } from "./options.ts";
import { type Quirks, resolveQuirks } from "./quirks.ts";
import { createRandom } from "./random.ts";
import { createOwnDomains, defaultDomains } from "./smtp/own-domains.ts";
import { openReception } from "./smtp/reception.ts";
import { openWayOut } from "./smtp/way-out.ts";
import { createStore } from "./store/sqlite-store.ts";
import type { JournalEntry, Store } from "./store/store.ts";
import { loadIdentity } from "./tls/identity.ts";
import { openSecureListener } from "./tls/secure-listener.ts";
import { openWorkplace } from "./tls/workplace.ts";

/** A message that comes without SMTP; the sending host is this machine as far as `peer` does not say otherwise. */
export interface InjectedMessage {
  envelope: Envelope;
  raw: Buffer;
  peer?: Partial<Peer>;
}

/** A running gateway: where it listens, what it did, and what can be done to it. */
export interface Simulator {
  /** `https://127.0.0.1:PORT`, without the `/rest/v1` below it. */
  api: string;
  /** `127.0.0.1:PORT`. */
  smtp: string;
  /** `http://127.0.0.1:PORT`. */
  control: string;
  username: string;
  password: string;
  /** PEM text of the authority clients must trust, and the file it stands in. */
  ca: string;
  caPath: string;
  clock: Clock;
  quirks: Quirks;
  store: Store;
  faults: { add(fault: Fault): PlannedFault; clear(id?: number): boolean; list(): PlannedFault[] };
  /** Holds made-up messages. Rejects with an Error of one sentence when the request makes no sense. */
  generate(request: GenerateRequest): Promise<Generated>;
  /** Effects in order; with a sequence number, those after it. */
  journal(afterSequence?: number): JournalEntry[];
  /** Addresses that mail left for. Throws when a relay takes the mail. */
  mailboxes(): { address: string; messages: number }[];
  /** What left for an address. Throws when a relay takes the mail. */
  mailbox(address: string): MailboxMessage[];
  /** Takes one message through the filters, as if it had come by SMTP. */
  send(message: InjectedMessage): Promise<{ guid: string; verdict: Verdict }>;
  stats(): ReturnType<Store["stats"]>;
  /** Forgets all mail, traces, journal, pending effects, mailboxes and faults, and sets the clock right. */
  reset(): void;
  /** What `load` did, when it was asked for. */
  loaded?: Sent;
  /** Closes ports and files; safe to call twice. */
  stop(): Promise<void>;
}

const inside: Peer = { ip: "127.0.0.1", host: "localhost", helo: "localhost", tls: "" };

/** Starts a gateway on loopback. Rejects, with nothing left open, when an option makes no sense or a port is taken. */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const quirks = resolveQuirks(options.profile ?? "onprem", options.quirks);
  const folders = createFolders(options.folders);
  const rules = readRules(options.rules ?? "");
  const homeless = foldersOf(rules).find((name) => !folders.find(name));
  if (homeless !== undefined) throw new Error(`The rules hold mail in "${homeless}", which is no folder.`);
  const account = defaultAccount(options.password ?? randomBytes(12).toString("base64url"));
  if (options.username !== undefined) account.username = options.username;
  const accounts = createAccounts([account, ...(options.accounts ?? [])]);
  const clock = options.clock ?? createClock();
  const report = options.report ?? (() => {});
  const seed = options.seed ?? randomBytes(8).toString("hex");

  const opened: { close(): unknown }[] = [];
  const keep = <T extends { close(): unknown }>(part: T): T => {
    opened.unshift(part);
    return part;
  };
  const stop = async () => {
    for (const part of opened.splice(0)) await part.close();
  };
  try {
    const workplace = keep(openWorkplace(options.data));
    const random = createRandom(seed);
    const store = keep(
      createStore({
        file: options.data,
        folders,
        quirks,
        clock,
        random: random.fork("store"),
        composeSynthetic,
      }),
    );
    const wayOut = keep(openWayOut(options.relay, workplace.mail, clock.now));
    const domains = createOwnDomains(options.domains ?? defaultDomains);
    const gateway = createGateway({ filters: createFilters(rules, domains, clock.now), store, outbound: wayOut });
    // A restarted gateway must not give out the ids of its first life again.
    const ids = random.fork(`arrivals/${store.earlierRuns}`);
    const admit = (envelope: Envelope, peer: Peer, raw: Buffer) => {
      const receivedAt = clock.now();
      return { guid: ids.guid(), qid: ids.qid(), sid: ids.sid(), receivedAt, envelope, peer, raw };
    };
    const api = createApi({
      store,
      quirks,
      clock,
      folders,
      accounts,
      gateway,
      outbound: wayOut,
      random: random.fork("api"),
      report,
    });
    const plan = createFaultPlan(seed);
    const identity = await loadIdentity({
      directory: workplace.tls,
      kind: options.tls ?? "good",
      given: options.certificate,
      now: Date.now(),
    });
    const https = keep(
      await openSecureListener({
        port: options.apiPort ?? 0,
        identity,
        listener: withFaults(api.listener, plan),
        refuses: plan.takeConnection,
      }),
    );
    const sizeLimit = options.sizeLimit ?? 50_000_000;
    const reception = keep(
      await openReception({ port: options.smtpPort ?? 0, identity, domains, sizeLimit, gateway, admit, report }),
    );
    const smtp = `127.0.0.1:${reception.port}`;
    const generate = createGenerator(store, folders, clock, random.fork(`generate/${store.earlierRuns}`));
    const running: Omit<Simulator, "control" | "stop" | "loaded"> = {
      api: `https://127.0.0.1:${https.port}`,
      smtp,
      username: account.username,
      password: account.password,
      ca: identity.ca,
      caPath: identity.caPath,
      clock,
      quirks,
      store,
      faults: { add: plan.add, clear: plan.clear, list: plan.list },
      generate: async (request) => generate(request),
      journal: store.journal,
      mailboxes: () => wayOut.mailboxes().addresses(),
      mailbox: (address) => wayOut.mailboxes().read(address),
      async send({ envelope, raw, peer }) {
        const arrival = admit(envelope, { ...inside, ...peer }, raw);
        return { guid: arrival.guid, verdict: await gateway.process(arrival) };
      },
      stats: store.stats,
      reset() {
        store.reset();
        wayOut.clear();
        plan.clear();
        clock.set(Date.now());
      },
    };
    const control = keep(await openControlPort(options.controlPort ?? 0, running));
    const loaded = options.load === undefined ? undefined : await sendSamples(smtp, options.load);
    return { ...running, control: control.url, ...(loaded ? { loaded } : {}), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
