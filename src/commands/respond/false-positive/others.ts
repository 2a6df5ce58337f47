import type { RunContext } from "../../../core/command.ts";
import { isPpsError } from "../../../core/errors.ts";
import { collect } from "../../../core/overhearing.ts";
import { recognise, type Steps } from "../../../core/steps.ts";
import { cleanLine, noteOf } from "../../answers.ts";
import { clockSlack } from "../../clock-slack.ts";
import { findOwnDomain } from "../../lists/entry/own-domain.ts";
import { type Listing, listMessages } from "../../quarantine/listing.ts";
import type { Message } from "../../quarantine/message.ts";
import { exactSender } from "../../quarantine/search.ts";
import { readText } from "../../wire.ts";
import type { Suspect } from "./check.ts";
import { readTraces } from "./other-traces.ts";

/** Most others that are told of; each may cost a search of the trace. */
const mostOthers = 100;

/** Requests spent on looking for them. */
const mostRequests = 50;

/** What holds the others too. */
export interface HeldReason {
  message: Message;
  /** Folder the message was held in. */
  folder: string;
  /** module.rule that holds it; "" where it is not known. */
  rule: string;
  since: number;
}

/** Messages held for the same reason. */
export interface Others {
  suspects: Suspect[];
  /** A few words each, such as `sender @shop.example` and `folder Bulk`. */
  reasons: string[];
  notes: string[];
  truncated: boolean;
}

interface Scope {
  /** As PPS is asked. */
  pattern: string | undefined;
  /** As people read it. */
  text: string;
  holds: (sender: string) => boolean;
}

/**
 * Finds messages of the same sender in the same folder, held by the same rule where the trace tells. All of the sender's
 * domain count, unless that is a mail provider's or the site's own. That they could not be looked for is noted.
 */
export function* findOthers({ message, folder, rule, since }: HeldReason, context: RunContext): Steps<Others> {
  const scope = yield* scopeOf(message.sender, context);
  const reasons = [`sender ${scope.text}`, `folder ${folder}`].concat(rule === "" ? [] : `rule ${cleanLine(rule)}`);
  const others: Others = { suspects: [], reasons, notes: [], truncated: false };
  if (message.sender === "") return others;
  try {
    const order = {
      folders: [folder],
      query: { sender: scope.pattern, dlp: "basic", status: true },
      window: { start: since, end: context.now + clockSlack },
      limit: mostOthers,
      mostRequests,
      keep: ({ guid, sender }: Message) => guid !== message.guid && scope.holds(sender),
    } as const;
    const { items, result } = yield* collect<Message, Listing>(listMessages(order));
    const isCut = result.truncated && items.length === mostOthers;
    others.truncated = result.truncated;
    if (isCut)
      others.notes.push(`More than ${mostOthers} others are held for the same reason; only the newest are told of.`);
    else for (const note of result.notes) others.notes.push(note);
    const traces = yield* readTraces(items, { pattern: scope.pattern, since }, context);
    for (const note of traces.notes) others.notes.push(note);
    others.truncated = others.truncated || traces.isIncomplete;
    others.suspects = traces.suspects.filter((suspect) => mayBeHeldBy(rule, suspect));
  } catch (error) {
    if (!isPpsError(error)) throw error;
    others.notes.push(`Others held for the same reason could not be looked for. ${noteOf(error)}`);
    others.truncated = true;
  }
  return others;
}

function* scopeOf(sender: string, { ownDomains }: RunContext): Steps<Scope> {
  const at = sender.lastIndexOf("@");
  const address = sender.toLowerCase();
  const alone: Scope = {
    pattern: exactSender(sender),
    text: sender,
    holds: (other) => other.toLowerCase() === address,
  };
  if (at < 1) return alone;
  const domain = (yield* recognise([address.slice(at + 1)]))[0]?.domain;
  const isShared = domain === undefined || domain.isMailProvider || domain.isPublicSuffix;
  if (isShared || findOwnDomain(domain.ascii, ownDomains) !== undefined) return alone;
  const ending = address.slice(at);
  return { pattern: ending, text: ending, holds: (other) => other.toLowerCase().slice(-ending.length) === ending };
}

/** False where the trace names another rule. */
function mayBeHeldBy(rule: string, { trace }: Suspect): boolean {
  return rule === "" || trace.length === 0 || trace.some((one) => readText(one.finalRule) === rule);
}
