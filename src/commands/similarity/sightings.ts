import type { Message } from "../quarantine/message.ts";
import { type MessageState, stateOf } from "../trace/message-state.ts";
import type { TraceRecord } from "../trace/record.ts";
import { tracedFolders } from "../trace/traced-folders.ts";
import { readText } from "../wire.ts";
import { type HeldCopy, readHeldCopy } from "./held-copy.ts";
import type { Candidate } from "./traits/candidate.ts";
import { readSendingAddress } from "./traits/sending-address.ts";
import { readTraits, type Traits } from "./traits/traits.ts";

/** How alike a message is to what was reported. */
export interface Likeness {
  /** 0 to 100. */
  score: number;
  /** One phrase each, the weightiest first. */
  reasons: string[];
  /** PPS has recorded what ties its sender to the campaign, and not only content that anybody may send on or copy. */
  isTied: boolean;
}

/** One message, as quarantine and trace together tell of it. */
export interface Sighting extends Candidate {
  guid: string;
  recipients: string[];
  attachmentNames: string[];
  finalRule: string;
  /** Of the trace; "" where it was not read. */
  finalAction: string;
  /** Folder the trace says it is in now; "" for none. */
  currentFolder: string;
  isTraced: boolean;
  /** Some record of the trace says that it went to its recipients, be it after a release. */
  isDelivered: boolean;
  /** Folders the trace names, the present one last. */
  folders: string[];
  copies: HeldCopy[];
  /** Its record was looked for where the trace names it, and the search came to its end. */
  isLookedFor?: boolean;
  /** It was fetched to be opened, whatever came of it. */
  isOpened?: boolean;
  /** Read when first needed, and again when more has become known. */
  traits?: Traits | undefined;
  likeness: Likeness;
}

/** Everything seen so far, each message once. */
export interface Sightings {
  all: Sighting[];
  /** Takes in records; what is known of a message already is completed. */
  addHeld(messages: readonly Message[]): void;
  addTraced(records: readonly TraceRecord[]): void;
}

const unjudged: Likeness = { score: 0, reasons: [], isTied: false };

/** Nothing seen yet. Trace and quarantine name a message by the same guid (pps-api.md 5). */
export function createSightings(): Sightings {
  const all: Sighting[] = [];
  const byKey: Record<string, Sighting> = {};

  function place(seen: Omit<Sighting, "likeness">): Sighting {
    const key = seen.guid === "" ? `id\n${seen.messageId}\n${seen.recipients.join("\n")}` : `guid\n${seen.guid}`;
    const known = byKey[key];
    if (known === undefined) {
      const added = { ...seen, likeness: unjudged };
      byKey[key] = added;
      all.push(added);
      return added;
    }
    seen.recipients.forEach((recipient) => {
      if (known.recipients.indexOf(recipient) < 0) known.recipients.push(recipient);
    });
    known.senderIp = known.senderIp || seen.senderIp;
    known.sizeBytes = known.sizeBytes ?? seen.sizeBytes;
    known.receivedAt = known.receivedAt ?? seen.receivedAt;
    known.finalRule = known.finalRule || seen.finalRule;
    known.finalAction = known.finalAction || seen.finalAction;
    known.currentFolder = known.currentFolder || seen.currentFolder;
    known.isTraced = known.isTraced || seen.isTraced;
    known.isDelivered = known.isDelivered || seen.isDelivered;
    if (known.attachmentNames.length === 0) known.attachmentNames = seen.attachmentNames;
    known.folders = known.folders.concat(seen.folders.filter((folder) => known.folders.indexOf(folder) < 0));
    known.traits = undefined;
    return known;
  }

  return {
    all,
    addHeld(messages) {
      messages.forEach((message) => {
        const { folder, localGuid } = message;
        const sighting = place({
          ...pick(message),
          sizeBytes: message.sizeBytes,
          senderIp: readSendingAddress(message.hostIp),
          attachmentNames: [],
          finalRule: "",
          finalAction: "",
          currentFolder: "",
          isTraced: false,
          isDelivered: false,
          folders: [],
          copies: [],
        });
        const isKnown = sighting.copies.some((copy) => copy.folder === folder && copy.localGuid === localGuid);
        if (!isKnown) sighting.copies.push(readHeldCopy(message));
      });
    },
    addTraced(records) {
      records.forEach((record) => {
        place({
          ...pick(record),
          sizeBytes: typeof record.sizeBytes === "number" ? record.sizeBytes : null,
          senderIp: readSendingAddress(readText(record.senderIp)),
          attachmentNames: (Array.isArray(record.attachmentNames) ? record.attachmentNames : []).map(readText),
          finalRule: readText(record.finalRule),
          finalAction: readText(record.finalAction),
          currentFolder: readText(record.currentFolder),
          isTraced: true,
          isDelivered: stateOf(record, false) === "delivered",
          folders: tracedFolders([record]),
          copies: [],
        });
      });
    },
  };
}

/** Where a message is; `isLookedFor`: the folder the trace names was searched to its end. */
export function stateOfSighting(sighting: Sighting, isLookedFor: boolean): MessageState {
  const isHeld = sighting.copies.length > 0;
  // A copy put aside, or the record of a release, is told of by the trace as well.
  return sighting.isDelivered && !isHeld ? "delivered" : stateOf(sighting, isHeld, isLookedFor);
}

/** What a sighting shows. */
export function traitsOf(sighting: Sighting): Traits {
  sighting.traits = sighting.traits ?? readTraits(sighting);
  return sighting.traits;
}

function pick({ guid, messageId, sender, recipients, subject, receivedAt }: Message | TraceRecord) {
  return { guid, messageId, sender, recipients: recipients.slice(), subject, receivedAt };
}
