import { readAddress } from "../../../client/options/address.ts";
import type { PpsOptions } from "../../../client/options/options.ts";
import type { ExecuteOptions, Pps } from "../../../client/pps.ts";
import type { Command } from "../../../core/command.ts";
import { isPpsError, PpsError } from "../../../core/errors.ts";
import type { Ask } from "../../../core/steps.ts";
import { createRetryMemory } from "../../secops/handler/retry-memory.ts";
import type { HandlerSite, OpenClient } from "../../secops/handler/site.ts";
import { everyProfile, type Holder, mayUseProfile } from "../access/holder.ts";
import type { Metrics } from "../observe/metrics.ts";
import { Problem } from "../routes/problem.ts";
import { type Books, carryOutOnRecord } from "./audited-call.ts";
import { createObservedClient, type ObservedRequest } from "./observed-client.ts";
import type { ServedProfile } from "./profiles.ts";

/** Makes what the actions of Google SecOps stand on, for one call of one caller. */
export type SecopsSites = (holder: Holder, requestId: string, books: Books) => HandlerSite;

/**
 * Instances bring their own credentials, and the server says where these may go: to the PPS of the profiles that the
 * token may use, and to `allowOrigins` for a token that may use every profile. What a profile says of its PPS beside
 * credentials holds for instances too, and nobody's own domains are ever blocked.
 */
export function openSecopsSites(
  profiles: readonly ServedProfile[],
  allowOrigins: readonly string[],
  forbidsUnverified: boolean,
  observe: Metrics["ppsRequest"],
): SecopsSites {
  const memory = createRetryMemory();
  const known = profiles.map(({ name, options }) => ({ name, options, origin: readAddress(options.url).origin }));
  const neverBlock = [...new Set(profiles.flatMap(({ options }) => options.ownDomains ?? []))];
  return (holder, requestId, books) => {
    const usable = known.filter(({ name }) => mayUseProfile(holder, name));
    const clouds = usable.flatMap(({ options: { cloudUrl } }) => cloudUrl ?? []);
    const further = holder.profiles.includes(everyProfile) ? allowOrigins : [];
    const nameOf = (origin: string) => usable.find((one) => one.origin === origin)?.name ?? origin;
    return {
      apiRoots: [...usable.map(({ origin }) => origin), ...clouds, ...further],
      neverBlock,
      forbidsUnverified,
      optionsOf: (origin) => sharedOptions(usable.find((one) => one.origin === origin)?.options),
      memory,
      caller: holder.name,
      openClient: clientOnRecord(holder, requestId, books, nameOf, observe),
    };
  };
}

/** What is true of a PPS whoever calls it; the credentials for feeds go to the hosts the server names, and nowhere else. */
function sharedOptions(options: PpsOptions | undefined): Partial<PpsOptions> {
  if (options === undefined) return {};
  const { username: _u, password: _p, passwordFile: _f, insecure: _i, url: _l, ...more } = options;
  const { cloudClientId: _c, cloudClientSecret: _s, cloudClientSecretFile: _sf, cloudClusterId: _k, ...rest } = more;
  return rest;
}

/** A client whose requests are counted, and whose changes are written down as those of any other call. */
function clientOnRecord(
  holder: Holder,
  requestId: string,
  books: Books,
  nameOf: (origin: string) => string,
  observe: (profile: string, request: ObservedRequest) => void,
): OpenClient {
  return (options, changed) => {
    const name = nameOf(new URL(options.url).origin);
    let sent = 0;
    const note = (request: Ask) => {
      sent++;
      changed(request);
    };
    const pps = createObservedClient(options, (request) => observe(name, request), note);
    return {
      async execute(command, raw, wishes) {
        const run = () =>
          command.effect === "read"
            ? pps.execute(command, raw, wishes)
            : changeOnRecord(command, raw, wishes, { name, pps, sent: () => sent });
        return run().catch((error: unknown) => {
          throw error instanceof Problem ? toPpsError(error) : error;
        });
      },
      close: pps.close,
    };
  };

  async function changeOnRecord(
    command: Command,
    raw: Readonly<Record<string, unknown>>,
    wishes: ExecuteOptions,
    profile: { name: string; pps: Pps; sent(): number },
  ): Promise<object> {
    const { signal = new AbortController().signal, found = () => {} } = wishes;
    const before = profile.sent();
    const execute: Pps["execute"] = (what, input, more) =>
      profile.pps.execute(what, input, { ...wishes, ...more }).catch((error: unknown) => {
        // What ended the action does not know what it had sent by then.
        const isCutOff = isPpsError(error) && error === signal.reason && profile.sent() > before;
        throw isCutOff ? new PpsError(error.code, error.message, { mayHaveHappened: true }) : error;
      });
    const pps = { ...profile.pps, execute };
    const { dryRun = false } = wishes;
    const call = { command, raw, dryRun, profile: { name: profile.name, pps }, requestId, signal };
    const { summary, error } = await carryOutOnRecord(call, holder, found, books);
    if (summary === undefined) throw error;
    return summary;
  }
}

/** A refusal of the server's own, as a command's error. */
function toPpsError(problem: Problem): PpsError {
  const { hint, mayHaveHappened = false, cause } = problem.details;
  if (problem.code === "fault" && !mayHaveHappened) throw cause ?? problem;
  return new PpsError("busy", problem.message, { mayHaveHappened, ...(hint === undefined ? {} : { hint }) });
}
