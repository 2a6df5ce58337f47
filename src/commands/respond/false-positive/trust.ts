import type { RunContext } from "../../../core/command.ts";
import { isPpsError } from "../../../core/errors.ts";
import { retell } from "../../../core/overhearing.ts";
import { found, type Steps } from "../../../core/steps.ts";
import { domainOf } from "../../address-domain.ts";
import { findOwnDomain } from "../../lists/entry/own-domain.ts";
import type { ListOutcome } from "../../lists/list-outcome.ts";
import { addEntries } from "../../lists/organisation/addition.ts";
import type { OrganisationList } from "../../lists/organisation/organisation-list.ts";
import type { ActionResult } from "../../outcome.ts";
import { outcomeOf } from "../../outcome.ts";
import type { Message } from "../../quarantine/message.ts";
import { changeUserLists } from "../../users/lists/change-user-list.ts";
import type { ResponseItem } from "../response-item.ts";

/**
 * Puts a message's sender on the organisation's safelist, or on those of its recipients who are the site's own, and hands
 * on an item for each. What the guard rails refuse is an item too. Gives what has to be said of it.
 */
export function* trustSender(
  { sender, recipients }: Message,
  on: OrganisationList | undefined,
  context: RunContext,
): Steps<string[]> {
  const about = { action: "trust", entry: sender, sender } as const;
  const own = recipients.filter((address) => isOurs(address, context));
  const obstacle = sender === "" ? "A message without a sender has none to be trusted." : undefined;
  const nobody = on === undefined && own.length === 0 ? "None of its recipients is a user of the site." : undefined;
  const reason = obstacle ?? nobody;
  if (reason !== undefined) {
    yield* found([{ ...about, outcome: "left", message: reason }]);
    return [];
  }
  const written = { entries: [sender] };
  const steps: Steps<ActionResult> =
    on === undefined
      ? changeUserLists({ list: "safelist", action: "add", written, users: own }, context)
      : addEntries(on, { ...written, comment: "Held by mistake" }, false, context);
  try {
    return (yield* retell<ListOutcome, ActionResult>(steps, (outcome) => toItem(outcome, sender))).notes;
  } catch (error) {
    if (!isPpsError(error)) throw error;
    const refusal: Partial<ResponseItem> =
      error.code === "bad_input"
        ? { outcome: "refused", code: "refused", hint: "The command that adds to a safelist can override this." }
        : {};
    yield* found([{ ...about, ...outcomeOf(error), ...refusal }]);
    return [];
  }
}

/** Where a site has not named its domains, whoever got the message is taken for a user. */
function isOurs(address: string, { ownDomains }: RunContext): boolean {
  const domain = domainOf(address).toLowerCase();
  return ownDomains.length === 0 || findOwnDomain(domain, ownDomains)?.isBelow === false;
}

function toItem(
  { action: _, list: _list, attribute: _of, operator: _how, value: _what, ...told }: ListOutcome,
  sender: string,
) {
  return { ...told, action: "trust", sender };
}
