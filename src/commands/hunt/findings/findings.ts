import type { Message } from "../../quarantine/message.ts";
import { type MessageState, stateOf } from "../../trace/message-state.ts";
import type { TraceRecord } from "../../trace/record.ts";
import { readText } from "../../wire.ts";
import { factsOfMessage } from "./matcher.ts";

/** One message, put together of what trace and quarantine tell. */
export interface Finding {
  guid: string;
  /** Milliseconds since 1970; undefined where no date can be read. */
  time: number | undefined;
  sender: string;
  recipients: string[];
  subject: string;
  messageId: string;
  senderIp: string;
  finalRule: string;
  /** Folders with a record of it now. */
  heldIn: string[];
  /** What the trace says of it, but for what is held. */
  traced: MessageState | undefined;
  /** Folders the trace names, where it was put or is. */
  namedFolders: string[];
  /** Indexes of the indicators that name it. */
  indicators: number[];
}

/** Everything found so far, each message once. */
export interface Findings {
  addRecord(record: TraceRecord, indicators: readonly number[]): void;
  addMessage(message: Message, indicators: readonly number[]): void;
  /** True for a message that is known already; nothing is added otherwise. */
  addToKnown(message: Message): boolean;
  /** Newest first; those without a date last. */
  list(): Finding[];
  /** True when older messages were left out for the limit. */
  isCut(): boolean;
}

/** The likelier that somebody has to act, the higher: what counts where the records of one message differ. */
const rank: MessageState[] = ["stopped", "unclear", "delivered", "held"];

/**
 * Joins by GUID, the same in trace and quarantine (pps-api.md 5); where one is missing, by Message-ID and recipients. Keeps the
 * newest up to `limit`, so that memory stays bounded.
 */
export function createFindings(limit: number): Findings {
  let byGuid: { [guid: string]: Finding } = Object.create(null);
  let byMail: { [key: string]: Finding[] } = Object.create(null);
  let all: Finding[] = [];
  let isCut = false;

  function find(guid: string, key: string): Finding | undefined {
    if (guid !== "" && byGuid[guid] !== undefined) return byGuid[guid];
    // Two messages may share the rest: only what lacks a guid is joined by it.
    return (byMail[key] ?? []).filter((finding) => guid === "" || finding.guid === "")[0];
  }

  function register(finding: Finding, key: string): void {
    if (finding.guid !== "") byGuid[finding.guid] = finding;
    const others = byMail[key];
    if (others === undefined) byMail[key] = [finding];
    else if (others.length < 100) others.push(finding);
  }

  function prune(): void {
    if (all.length <= 2 * limit) return;
    const kept = newestFirst(all).slice(0, limit);
    isCut = true;
    byGuid = Object.create(null);
    byMail = Object.create(null);
    kept.forEach((finding) => {
      register(finding, keyOf(finding));
    });
    all = kept;
  }

  function take(given: Omit<Finding, "heldIn" | "traced" | "namedFolders">): Finding {
    const key = keyOf(given);
    const known = find(given.guid, key);
    if (known === undefined) {
      const finding: Finding = { ...given, indicators: [], heldIn: [], traced: undefined, namedFolders: [] };
      register(finding, key);
      all.push(finding);
      merge(finding.indicators, given.indicators);
      return finding;
    }
    if (known.guid === "" && given.guid !== "") {
      known.guid = given.guid;
      byGuid[given.guid] = known;
    }
    known.time = known.time ?? given.time;
    known.senderIp = known.senderIp || given.senderIp;
    known.messageId = known.messageId || given.messageId;
    known.finalRule = known.finalRule || given.finalRule;
    merge(known.recipients, given.recipients);
    merge(known.indicators, given.indicators);
    return known;
  }

  return {
    addRecord(record, indicators) {
      const { guid, sender, recipients, subject, messageId } = record;
      const shared = { guid, sender, recipients: recipients.slice(), subject, messageId };
      const [senderIp, finalRule] = [readText(record.senderIp), readText(record.finalRule)];
      const time = readIso(record.receivedAt);
      const finding = take({ ...shared, time, senderIp, finalRule, indicators: indicators.slice() });
      const state = stateOf(record, false);
      if (finding.traced === undefined || rank.indexOf(state) > rank.indexOf(finding.traced)) finding.traced = state;
      const folder = readText(record.currentFolder) || readText(record.quarantineFolder);
      merge(finding.namedFolders, folder === "" ? [] : [folder]);
      prune();
    },
    addMessage(message, indicators) {
      merge(take(toShared(message, indicators)).heldIn, [message.folder]);
      prune();
    },
    addToKnown(message) {
      const shared = toShared(message, []);
      if (find(message.guid, keyOf(shared)) === undefined) return false;
      merge(take(shared).heldIn, [message.folder]);
      return true;
    },
    list: () => newestFirst(all).slice(0, limit),
    isCut: () => isCut || all.length > limit,
  };
}

/** Where a message is. */
export function stateOfFinding({ heldIn, traced }: Finding): MessageState {
  return heldIn.length > 0 ? "held" : (traced ?? "unclear");
}

function toShared(message: Message, indicators: readonly number[]) {
  const { guid, sender, recipients, subject, messageId, receivedAt } = message;
  return {
    ...{ guid, sender, recipients: recipients.slice(), subject, messageId, finalRule: "" },
    time: readIso(receivedAt),
    senderIp: factsOfMessage(message).ip,
    indicators: indicators.slice(),
  };
}

function keyOf({ messageId, recipients, sender, subject, time }: Omit<Finding, "heldIn" | "traced" | "namedFolders">) {
  const addresses = recipients.map((address) => address.toLowerCase()).sort();
  // Mail without a Message-ID: the same at the same second from the same sender.
  return [messageId || `${time} ${sender} ${subject}`].concat(addresses).join("\n");
}

function newestFirst(findings: readonly Finding[]): Finding[] {
  return findings
    .map((finding, index) => ({ finding, index, time: finding.time ?? Number.NEGATIVE_INFINITY }))
    .sort((one, other) => (one.time === other.time ? one.index - other.index : other.time - one.time))
    .map((ranked) => ranked.finding);
}

/** Looks up what is there, as thousands of indicators may name one message. */
function merge<T extends string | number>(into: T[], more: readonly T[]): void {
  const known: { [item: string]: true } = Object.create(null);
  into.forEach((item) => {
    known[item] = true;
  });
  more.forEach((item) => {
    if (known[item]) return;
    known[item] = true;
    into.push(item);
  });
}

function readIso(time: string | null): number | undefined {
  return time === null ? undefined : new Date(time).getTime();
}
