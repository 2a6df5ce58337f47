import { quoteValue } from "../../../core/quoted-value.ts";
import type { Intel } from "../../intel/intel.ts";
import { isNetwork } from "../../intel/name-forms.ts";
import { isPattern } from "../../intel/starred-words.ts";
import { groupSenders } from "./sender-groups.ts";

/** What one search asks for; quarantine knows sender, recipient and subject only (pps-api.md 2.1, 5). */
export interface SearchTerms {
  sender?: string;
  recipient?: string;
  subject?: string;
  host?: string;
  attachment?: string[];
  virus?: string[];
  messageId?: string;
}

/** One search, and the indicators it is for, by their index. */
export interface PlannedSearch {
  terms: SearchTerms;
  serves: number[];
  /** It finds more than is looked for, which is left out. */
  isWide: boolean;
}

/** How indicators are searched for. */
export interface SearchPlan {
  /** One search each; everything in the time is read instead where they are `all`. */
  trace: PlannedSearch[] | "all";
  /** One search in every folder each. */
  held: PlannedSearch[] | "all";
  /** Indicators that cannot be searched for, with the reason. */
  unsearchable: { index: number; reason: string }[];
}

/** Answers that reading all of quarantine may take beyond the first of each folder: 200,000 held messages. */
const pagesOfQuarantine = 200;

/** The same for the trace, which has every message that passed. */
const pagesOfTrace = 5000;

/**
 * Plans as few calls as possible: the same is asked for once; a domain covers its addresses, and what lies below a name its
 * domains; addresses of one domain are asked for together, unless the domain is `crowded`. Where the searches would take more
 * calls than reading everything is likely to, everything is read.
 */
export function planSearches(
  intel: readonly Intel[],
  folders: number,
  isCrowded: (domain: string) => boolean,
): SearchPlan {
  const unsearchable: SearchPlan["unsearchable"] = [];
  const usable: number[] = [];
  intel.forEach((one, index) => {
    const reason = findObstacle(one);
    if (reason === undefined) usable.push(index);
    else unsearchable.push({ index, reason });
  });
  const ofKind = (...kinds: Intel["kind"][]) =>
    usable.filter((index) => kinds.indexOf((intel[index] as Intel).kind) >= 0);
  const each = (kind: Intel["kind"], toTerms: (value: string) => SearchTerms, isWide = false) =>
    ofKind(kind).map((index) => ({ terms: toTerms((intel[index] as Intel).value), serves: [index], isWide }));

  const inBoth = groupSenders(intel, ofKind("sender", "domain"), isCrowded)
    .concat(each("recipient", (recipient) => ({ recipient })))
    .concat(each("subject", (subject) => ({ subject }), true));
  const trace = inBoth
    .concat(each("ip", (host) => ({ host })))
    .concat(each("host", (host) => ({ host })))
    .concat(each("attachment", (name) => ({ attachment: [name] })))
    .concat(each("virus", (name) => ({ virus: [name] })))
    .concat(each("messageId", (messageId) => ({ messageId })));
  return {
    trace: trace.length > pagesOfTrace ? "all" : trace,
    held: inBoth.length * folders > folders + pagesOfQuarantine ? "all" : inBoth,
    unsearchable,
  };
}

/** The searches of a plan; where everything is read, that is one for all of the indicators. */
export function searchesOf(planned: PlannedSearch[] | "all", intel: readonly Intel[]): PlannedSearch[] {
  return planned === "all" ? [{ terms: {}, serves: intel.map((_one, index) => index), isWide: true }] : planned;
}

function findObstacle({ kind, value, revoked }: Intel): string | undefined {
  if (revoked) return "its source has taken it back";
  if (kind === "replyTo") return "PPS searches for envelope senders, not for addresses in a Reply-To header";
  if (kind === "url") return "PPS does not search for links";
  if (kind === "hash") return "PPS does not search for hashes of files";
  if (kind === "ip" && isNetwork(value)) return "PPS searches for single IP addresses, not for networks";
  if (kind !== "attachment" && kind !== "virus") return undefined;
  if (isPattern(value)) return "PPS searches for whole names only";
  return value.indexOf(",") < 0 ? undefined : "it holds a comma, which PPS takes for the end of a name";
}

/** A search's terms for a person. */
export function describeTerms({ sender, recipient, subject, host, attachment, virus, messageId }: SearchTerms): string {
  if (sender !== undefined) return `the sender ${sender}`;
  if (recipient !== undefined) return `the recipient ${recipient}`;
  if (subject !== undefined) return `the subject ${quoteValue(subject)}`;
  if (host !== undefined) return `the host ${host}`;
  if (messageId !== undefined) return `the Message-ID ${messageId}`;
  const name = attachment ?? virus;
  return name === undefined
    ? "everything"
    : `the ${virus === undefined ? "attachment" : "virus"} ${quoteValue(name[0])}`;
}
