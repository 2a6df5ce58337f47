import type { Rule } from "../../../core/command.ts";
import { choice, list, text } from "../../../core/fields.ts";
import { exampleDomain, type ListName } from "../list-name.ts";
import { attributes, operators } from "./criterion.ts";
import { longestComment } from "./managed-mark.ts";

/** The cluster whose list is meant; every command on an organisation's list has it. */
export const clusterId = text({
  description:
    "Id of the cluster whose list is meant, where it is not the one of the settings (cloudClusterId, PPS_CLOUD_CLUSTER_ID).",
  maxLength: 200,
});

/** The entries themselves; the same for adding and removing. */
export function entryList(name: ListName) {
  const domain = exampleDomain(name);
  return list({
    positional: true,
    maxItems: 100_000,
    maxLength: 4000,
    description: `Addresses, domains (${domain}), domains below one (*.${domain}), IP addresses or networks, also defanged; or entries as JSON lines.`,
    example: `billing@${domain}`,
    xsoar: "email",
  });
}

/** Whose own lists are meant instead of the organisation's. */
export const users = list({
  maxItems: 1000,
  maxLength: 320,
  description: "Users whose own list is meant instead of the organisation's: addresses, aliases or uids.",
  example: "ann@example.com",
});

/** What of a message is compared. */
export const attribute = choice({
  values: attributes,
  description:
    "What of a message is compared, on the organisation's list. Without it: the envelope sender, and the sending host for an IP address.",
});

/** How it is compared. */
export const operator = choice({
  values: operators,
  description:
    "How it is compared, on the organisation's list; the entry is then taken letter by letter. Without it the entry itself says how.",
});

/** Why an entry is there. */
export const comment = text({
  description: "Why the entry is there, for those who read the organisation's list later; its date is put behind it.",
  maxLength: longestComment,
});

/** A user's own list knows senders alone. */
export const noOrganisationFields: Rule = (input, nameOf) => {
  if (input.user === undefined) return undefined;
  const given = ["attribute", "operator", "comment", "clusterId"].filter((name) => input[name] !== undefined);
  if (given.length === 0) return undefined;
  return `A user's own list has no ${given.map(nameOf).join(", ")}; leave ${given.length === 1 ? "it" : "them"} out, or leave out ${nameOf("user")}.`;
};
