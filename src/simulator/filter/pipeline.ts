import type { Arrival, MailFacts, ModuleId, Verdict } from "../mail.ts";
import { domainOf, type OwnDomains } from "../smtp/own-domains.ts";
import type { OrganisationList } from "../threat-protection/organisation-lists.ts";
import { createAccessModule } from "./access.ts";
import { createAvModule } from "./av.ts";
import { createBulkModule } from "./bulk.ts";
import { createDlpModule } from "./dlp.ts";
import { judgeLists, skippedWhenSafe } from "./list-report.ts";
import { type MailContent, readMailContent } from "./mail-content.ts";
import type { FilterModule, Finding, Report } from "./module.ts";
import { createPhishModule } from "./phish.ts";
import { createPolicyModule } from "./policy.ts";
import type { Rules } from "./rules.ts";
import { groupByLists, type ListSources } from "./sender-lists.ts";
import { createSpamModule } from "./spam.ts";

/** What the filters make of one message: one part, or several where lists treat its recipients differently. */
export interface Examined {
  facts: MailFacts;
  parts: ExaminedPart[];
}

/** The recipients that share a verdict. */
export interface ExaminedPart {
  recipients: string[];
  verdict: Verdict;
}

/** All filtering modules as one. */
export interface Filters {
  examine(arrival: Arrival): Promise<Examined>;
  /** Only the modules that look again when a message is released with `scan`: viruses, DLP, attachment types. */
  rescan(arrival: Arrival): Promise<Verdict>;
}

/** What filters work with. `now` is in milliseconds. */
export interface FilterParts {
  rules: Rules;
  domains: OwnDomains;
  lists: ListSources;
  /** Which list wins when a sender stands on both kinds. */
  precedence: OrganisationList;
  now(): number;
}

/** What one module said of a message. */
interface Said {
  module: ModuleId;
  report: Report;
}

/** The modules in the order in which they decide: the first finding that wants something done is the final rule. */
export function createFilters({ rules, domains, lists, precedence, now }: FilterParts): Filters {
  const access = createAccessModule(rules.access);
  const av = createAvModule(rules.av);
  const policy = createPolicyModule(rules.policy);
  const dlp = createDlpModule(rules.dlp);
  const later = [
    createPhishModule(rules.phish, domains.includes, domains.patterns),
    policy,
    dlp,
    createSpamModule(rules.spam),
    createBulkModule(rules.bulk),
  ];
  return {
    async examine(arrival) {
      const startedAt = now();
      const mail = await readMailContent(arrival);
      const first = ask([access, av], mail);
      const rest = ask(later, mail);
      const parts = groupByLists(mail, lists).map((group) => {
        const listed = judgeLists(group, rules.lists, precedence);
        const heard = listed.isSafe ? rest.filter(({ module }) => !skippedWhenSafe.includes(module)) : rest;
        const verdict = judge([...first, { module: "spam", report: listed }, ...heard]);
        return { recipients: group.recipients, verdict: complete(verdict, mail, group.recipients, startedAt) };
      });
      return { facts: mail.facts, parts };
    },
    async rescan(arrival) {
      const startedAt = now();
      const mail = await readMailContent(arrival);
      return complete(judge(ask([av, policy, dlp], mail)), mail, arrival.envelope.to, startedAt);
    },
  };

  function complete(verdict: Verdict, mail: MailContent, recipients: string[], startedAt: number): Verdict {
    const routes = routesOf(mail.envelope.from, recipients, domains);
    return { ...verdict, routes, durationSeconds: Math.max(0, now() - startedAt) / 1000 };
  }
}

function ask(modules: FilterModule[], mail: MailContent): Said[] {
  return modules.map((module) => ({ module: module.id, report: module.examine(mail) }));
}

function judge(said: readonly Said[]): Verdict {
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
  for (const { module, report } of said) {
    verdict.spamScore = report.spamScore ?? verdict.spamScore;
    verdict.viruses.push(...(report.viruses ?? []));
    verdict.dlp.push(...(report.dlp ?? []));
    for (const { rule, outcome } of report.findings) {
      const hit = { module, rule };
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

function routesOf(sender: string, recipients: string[], domains: OwnDomains): string[] {
  const fromInside = domains.includes(domainOf(sender));
  const toInside = recipients.some((address) => domains.includes(domainOf(address)));
  if (!fromInside) return ["default_inbound"];
  return toInside ? ["internal_net"] : ["outbound"];
}
