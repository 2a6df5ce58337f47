import { domainOf } from "../smtp/own-domains.ts";
import { imitatedName, protectNames } from "./look-alike.ts";
import type { MailContent } from "./mail-content.ts";
import { type FilterModule, type Finding, hold } from "./module.ts";
import type { Rules } from "./rules.ts";

/** Look-alike domains, listed links, and senders who pretend to be somebody of the house. */
export function createPhishModule(
  rules: Rules["phish"],
  isOwnDomain: (domain: string) => boolean,
  ownDomains: string[],
): FilterModule {
  const names = protectNames(ownDomains, rules.protectedNames);
  const listed = rules.listedHosts.map((host) => host.toLowerCase());
  return {
    id: "phish",
    examine(mail) {
      const findings: Finding[] = [];
      const senders = [mail.envelope.from, mail.from?.address, ...mail.replyTo.map(({ address }) => address)];
      const domains = [...senders.map((address) => domainOf(address ?? "")), ...mail.linkHosts].filter(
        (domain) => domain !== "",
      );
      if (mail.linkHosts.some((host) => listed.some((bad) => host === bad || host.endsWith(`.${bad}`)))) {
        findings.push(hold("listed_url", rules.folder));
      }
      if (domains.some((domain) => imitatedName(domain, names) !== undefined)) {
        findings.push(hold("lookalike_domain", rules.folder));
      }
      if (isImpostor(mail, rules.impostor, isOwnDomain)) findings.push(hold("impostor", rules.impostor.folder));
      return { findings };
    },
  };
}

function isImpostor(
  mail: MailContent,
  rules: Rules["phish"]["impostor"],
  isOwnDomain: (domain: string) => boolean,
): boolean {
  if (!mail.from) return false;
  const displayed = mail.from.name.toLowerCase();
  const outside = !isOwnDomain(domainOf(mail.from.address));
  const posesAsOwn = outside && isOwnDomain(domainOf(displayed.replace(/(?<![>)"'\s])[>)"'\s]+$/, "")));
  const carriesOwnName = outside && rules.names.some((name) => displayed.includes(name.toLowerCase()));
  if (posesAsOwn || carriesOwnName) return true;
  const from = domainOf(mail.from.address);
  const steered = mail.replyTo.some(({ address }) => domainOf(address) !== from);
  const text = mail.text.toLowerCase().replace(/\s+/g, " ");
  return steered && rules.phrases.filter((phrase) => text.includes(phrase.toLowerCase())).length >= 2;
}
