import type { RunContext } from "../../../core/command.ts";
import { isPpsError } from "../../../core/errors.ts";
import type { Steps } from "../../../core/steps.ts";
import { cleanLine, noteOf } from "../../answers.ts";
import {
  findOrganisationList,
  type OrganisationEntry,
  readOrganisationList,
} from "../../lists/organisation/organisation-list.ts";
import type { Check } from "./check.ts";

/** What of a message the organisation's blocklist may name. */
export interface BlockedParts {
  sender: string;
  /** Addresses of the From header. */
  from: readonly string[];
  ip: string;
}

/**
 * Whether the organisation's blocklist names the sender, so that the next message is held again; nothing where its API is
 * not set up (pps-api.md 7).
 */
export function* checkBlocklist(
  parts: BlockedParts,
  clusterId: string | undefined,
  context: RunContext,
): Steps<Check[]> {
  const { threatProtection } = context;
  if (threatProtection.missing.length > 0 || (clusterId ?? threatProtection.clusterId) === undefined) return [];
  const name = "blocklist";
  try {
    const on = findOrganisationList("blocklist", context, clusterId);
    const entry = (yield* readOrganisationList(on)).filter((each) => names(each, parts))[0];
    if (entry === undefined) return [{ name, state: "ok", detail: "The organisation's blocklist does not name it." }];
    const what = cleanLine(`${entry.attribute} ${entry.operator} ${entry.value}`);
    const detail = `The organisation's blocklist names it (${what}): the next message is held again.`;
    return [{ name, state: "warn", detail }];
  } catch (error) {
    if (!isPpsError(error)) throw error;
    return [{ name, state: "warn", detail: `The organisation's blocklist could not be read. ${noteOf(error)}` }];
  }
}

/** Only what says whom it means: an entry of another operator or attribute names no sender. */
function names({ attribute, operator, value }: OrganisationEntry, parts: BlockedParts): boolean {
  const wanted = value.trim().toLowerCase();
  if (wanted === "") return false;
  return partsFor(attribute, parts).some((text) => {
    const given = text.toLowerCase();
    return operator === "contain" ? given.indexOf(wanted) >= 0 : operator === "equal" && given === wanted;
  });
}

function partsFor(attribute: string, { sender, from, ip }: BlockedParts): readonly string[] {
  switch (attribute) {
    case "sender":
      return [sender];
    case "header-sender":
      return from;
    case "ip":
      return [ip];
    default:
      return [];
  }
}
