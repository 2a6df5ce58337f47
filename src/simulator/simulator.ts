import type { Clock } from "./clock.ts";
import type { Steered } from "./control/app.ts";
import { openControlPort } from "./control/port.ts";
import { openDirectories } from "./directories.ts";
import type { Fault } from "./faults/fault.ts";
import { withFaults } from "./faults/listener.ts";
import { createFaultPlan, type FaultPlan, type PlannedFault } from "./faults/plan.ts";
import type { Handled } from "./gateway.ts";
import { createGenerator, type Generated, type GenerateRequest } from "./generate/generator.ts";
import { buildInterior, type Interior, type Keep } from "./interior.ts";
import { type Sent, sendSamples } from "./load/sending.ts";
import type { Envelope, Peer } from "./mail.ts";
import type { MailboxMessage } from "./mailboxes/mailboxes.ts";
import type { SimulatorOptions } from "./options.ts";
import type { Quirks } from "./quirks.ts";
import { openReception } from "./smtp/reception.ts";
import type { JournalEntry, Store } from "./store/store.ts";
import type { OrganisationLists } from "./threat-protection/organisation-lists.ts";
import { type ClientCertificate, loadIdentity } from "./tls/identity.ts";
import { openSecureListener } from "./tls/secure-listener.ts";

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
  /** `https://127.0.0.1:PORT` of the cloud API, its token endpoint at `/v1/token`; absent where the gateway has none. */
  cloud?: string;
  username: string;
  password: string;
  /** The first key of the cloud API, and the cluster whose lists it keeps. */
  clientId: string;
  clientSecret: string;
  clusterId: string;
  /** The domains mail is taken for, without patterns such as `*.example`. */
  ownDomains: readonly string[];
  /** PEM text of the authority clients must trust, and the file it stands in. */
  ca: string;
  caPath: string;
  /** A client certificate the gateway accepts, where it asks for one. */
  client?: ClientCertificate;
  clock: Clock;
  quirks: Quirks;
  store: Store;
  /** The organisation's safe and block list. */
  organisationLists: OrganisationLists;
  faults: { add(fault: Fault): PlannedFault; clear(id?: number): boolean; list(): PlannedFault[] };
  /** Holds made-up messages. Rejects with an Error of one sentence when the request makes no sense. */
  generate(request: GenerateRequest): Promise<Generated>;
  /** Effects in order; with a sequence number, those after it. */
  journal(afterSequence?: number): JournalEntry[];
  /** Addresses that mail left for. Throws when a relay takes the mail. */
  mailboxes(): { address: string; messages: number }[];
  /** What left for an address. Throws when a relay takes the mail. */
  mailbox(address: string): MailboxMessage[];
  /** Takes one message through the filters, as if it had come by SMTP. What became of its first part stands by itself. */
  send(message: InjectedMessage): Promise<Handled & { parts: Handled[] }>;
  /** Waits until every effect that is due has happened; worth calling after the clock was moved and before the journal is read. */
  settle(): Promise<void>;
  stats(): ReturnType<Store["stats"]>;
  /** Forgets all mail, traces, journal, pending effects, lists, users, mailboxes and faults, and sets the clock right. */
  reset(): void;
  /** What `load` did, when it was asked for. */
  loaded?: Sent;
  /** Closes ports and files; safe to call twice. */
  stop(): Promise<void>;
}

const defaultSizeLimit = 50_000_000;

const inside: Peer = { ip: "127.0.0.1", host: "localhost", helo: "localhost", tls: "" };

/** Starts a gateway on loopback. Rejects, with nothing left open, when an option makes no sense or a port is taken. */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const opened: { close(): unknown }[] = [];
  const keep: Keep = (part) => {
    opened.unshift(part);
    return part;
  };
  const stop = async () => {
    for (const part of opened.splice(0)) await part.close();
  };
  try {
    return { ...(await open(options, keep)), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function open(options: SimulatorOptions, keep: Keep): Promise<Omit<Simulator, "stop">> {
  const directories = keep(openDirectories(options.data));
  const interior = buildInterior(options, directories.mail, keep);
  const plan = createFaultPlan(interior.seed);
  const identity = await loadIdentity({
    directory: directories.tls,
    kind: options.tls ?? "good",
    given: options.certificate,
    asksClients: options.asksClientCertificate ?? false,
    now: Date.now(),
  });
  const https = keep(
    await openSecureListener({
      port: options.apiPort ?? 0,
      identity,
      listener: withFaults(interior.api.listener, plan),
      refuses: plan.takeConnection,
    }),
  );
  const cloud =
    interior.cloud &&
    keep(
      await openSecureListener({
        port: options.cloudPort ?? 0,
        // Client certificates are asked for on a site, never by the cloud.
        identity: { key: identity.key, cert: identity.cert },
        listener: withFaults(interior.cloud.listener, plan),
        refuses: plan.takeConnection,
      }),
    );
  const reception = keep(
    await openReception({
      ...interior,
      port: options.smtpPort ?? 0,
      identity,
      sizeLimit: options.sizeLimit ?? defaultSizeLimit,
    }),
  );
  const steered = steer(interior, plan, {
    api: `https://127.0.0.1:${https.port}`,
    ...(cloud ? { cloud: `https://127.0.0.1:${cloud.port}` } : {}),
    smtp: `127.0.0.1:${reception.port}`,
    ca: identity.ca,
    caPath: identity.caPath,
    ...(identity.client ? { client: identity.client } : {}),
  });
  const control = keep(await openControlPort(options.controlPort ?? 0, steered));
  const loaded = options.load === undefined ? undefined : await sendSamples(steered.smtp, [options.load].flat());
  return { ...steered, control: control.url, ...(loaded ? { loaded } : {}) };
}

function steer(
  interior: Interior,
  plan: FaultPlan,
  place: Pick<Simulator, "api" | "cloud" | "smtp" | "ca" | "caPath" | "client">,
): Steered {
  const { account, quirks, clock, folders, domains, store, cloud, wayOut, gateway, api, random, admit } = interior;
  const generate = createGenerator(store, folders, clock, random.fork("generate"));
  return {
    ...place,
    username: account.username,
    password: account.password,
    ...interior.cloudAccess,
    // What stands below a whole top level belongs to the senders of samples as well.
    ownDomains: domains.patterns.filter((pattern) => !pattern.startsWith("*.")),
    clock,
    quirks,
    store,
    organisationLists: store.organisationLists,
    faults: { add: plan.add, clear: plan.clear, list: plan.list },
    generate: async (request) => generate(request),
    journal: store.journal,
    mailboxes: () => wayOut.mailboxes().addresses(),
    mailbox: (address) => wayOut.mailboxes().read(address),
    async send({ envelope, raw, peer }) {
      const arrival = admit(envelope, { ...inside, ...peer }, raw);
      const parts = await gateway.process(arrival);
      return { ...parts[0], parts };
    },
    settle: api.settle,
    stats: store.stats,
    reset() {
      store.reset();
      wayOut.clear();
      plan.clear();
      cloud?.forgetCalls();
      clock.set(Date.now());
    },
  };
}
