import { command, type RunContext } from "../../core/command.ts";
import { choice, flag, type Input, text, time } from "../../core/fields.ts";
import { found, type Steps } from "../../core/steps.ts";
import { clusterId } from "../lists/organisation/fields.ts";
import { findOrganisationList, type OrganisationList } from "../lists/organisation/organisation-list.ts";
import { countOutcomes } from "../outcome.ts";
import type { Message } from "../quarantine/message.ts";
import { atLeastOneOf } from "../rules.ts";
import { readText } from "../wire.ts";
import { type Check, checkFilters, checkReleased, findStop, type Suspect } from "./checks.ts";
import { checkBlocklist } from "./checks-blocklist.ts";
import { checkContents } from "./checks-contents.ts";
import { type ChosenMessage, findChosen } from "./false-positive-message.ts";
import { findOthers } from "./false-positive-others.ts";
import { itemOf, planRelease, releaseAll, releaseOne } from "./false-positive-release.ts";
import { type AboutMessage, tellMessage, tellWhereabouts } from "./false-positive-telling.ts";
import { trustSender } from "./false-positive-trust.ts";
import { countRequests, retell } from "./overhear.ts";
import { type ResponseItem, responseOutputs } from "./response-item.ts";

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

const fields = {
  guid: text({
    positional: true,
    maxLength: 256,
    description: "Global id of the message, as listings and traces show it. Case matters.",
    example: "Qm4rT7_yJ2wLx0Zc9VbN-pEa5sKdHu3f",
  }),
  localGuid: text({
    maxLength: 1000,
    description: "Local id of the message in its folder, where its global id is not known.",
    example: "4:2:6",
  }),
  folder: text({
    maxLength: 256,
    description: "Folder that holds the message; needed with a local id. By default the one the trace names.",
    example: "Quarantine",
    xsoar: "folder_name",
  }),
  scan: flag({ description: "Have the DLP and Attachment Defense modules scan the message again first." }),
  deletedFolder: text({
    maxLength: 256,
    description:
      "Folder a released message is moved to, so that it cannot be released twice. By default the site's folder for deleted mail of the same module type.",
    example: "Deleted",
  }),
  dlp: flag({ description: "Release it although DLP rules hold it." }),
  safelist: choice({
    values: ["none", "user", "organisation"],
    default: "none",
    description:
      "Whose safelist the sender is put on once the message was released: that of each recipient (user), or the organisation's.",
  }),
  others: flag({ description: "Release the other messages held for the same reason too." }),
  since: time({
    description: "How far back to look for the message and for others like it.",
    default: "30 days",
    xsoar: "start_time",
  }),
  clusterId,
};

type Order = Input<typeof fields>;

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
  ],
  list: "outcomes",
  outputs: responseOutputs,
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
    const told: ResponseItem[] = [];
    const steps = retell<ResponseItem, Omit<FalsePositiveResult, "counts" | "requests">>(
      respond(input, context),
      (item) => {
        told.push(item);
        return item;
      },
    );
    const { result, requests } = yield* countRequests(steps);
    const summary: FalsePositiveResult = { ...result, counts: countOutcomes(told), requests };
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
    const told = tellWhereabouts(chosen);
    yield* found([told.item]);
    const held: Check = { name: "held", state: "stop", detail: told.item.message };
    return { message: told.about, checks: [held], notes, truncated: false };
  }
  const suspect: Suspect = { message: record, trace: chosen.trace };
  const checks = yield* check(input, chosen, suspect, context);
  checks.forEach(({ state, detail }) => {
    if (state === "warn") notes.push(detail);
  });
  const folder = chosen.held?.folder ?? (readText(chosen.trace[0]?.quarantineFolder) || undefined);
  const main = yield* releaseChosen(input, suspect, checks, chosen.settled !== undefined, notes, context);
  if (input.safelist !== "none") yield* trust(main, record, on, notes, context);
  let truncated = false;
  if (main.outcome !== "refused" && folder !== undefined) {
    truncated = yield* respondToOthers(input, suspect, folder, main, notes, context);
  }
  return { message: tellMessage(record, chosen), checks, notes, truncated };
}

function* check(input: Order, chosen: ChosenMessage, suspect: Suspect, context: RunContext): Steps<Check[]> {
  const { message, trace } = suspect;
  const parts = {
    sender: message.sender,
    from: (chosen.raw.content?.from ?? []).map(({ address }) => address),
    ip: readText(trace[0]?.senderIp),
  };
  const rule = readText(trace[0]?.finalRule);
  const by = rule === "" ? "" : ` by rule ${rule}`;
  const held: Check = { name: "held", state: "ok", detail: `It is held in ${message.folder}${by}.` };
  return [held].concat(
    checkFilters(suspect, context.folders, input.dlp),
    checkReleased(suspect, chosen.settled),
    yield* checkBlocklist(parts, input.clusterId, context),
    checkContents(chosen.raw),
  );
}

/** Releases the message itself, or says why not; what a virus or a DLP rule holds is refused, whatever else there is. */
function* releaseChosen(
  input: Order,
  { message }: Suspect,
  checks: readonly Check[],
  isSettled: boolean,
  notes: string[],
  context: RunContext,
): Steps<ResponseItem> {
  const grave = findStop(checks.filter(({ name }) => name !== "released"));
  const stop = grave ?? findStop(checks);
  if (stop === undefined) {
    const plan = planRelease(message.folder, input, context);
    for (const note of plan.notes) notes.push(note);
    return yield* releaseOne(message, plan, context);
  }
  const item: ResponseItem =
    grave === undefined && isSettled
      ? { ...itemOf(message), outcome: "unchanged", message: stop.detail }
      : { ...itemOf(message), outcome: "refused", code: "refused", message: stop.detail };
  yield* found([item]);
  return item;
}

/** Only after a release: whoever put a message away may have done so because it was bad. */
function* trust(
  main: ResponseItem,
  message: Message,
  on: OrganisationList | undefined,
  notes: string[],
  context: RunContext,
): Steps<void> {
  if (isWell(main)) {
    for (const note of yield* trustSender(message, on, context)) notes.push(note);
    return;
  }
  const { sender } = message;
  const left = "Not put on a safelist, as the message was not released now.";
  yield* found([{ action: "trust", entry: sender, sender, outcome: "left", message: left }]);
}

/** Tells of the others, or releases those that nothing stops. Gives whether more may be held. */
function* respondToOthers(
  input: Order,
  { message, trace }: Suspect,
  folder: string,
  main: ResponseItem,
  notes: string[],
  context: RunContext,
): Steps<boolean> {
  const rule = readText(trace[0]?.finalRule);
  const { suspects, reason, ...others } = yield* findOthers({ message, folder, rule, since: input.since }, context);
  for (const note of others.notes) notes.push(note);
  const why = `Held for the same reason (${reason})`;
  const free: Message[] = [];
  const items: ResponseItem[] = [];
  const isReleased = input.others && (isWell(main) || main.outcome === "unchanged");
  suspects.forEach((suspect) => {
    const item = { ...itemOf(suspect.message), reasons: reason.split(", ") };
    const stop = findStop(checkFilters(suspect, context.folders, input.dlp));
    if (stop !== undefined) {
      const outcome = input.others ? "refused" : "left";
      items.push({ ...item, outcome, message: `${why}, but not to be released: ${stop.detail}` });
    } else if (isReleased) free.push(suspect.message);
    else {
      const wish = input.others ? "not released, as the first was not." : "released too where others are asked for.";
      items.push({ ...item, outcome: "left", message: `${why}; ${wish}` });
    }
  });
  yield* found(items);
  if (free.length > 0) yield* releaseAll(free, planRelease(folder, input, context), context);
  const left = items.filter(({ outcome }) => outcome === "left").length;
  if (left > 0 && !input.others) {
    const verb = left === 1 ? "other is" : "others are";
    notes.push(`${left} ${verb} held for the same reason (${reason}).`);
  }
  return others.truncated;
}

function isWell({ outcome }: ResponseItem): boolean {
  return outcome === "done" || outcome === "accepted" || outcome === "planned";
}
