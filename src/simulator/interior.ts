import { randomBytes } from "node:crypto";
import { type Account, createAccounts, defaultAccount } from "./accounts.ts";
import { type Api, createApi } from "./api/api.ts";
import { type Clock, createClock } from "./clock.ts";
import { createFilters } from "./filter/pipeline.ts";
import { foldersOf, readRules } from "./filter/rules.ts";
import { createFolders, type Folders } from "./folders.ts";
import { createGateway, type Gateway } from "./gateway.ts";
import { composeSynthetic } from "./generate/synthetic-mail.ts";
import type { Arrival, Envelope, Peer } from "./mail.ts";
import type { SimulatorOptions } from "./options.ts";
import { type Quirks, resolveQuirks } from "./quirks.ts";
import { createRandom, type Random } from "./random.ts";
import { createOwnDomains, defaultDomains, type OwnDomains } from "./smtp/own-domains.ts";
import { openWayOut, type WayOut } from "./smtp/way-out.ts";
import { createStore } from "./store/sqlite-store.ts";
import type { Store } from "./store/store.ts";
import type { CloudApi } from "./threat-protection/cloud-api.ts";
import { type CloudAccess, cloudAccess, openCloud } from "./threat-protection/open-cloud.ts";

/** Something to be closed at the end, in the opposite order of opening. */
export type Keep = <T extends { close(): unknown }>(part: T) => T;

/** Everything of a gateway but its ports. */
export interface Interior {
  account: Account;
  quirks: Quirks;
  clock: Clock;
  folders: Folders;
  domains: OwnDomains;
  store: Store;
  wayOut: WayOut;
  gateway: Gateway;
  api: Api;
  /** Absent where the gateway has no cloud API. */
  cloud: CloudApi | undefined;
  cloudAccess: CloudAccess;
  /** Random choices of this run; a restarted gateway makes other ones than in its first life. */
  random: Random;
  seed: string;
  admit(envelope: Envelope, peer: Peer, raw: Buffer): Arrival;
  report(line: string): void;
}

const defaultUserListLimit = 500;

/** Builds what stands behind the ports. Throws an Error of one sentence when an option makes no sense. */
export function buildInterior(options: SimulatorOptions, mailDirectory: string | undefined, keep: Keep): Interior {
  const quirks = resolveQuirks(options.profile ?? "onprem", options.quirks);
  const folders = createFolders(options.folders);
  const domains = createOwnDomains(options.domains ?? defaultDomains);
  const clock = options.clock ?? createClock();
  const report = options.report ?? (() => {});
  const seed = options.seed ?? randomBytes(8).toString("hex");
  const account = defaultAccount(options.password ?? randomBytes(12).toString("base64url"));
  if (options.username !== undefined) account.username = options.username;
  const accounts = createAccounts([account, ...(options.accounts ?? [])]);
  const rules = readRules(options.rules ?? "");
  const homeless = foldersOf(rules).find((name) => !folders.find(name));
  if (homeless !== undefined) throw new Error(`The rules hold mail in "${homeless}", which is no folder.`);

  const store = keep(
    createStore({
      file: options.data,
      folders,
      quirks,
      clock,
      random: createRandom(seed).fork("store"),
      composeSynthetic,
    }),
  );
  const random = createRandom(seed).fork(`run/${store.earlierRuns}`);
  const wayOut = keep(openWayOut(options.relay, mailDirectory, clock.now, report));
  const filters = createFilters({
    rules,
    domains,
    lists: { organisation: store.organisationLists, users: store.users },
    precedence: quirks["list-precedence"],
    now: clock.now,
  });
  const ids = random.fork("arrivals");
  const gateway = createGateway({ filters, store, outbound: wayOut, domains, newGuid: ids.guid, report });
  const api = keep(
    createApi({
      store,
      quirks,
      clock,
      folders,
      accounts,
      gateway,
      outbound: wayOut,
      random: random.fork("api"),
      userListLimit: options.userListLimit ?? defaultUserListLimit,
      report,
    }),
  );
  const access = cloudAccess(options);
  const cloud = openCloud(options, access, { store, quirks, clock, random: random.fork("cloud"), report });
  const admit = (envelope: Envelope, peer: Peer, raw: Buffer): Arrival => {
    const receivedAt = clock.now();
    return { guid: ids.guid(), qid: ids.qid(), sid: ids.sid(), receivedAt, envelope, peer, raw };
  };
  return {
    account,
    quirks,
    clock,
    folders,
    domains,
    store,
    wayOut,
    gateway,
    api,
    cloud,
    cloudAccess: access,
    random,
    seed,
    admit,
    report,
  };
}
