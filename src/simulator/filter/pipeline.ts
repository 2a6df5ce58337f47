import type { Arrival, MailFacts, Verdict } from "../mail.ts";
import { domainOf, type OwnDomains } from "../smtp/own-domains.ts";
import { createAccessModule } from "./access.ts";
import { createAvModule } from "./av.ts";
import { createBulkModule } from "./bulk.ts";
import { createDlpModule } from "./dlp.ts";
import { type MailContent, readMailContent } from "./mail-content.ts";
import type { FilterModule, Finding } from "./module.ts";
import { createPhishModule } from "./phish.ts";
import { createPolicyModule } from "./policy.ts";
import type { Rules } from "./rules.ts";
import { createSpamModule } from "./spam.ts";

/** What the filters make of one message. */
export interface Examined {
  facts: MailFacts;
  verdict: Verdict;
}

/** All filtering modules as one. */
export interface Filters {
  examine(arrival: Arrival): Promise<Examined>;
  /** Only the modules that look again when a message is released with `scan`: viruses, DLP, attachment types. */
  rescan(arrival: Arrival): Promise<Examined>;
}

/**
 * The modules in the order in which they decide: the first finding that wants something done is the final rule.
 * `now` is in milliseconds.
 */
export function createFilters(rules: Rules, domains: OwnDomains, now: () => number): Filters {
  const av = createAvModule(rules.av);
  const policy = createPolicyModule(rules.policy);
  const dlp = createDlpModule(rules.dlp);
  const all = [
    createAccessModule(rules.access),
    av,
    createPhishModule(rules.phish, domains.includes, domains.patterns),
    policy,
    dlp,
    createSpamModule(rules.spam),
    createBulkModule(rules.bulk),
  ];
  const run = async (arrival: Arrival, modules: FilterModule[]): Promise<Examined> => {
    const startedAt = now();
    const mail = await readMailContent(arrival);
    const verdict = judge(mail, modules);
    verdict.routes = routesOf(mail, domains);
    verdict.durationSeconds = Math.max(0, now() - startedAt) / 1000;
    return { facts: mail.facts, verdict };
  };
  return {
    examine: (arrival) => run(arrival, all),
    rescan: (arrival) => run(arrival, [av, policy, dlp]),
  };
}

function judge(mail: MailContent, modules: FilterModule[]): Verdict {
  const verdict: Verdict = {
    action: "deliver",
    final: { module: "access", rule: "system" },
    hits: [],
    viruses: [],
    routes: [],
    dlp: [],
    durationSeconds: 0,
  };
  let deciding: Finding["outcome"];
  for (const module of modules) {
    const report = module.examine(mail);
    verdict.spamScore = report.spamScore ?? verdict.spamScore;
    verdict.viruses.push(...(report.viruses ?? []));
    verdict.dlp.push(...(report.dlp ?? []));
    for (const { rule, outcome } of report.findings) {
      const hit = { module: module.id, rule };
      verdict.hits.push(hit);
      if (deciding || !outcome) continue;
      deciding = outcome;
      verdict.final = hit;
      verdict.action = outcome.action;
      if (outcome.action === "hold") verdict.folder = outcome.folder;
    }
  }
  return verdict;
}

function routesOf({ envelope }: MailContent, domains: OwnDomains): string[] {
  const fromInside = domains.includes(domainOf(envelope.from));
  const toInside = envelope.to.some((address) => domains.includes(domainOf(address)));
  if (!fromInside) return ["default_inbound"];
  return toInside ? ["internal_net"] : ["outbound"];
}
