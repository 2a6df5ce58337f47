import { BlockList, isIP, isIPv6 } from "node:net";
import type { OrganisationEntry } from "../threat-protection/organisation-lists.ts";
import type { MailContent } from "./mail-content.ts";

/** What each attribute of an entry looks at (pps-api.md 7), for one of the recipients. */
const subjects = new Map<string, (mail: MailContent, recipient: string) => string>([
  ["$from", ({ envelope }) => envelope.from],
  ["$hfrom", ({ facts }) => facts.headerFrom],
  ["$ip", ({ peer }) => peer.ip],
  ["$host", ({ peer }) => peer.host],
  ["$helo", ({ peer }) => peer.helo],
  ["$rcpt", (_mail, recipient) => recipient],
]);

/**
 * Whether an entry of an organisation list is about this message to this recipient; letter case is ignored. `is_in_list` names a
 * list that is kept elsewhere, and is obeyed by nobody here.
 */
export function concernsMail({ attribute, operator, value }: OrganisationEntry, mail: MailContent, recipient: string) {
  const subject = subjects.get(attribute)?.(mail, recipient).toLowerCase();
  if (subject === undefined) return false;
  const wanted = value.toLowerCase();
  const isEqual = () => (attribute === "$ip" ? isAddressWithin(subject, wanted) : subject === wanted);
  switch (operator) {
    case "equal":
      return isEqual();
    case "not_equal":
      return !isEqual();
    case "contain":
      return subject.includes(wanted);
    case "not_contain":
      return !subject.includes(wanted);
    default:
      return false;
  }
}

/** Whether an address is the other one, however it is written, or lies in that network. */
function isAddressWithin(address: string, wanted: string): boolean {
  const [start = "", prefix] = wanted.split("/");
  if (isIP(address) === 0 || isIP(start) === 0) return false;
  const list = new BlockList();
  try {
    if (prefix === undefined) list.addAddress(start, familyOf(start));
    else list.addSubnet(start, /^\d+$/.test(prefix) ? Number(prefix) : Number.NaN, familyOf(start));
  } catch {
    return false;
  }
  return list.check(address, familyOf(address));
}

const familyOf = (address: string) => (isIPv6(address) ? "ipv6" : "ipv4");
