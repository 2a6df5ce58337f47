import type { OrganisationList, OrganisationLists } from "../threat-protection/organisation-lists.ts";
import type { Users } from "../users/users.ts";
import type { MailContent } from "./mail-content.ts";
import { concernsMail } from "./organisation-entry.ts";
import { concernsSender } from "./user-entry.ts";

/** Where the lists are kept: they are read anew for every message, so that a change holds for the next. */
export interface ListSources {
  organisation: Pick<OrganisationLists, "inForce">;
  users: Pick<Users, "find">;
}

/** Recipients of one message for whom the lists say the same. */
export interface ListedGroup {
  recipients: string[];
  /** Rules of the block lists that fired, the organisation's first. */
  block: string[];
  /** Rules of the safe lists that fired, the organisation's first. */
  safe: string[];
}

const userLists = { safe: "safelist", block: "blocklist" } as const;

/** Sorts the recipients of a message by what the organisation's lists and their own say of it, first come first. */
export function groupByLists(mail: MailContent, { organisation, users }: ListSources): ListedGroup[] {
  const entries = { safe: organisation.inForce("safe"), block: organisation.inForce("block") };
  const groups = new Map<string, ListedGroup>();
  for (const recipient of mail.envelope.to) {
    const user = users.find(recipient);
    const rulesOf = (list: OrganisationList): string[] => {
      const name = userLists[list];
      const isOrganisation = entries[list].some((entry) => concernsMail(entry, mail, recipient));
      const isOwn = user?.[name].some((entry) => concernsSender(entry, mail.envelope.from)) ?? false;
      return [...(isOrganisation ? [`organisation_${name}`] : []), ...(isOwn ? [`user_${name}`] : [])];
    };
    const block = rulesOf("block");
    const safe = rulesOf("safe");
    const key = [...block, ...safe].join();
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { recipients: [recipient], block, safe });
    else group.recipients.push(recipient);
  }
  return [...groups.values()];
}
