import { quoteValue } from "../../../core/quoted-value.ts";
import type { ListName } from "../list-name.ts";
import type { Criterion } from "../organisation/criterion.ts";
import type { Harm } from "./harm.ts";
import { findOwnByFragment } from "./own-domain.ts";

/** Where so many have mailboxes that a fragment of the name would hit people everywhere. */
const bigProviders = [
  "gmail.com",
  "googlemail.com",
  "outlook.com",
  "hotmail.com",
  "live.com",
  "msn.com",
  "yahoo.com",
  "icloud.com",
  "aol.com",
  "gmx.net",
  "gmx.de",
  "web.de",
  "proton.me",
  "protonmail.com",
];

/** What an entry of the organisation's list would do that nobody wants; undefined where it is harmless. */
export function findPatternHarm(
  { attribute, operator, value }: Criterion,
  list: ListName,
  ownDomains: readonly string[],
): Harm | undefined {
  const fragment = value.trim().toLowerCase();
  if (operator === "not-equal" || operator === "not-contain") {
    return {
      whom: "nearly all mail",
      because: `it matches whatever ${operator === "not-equal" ? "is" : "has"} not ${quoteValue(value)}`,
    };
  }
  if (attribute === "recipient") return findRecipientHarm(value, operator, list);
  if (fragment === "" || fragment === "<>") return { whom: "bounces and receipts", because: "they have no sender" };
  if (operator !== "contain") return undefined;
  if (fragment.length < 4) {
    return { whom: "very many strangers", because: "fewer than 4 characters stand in very many names" };
  }
  return attribute === "ip" ? findIpFragmentHarm(fragment) : findFragmentHarm(fragment, list, ownDomains);
}

/** Letting all mail to one recipient through is a choice sites make, for a mailbox that collects spam. */
function findRecipientHarm(value: string, operator: string, list: ListName): Harm | undefined {
  const isOne = operator !== "contain";
  if (list === "safelist" && isOne) return undefined;
  const whom = isOne ? quoteValue(value) : `whoever has ${quoteValue(value)} in the address`;
  return { whom: `all mail to ${whom}`, because: "a recipient is compared, and no sender" };
}

function findIpFragmentHarm(fragment: string): Harm | undefined {
  if (/^\d+\.\d+\./.test(fragment) || /:.*:/.test(fragment)) return undefined;
  return { whom: "very many hosts of strangers", because: "the fragment stands in too many addresses" };
}

function findFragmentHarm(fragment: string, list: ListName, ownDomains: readonly string[]): Harm | undefined {
  const own = findOwnByFragment(fragment, ownDomains);
  if (own !== undefined) {
    const whom = list === "blocklist" ? "your own mail" : "forged mail in your own name";
    return { whom, because: `addresses of ${own}, which is yours, have ${quoteValue(fragment)} in them` };
  }
  const provider = bigProviders.filter((name) => `@${name}`.indexOf(fragment) >= 0)[0];
  if (provider === undefined) return undefined;
  return { whom: `everybody at ${provider}`, because: `their addresses have ${quoteValue(fragment)} in them` };
}
