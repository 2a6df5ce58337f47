import type { AboutMessage, FalsePositiveResult, ResponseItem } from "../../../../commands/index.ts";
import type { Json } from "../../../../core/steps.ts";
import { refuse } from "../parameter-values.ts";
import type { FieldNames, Performer, Run } from "../run.ts";
import { makeTable } from "../table-text.ts";
import { attachReport } from "./attached-report.ts";
import { attempt, type Kind } from "./attempt.ts";
import { countDone, nameItem, responseKind, tabulateItems } from "./response-items.ts";
import { resultOfSorted, type Sorted, sortOutcomes } from "./sorted-outcomes.ts";
import { fitTables } from "./tables.ts";

const command = "respond.false-positive";

const names: FieldNames = {
  guid: "Message GUID",
  localGuid: "Local GUID",
  folder: "Folder Name",
  deletedFolder: "Deleted Folder Name",
  safelist: "Safelist Sender",
};

const safelists: Readonly<Record<string, string>> = { None: "none", User: "user", Organization: "organisation" };

/** Known of a step that has released the message: PPS may still show it, and would deliver it again. */
const released = "released";

/** Respond to False Positive. A repeat of a step that has released the message looks only. */
export const respondToFalsePositive: Performer = async (run) => {
  const dryRun = run.parameters.flag("Dry Run");
  const input = readOrder(run);
  const isRepeat = run.isDone(released);
  const tried = await attempt<ResponseItem, FalsePositiveResult>(
    run,
    { command, input, names, dryRun: dryRun || isRepeat },
    kind,
  );
  const items = isRepeat ? tried.items.map(holdBack) : tried.items;
  const { summary, end } = tried;
  const sorted = sortOutcomes(run, items, (item) => nameItem(item, "release"));
  if (sorted.success.some(({ json }) => json.action === "release" && /^(done|accepted)$/.test(String(json.status)))) {
    run.noteDone(released);
  }
  const { message, checks = [], truncated = true, requests = null } = summary;
  const notes = isRepeat ? [repeated] : (summary.notes ?? []);
  const report = await attachReport(run, command, { items, summary });
  const { tables, note: cut } = fitTables([
    makeTable(
      "Checks",
      ["Check", "State", "Detail"],
      checks.map(({ name, state, detail }) => [name, state, detail]),
    ),
    tabulateItems("Outcomes", items, sorted),
  ]);
  const result = resultOfSorted(run, sorted, {
    dryRun,
    did: tellDone(sorted, dryRun),
    end,
    more: [...notes, cut, report.note],
    facts: {
      message: message === undefined ? null : toMessage(message),
      checks: checks.map(({ name, state, detail }) => ({ name, state, detail })),
      notes,
      truncated,
      requests,
    },
  });
  const isCut = truncated || cut !== undefined || report.note !== undefined;
  return { ...result, tables, files: report.files, truncated: isCut };
};

const repeated =
  "An earlier try of this step released the message; it is not released again, and nothing else was sent";

/** What broke off is known by the requests that were sent alone. */
const kind: Kind<ResponseItem> = {
  ...responseKind,
  identityOf: (item) => (item.entry === undefined ? (item.localGuid ?? "") : responseKind.identityOf(item)),
  itemOf: ({ body = {} }) => {
    const { localguid: localGuid, folder } = body;
    if (typeof localGuid !== "string" || typeof folder !== "string") return undefined;
    return { action: "release", outcome: "unknown", message: "", localGuid, folder };
  },
};

function readOrder({ parameters, instance: { missingForLists } }: Run): Record<string, unknown> {
  const guid = parameters.text("Message GUID");
  const localGuid = parameters.text("Local GUID");
  const folder = parameters.text("Folder Name");
  if (guid === undefined && localGuid === undefined) {
    throw refuse("Message GUID", "is missing; it, or Local GUID with Folder Name, must name the message.");
  }
  if (guid === undefined && folder === undefined) {
    throw refuse("Folder Name", "is missing, which Local GUID needs.");
  }
  const safelist = parameters.choice("Safelist Sender");
  if (safelist === "Organization" && missingForLists.length > 0) {
    const needed = `needs ${missingForLists.join(", ")} in the configuration of the instance.`;
    throw refuse("Safelist Sender", `Organization ${needed}`);
  }
  return {
    ...{ guid, localGuid, folder },
    scan: parameters.flag("Rescan Message"),
    dlp: parameters.flag("Release DLP Message"),
    safelist: safelists[safelist],
    others: parameters.flag("Release Others"),
    deletedFolder: parameters.text("Deleted Folder Name"),
  };
}

/** What would be done now is not done: only the earlier try's doing counts. */
function holdBack(item: ResponseItem): ResponseItem {
  if (item.outcome !== "planned") return item;
  const { request: _, ...known } = item;
  return { ...known, outcome: "failed", message: "Not sent: an earlier try of this step released the message." };
}

function tellDone(sorted: Sorted, dryRun: boolean): string {
  const messages = countDone(sorted, "release");
  const senders = countDone(sorted, "trust");
  if (dryRun) return `${messages.planned} message(s) would be released`;
  const trusted = senders.all === 0 ? "" : `; safelist entries made: ${senders.done} of ${senders.all}`;
  // What PPS has taken only was not yet seen where it goes.
  const isOpen = sorted.success.some(({ json }) => json.action === "release" && json.status === "accepted");
  const verb = isOpen ? "Release accepted for" : "Released";
  return `${verb} ${messages.done} of ${messages.all} message(s)${trusted}`;
}

function toMessage(about: AboutMessage): { [key: string]: Json } {
  const { localGuid, receivedAt, messageId, senderIp, finalRule, sizeBytes, spamScore, attachments, ...told } = about;
  return {
    ...(told as { [key: string]: Json }),
    localguid: localGuid ?? null,
    ...{ received_at: receivedAt, message_id: messageId, sender_ip: senderIp, final_rule: finalRule },
    ...{ size: sizeBytes, spamscore: spamScore },
    attachments: attachments.map(({ name, sha256 }) => ({ name, sha256 })),
  };
}
