import type { RunContext } from "../../../core/command.ts";
import { isPpsError } from "../../../core/errors.ts";
import { collect } from "../../../core/overhearing.ts";
import { recognise, type Steps } from "../../../core/steps.ts";
import { cleanLine, noteOf } from "../../answers.ts";
import { clockDifference, clockSlack } from "../../clock-slack.ts";
import { findOwnDomain } from "../../lists/entry/own-domain.ts";
import { type Listing, listMessages } from "../../quarantine/listing.ts";
import type { Message } from "../../quarantine/message.ts";
import { exactSender } from "../../quarantine/search.ts";
import { searchTrace, type TraceListing } from "../../trace/listing.ts";
import type { TraceRecord } from "../../trace/record.ts";
import { readText } from "../../wire.ts";
import type { Suspect } from "./check.ts";

/** Most others that are told of. */
const mostOthers = 100;

/** Requests spent on looking for them. */
const mostRequests = 50;

/** Records of the trace looked through for the rules that hold them. */
const mostRecords = 2000;

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
    others.suspects = yield* sameRule(items, rule, scope, others.notes, context);
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

/** Those of which the trace does not name another rule; it is asked once for all of them. */
function* sameRule(
  messages: readonly Message[],
  rule: string,
  { pattern }: Scope,
  notes: string[],
  context: RunContext,
): Steps<Suspect[]> {
  if (messages.length === 0) return [];
  const times = messages.map(({ receivedAt }) => new Date(receivedAt ?? "").getTime()).filter((time) => time > 0);
  if (times.length === 0) return messages.map((message) => ({ message, trace: [] }));
  const query = {
    sender: pattern,
    since: times.reduce((one, other) => Math.min(one, other)) - clockDifference,
    until: times.reduce((one, other) => Math.max(one, other)) + clockDifference,
    limit: mostRecords,
  };
  try {
    const { items } = yield* collect<TraceRecord, TraceListing>(searchTrace(query, context.now));
    return messages
      .map((message) => ({ message, trace: items.filter(({ guid }) => guid === message.guid) }))
      .filter(
        ({ trace }) => rule === "" || trace.length === 0 || trace.some((one) => readText(one.finalRule) === rule),
      );
  } catch (error) {
    if (!isPpsError(error)) throw error;
    notes.push(`Which rules hold the others is not known. ${noteOf(error)}`);
    return messages.map((message) => ({ message, trace: [] }));
  }
}
