import { command, type RunContext } from "../../../core/command.ts";
import { PpsError } from "../../../core/errors.ts";
import type { Input } from "../../../core/fields.ts";
import { countRequests } from "../../../core/overhearing.ts";
import { found, type Steps } from "../../../core/steps.ts";
import { cleanLine } from "../../answers.ts";
import { findOrganisationList } from "../../lists/organisation/organisation-list.ts";
import { countFound } from "../../outcome.ts";
import { atLeastOneOf } from "../../rules.ts";
import { isSameFolder } from "../../site-folders.ts";
import { readText } from "../../wire.ts";
import { type ResponseItem, responseOutputs } from "../response-item.ts";
import { type AboutMessage, tellMessage, tellWhereabouts } from "./about-message.ts";
import { checkBlocklist } from "./blocklist-check.ts";
import { type Check, checkTable, findStop, type Suspect } from "./check.ts";
import { type ChosenMessage, findChosen } from "./chosen-message.ts";
import { checkContents } from "./content-checks.ts";
import { fields } from "./fields.ts";
import { checkFilters } from "./filter-checks.ts";
import { respondToOthers } from "./others-response.ts";
import { itemOf, planRelease, releaseOne } from "./release.ts";
import { type EarlierRelease, judgeRelease, stopBy } from "./release-check.ts";
import { judgeTrace, type TraceStop } from "./trace-check.ts";
import { trustSender } from "./trust.ts";

/** What stands beside the outcomes of a release that was asked for because mail was held by mistake. */
export interface FalsePositiveResult {
  message: AboutMessage;
  checks: Check[];
  counts: { [outcome: string]: number };
  notes: string[];
  /** True when more may be held for the same reason than is told of. */
  truncated: boolean;
  requests: number;
}

type Order = Input<typeof fields>;

/** What is judged beside the checks, as it says more than one of them. */
interface Judged {
  earlier: EarlierRelease;
  untraced: TraceStop | undefined;
}

export const respondFalsePositive = command<ResponseItem>()({
  name: "respond.false-positive",
  title: "Release False Positive",
  description:
    "Releases a message that was held by mistake, after it was checked for viruses, DLP, authentication and an earlier release, and moves it to a folder from which it cannot be released twice. What is held for malware is refused. Others held for the same reason are told of.",
  effect: "change",
  access: "Quarantine",
  changesLists: true,
  hasReport: true,
  fields,
  rules: [
    atLeastOneOf("guid", "localGuid"),
    (input, nameOf) =>
      input.guid === undefined && input.folder === undefined
        ? `${nameOf("localGuid")} names a message in its folder only; name ${nameOf("folder")} too.`
        : undefined,
    (input, nameOf) =>
      typeof input.folder === "string" && isSameFolder(input.folder, String(input.deletedFolder))
        ? `${nameOf("folder")} and ${nameOf("deletedFolder")} are the same; name another folder for what was released.`
        : undefined,
  ],
  list: "outcomes",
  outputs: responseOutputs,
  tables: [checkTable],
  columns: ["outcome", "action", "folder", "sender", "subject", "message"],
  examples: [
    {
      line: "pps respond false-positive Qm4rT7_yJ2wLx0Zc9VbN-pEa5sKdHu3f --dry-run",
      purpose: "See what speaks against a release, and what else is held for the same reason",
    },
    {
      line: "pps respond false-positive Qm4rT7_yJ2wLx0Zc9VbN-pEa5sKdHu3f --safelist user",
      purpose: "Release it, and let its recipients trust the sender",
    },
    {
      line: "pps respond false-positive --local-guid 4:2:6 --folder Bulk --others",
      purpose: "Release it and all others held for the same reason",
    },
  ],
  *run(input, context) {
    const { result: counted, requests } = yield* countRequests(countFound(respond(input, context)));
    const summary: FalsePositiveResult = { ...counted.result, counts: counted.counts, requests };
    return summary;
  },
});

function* respond(input: Order, context: RunContext): Steps<Omit<FalsePositiveResult, "counts" | "requests">> {
  // What the settings lack is said before anything is done.
  const on = input.safelist === "organisation" ? findOrganisationList("safelist", context, input.clusterId) : undefined;
  const notes: string[] = [];
  const chosen = yield* findChosen(input, context, notes);
  const record = chosen.held ?? chosen.settled;
  if (record === undefined) {
    if (chosen.error !== undefined) throw chosen.error;
    if (chosen.isIncomplete) {
      const message = `Whether message ${chosen.guid} is held is not known, as not every folder could be searched.`;
      throw new PpsError("unexpected", message, { hint: notes.join(" ") });
    }
    const told = tellWhereabouts(chosen);
    yield* found([told.item]);
    const held: Check = { name: "held", state: "stop", detail: told.item.message };
    return { message: told.about, checks: [held], notes, truncated: false };
  }
  requireOtherFolder(input, chosen);
  const suspect: Suspect = { message: record, trace: chosen.trace, traceError: chosen.traceError };
  const isNamed = input.folder !== undefined;
  const earlier = judgeRelease(suspect, { copies: chosen.quarantine, settled: chosen.settled, isNamed });
  const untraced = judgeTrace(suspect);
  const checks = yield* check(input, chosen, suspect, { earlier, untraced }, context);
  checks.forEach(({ state, detail }) => {
    if (state === "warn") notes.push(detail);
  });
  const folder = chosen.held?.folder ?? (readText(chosen.trace[0]?.quarantineFolder) || undefined);
  const main = yield* releaseChosen(input, chosen, suspect, { checks, earlier, untraced }, notes, context);
  if (input.safelist !== "none") {
    // Whoever put a message away earlier may have done so because it was bad.
    if (isReleased(main)) {
      if (main.outcome === "accepted") notes.push("PPS has only taken the release; the safelist does not wait for it.");
      for (const note of yield* trustSender(record, on, context)) notes.push(note);
    } else notes.push("Its sender was not put on a safelist, as it was not released now.");
  }
  let truncated = false;
  if (folder !== undefined && (isReleased(main) || main.outcome === "unchanged")) {
    truncated = yield* respondToOthers(input, suspect, folder, notes, context);
  }
  return { message: tellMessage(record, chosen), checks, notes, truncated };
}

function* check(
  input: Order,
  chosen: ChosenMessage,
  suspect: Suspect,
  { earlier, untraced }: Judged,
  context: RunContext,
): Steps<Check[]> {
  const { message, trace } = suspect;
  const parts = {
    sender: message.sender,
    from: (chosen.raw.content?.from ?? []).map(({ address }) => address),
    ip: readText(trace[0]?.senderIp),
  };
  const rule = readText(trace[0]?.finalRule);
  const by = rule === "" ? "" : `, held by rule ${cleanLine(rule)}`;
  const held: Check = { name: "held", state: "ok", detail: `It lies in ${message.folder}${by}.` };
  return [held].concat(
    checkFilters(suspect, context.folders, input.dlp),
    untraced?.check ?? [],
    earlier.check,
    yield* checkBlocklist(parts, input.clusterId, context),
    checkContents(chosen.raw, context.ownDomains),
  );
}

/** Releases the message itself, or says why not; what a virus or a DLP rule holds is refused, whatever else there is. */
function* releaseChosen(
  input: Order,
  { settled }: ChosenMessage,
  { message }: Suspect,
  { checks, earlier, untraced }: Judged & { checks: readonly Check[] },
  notes: string[],
  context: RunContext,
): Steps<ResponseItem> {
  const isEarlier = earlier.check.state === "stop";
  // Of a message that was released, or lies among deleted mail, only malware has to be said before that.
  const isSettled = settled !== undefined || (isEarlier && earlier.outcome === "unchanged");
  const grave = findStop(checks.filter(({ name }) => name === "virus" || (!isSettled && name !== earlier.check.name)));
  if (grave === undefined && !isEarlier) {
    const plan = planRelease(message.folder, input, context);
    for (const note of plan.notes) notes.push(note);
    return yield* releaseOne(message, plan, context);
  }
  // A hint beside the outcome is not seen on every surface, and who ran this command twice needs none.
  const isSecondRun = settled !== undefined && earlier.outcome === "unchanged";
  if (grave === undefined && !isSecondRun && earlier.hint !== undefined) notes.push(earlier.hint);
  const isUntraced = untraced !== undefined && grave === untraced.check;
  if (isUntraced) notes.push(untraced.told.hint);
  const refusal = { outcome: "refused", code: "refused", message: grave?.detail ?? "" } as const;
  const stopped = grave === undefined ? stopBy(earlier) : isUntraced ? untraced.told : refusal;
  const item: ResponseItem = { ...itemOf(message), ...stopped };
  yield* found([item]);
  return item;
}

/** Mail in the folder for released mail counts as released, which may not be the one that holds mail. */
function requireOtherFolder({ deletedFolder }: Order, { trace }: ChosenMessage): void {
  const first = readText(trace[0]?.quarantineFolder);
  if (deletedFolder === undefined || !isSameFolder(first, deletedFolder)) return;
  const message = `The message was put into ${first}; name another folder for what was released.`;
  throw new PpsError("bad_input", message, { field: "deletedFolder" });
}

function isReleased({ outcome }: ResponseItem): boolean {
  return outcome === "done" || outcome === "accepted" || outcome === "planned";
}
