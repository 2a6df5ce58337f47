import type { FolderSetting } from "../../../core/command.ts";
import { cleanLine } from "../../answers.ts";
import { isAmong } from "../../each-once.ts";
import { fewNames } from "../../few-names.ts";
import type { Outcome } from "../../outcome.ts";
import type { Action } from "../../quarantine/actions/send.ts";
import { toBody } from "../../quarantine/actions/send.ts";
import type { Target } from "../../quarantine/actions/targets.ts";
import { settledFolders } from "../../settled-folders.ts";
import type { CampaignMessage } from "../../similarity/campaign.ts";
import type { HeldCopy } from "../../similarity/held-copy.ts";
import { findFolder, isSameFolder } from "../../site-folders.ts";
import type { ResponseItem } from "../response-item.ts";

/** What may be done with the messages of a campaign. */
export interface PlanOrder {
  /** How held messages are deleted, the same for each. */
  deletion: Action;
  /** Also what matches only weakly is deleted. */
  weak: boolean;
  /** Most messages deleted. */
  limit: number;
  folders: readonly FolderSetting[];
  /** The folders that were named, if any: what lies among deleted mail is deleted for good only there. */
  folder?: readonly string[] | undefined;
}

/** A held message that is to be deleted. */
export interface Deletion {
  target: Target;
  item: ResponseItem;
}

/** What is to be deleted, and what is left for the reason its message gives. */
export interface CampaignPlan {
  deletions: Deletion[];
  left: ResponseItem[];
  /** How many are left only because of the limit. */
  beyondLimit: number;
  /** How many held ones are left only because they match weakly. */
  weakLeft: number;
}

/** Decides for each copy of each message; the messages come best first, so that the limit cuts what is least alike. */
export function planMessages(messages: readonly CampaignMessage[], order: PlanOrder): CampaignPlan {
  const plan: CampaignPlan = { deletions: [], left: [], beyondLimit: 0, weakLeft: 0 };
  messages.forEach((message) => {
    const known = describe(message);
    if (message.copies.length === 0) plan.left.push({ ...known, ...leave(tellState(message)) });
    message.copies.forEach((copy) => {
      const item = { ...known, folder: copy.folder, localGuid: copy.localGuid };
      const reason = findReasonToLeave(message, copy, order);
      if (reason !== undefined) {
        plan.left.push({ ...item, ...leave(reason) });
      } else if (message.strength === "weak" && !order.weak) {
        plan.weakLeft++;
        plan.left.push({ ...item, ...leave("It matches only weakly and is left.") });
      } else if (plan.deletions.length >= order.limit) {
        plan.beyondLimit++;
        plan.left.push({ ...item, ...leave(`It is left because of the limit of ${order.limit} messages.`) });
      } else {
        const target = toTarget(message, copy);
        plan.deletions.push({ target, item: { ...item, action: "delete", ...planOf(target, order.deletion) } });
      }
    });
  });
  return plan;
}

/** What is known of a message, whatever becomes of it. */
function describe({ guid, state, receivedAt, sender, recipients, subject, score, reasons }: CampaignMessage) {
  return { action: "none" as const, guid, state, receivedAt, sender, recipients, subject, score, reasons };
}

function leave(message: string): Outcome {
  return { outcome: "left", message };
}

function tellState({ state, recipients }: CampaignMessage): string {
  switch (state) {
    case "delivered":
      return `It was delivered to ${fewNames(recipients.map(cleanLine))}; PPS cannot take it back from mailboxes.`;
    case "stopped":
      return "It was stopped at the gateway, or is held no more.";
    case "held":
      return "It was held, but where it lies now was not found.";
    case "unclear":
      return "What became of it is not known.";
  }
}

/** Why a held copy is left whatever its score; undefined where nothing speaks against deleting it. */
function findReasonToLeave(
  { guid }: CampaignMessage,
  copy: HeldCopy,
  { deletion: { destination }, folders, folder: named = [] }: PlanOrder,
): string | undefined {
  const { folder, localGuid } = copy;
  const type = findFolder(folders, folder)?.moduleType;
  if (type === "dlp") {
    return `Folder ${folder} belongs to DLP: what is held there may be evidence of a leak, and is left.`;
  }
  // PPS would act on every id between the commas and answer once.
  if (localGuid.indexOf(",") >= 0) return `The local id of message ${guid} holds a comma, which divides ids.`;
  const isDestination = destination.kind === "folder" && isSameFolder(folder, destination.folder);
  if (isDestination || (isAmong(folder, settledFolders) && !isAmong(folder, named))) {
    return tellSettled(copy, isDestination);
  }
  if (destination.kind !== "folder") return undefined;
  const other = findFolder(folders, destination.folder)?.moduleType;
  if (type === undefined || other === undefined || type === other) return undefined;
  return `Folder ${destination.folder} is of module type ${other} and ${folder} of ${type}; PPS moves only within one module type.`;
}

/** Deleted mail lies where released mail does, and may be kept there on purpose. */
function tellSettled({ folder, releaseNote }: HeldCopy, isDestination: boolean): string {
  if (releaseNote !== undefined) {
    return `It was released from quarantine (${releaseNote}) and lies in ${folder}; PPS cannot take it back from mailboxes.`;
  }
  if (isDestination) return `It lies in ${folder} already.`;
  return `It lies in ${folder}: deleted already, and PPS notes no release of it.`;
}

function toTarget({ guid, sender }: CampaignMessage, { folder, localGuid, receivedAt }: HeldCopy): Target {
  const time = receivedAt === null ? 0 : new Date(receivedAt).getTime();
  return { localGuid, folder, guid, sender, ...(time > 0 ? { receivedAt: time } : {}) };
}

function planOf(target: Target, deletion: Action): Outcome {
  const { destination } = deletion;
  return {
    outcome: "planned",
    message: `Would ${destination.kind === "folder" ? `move it to ${destination.folder}` : "delete it for good"}; nothing was sent.`,
    request: { method: "POST", path: "/quarantine", body: toBody(target, deletion) },
  };
}
