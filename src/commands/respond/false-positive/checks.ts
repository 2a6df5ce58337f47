import type { FolderSetting, SideTable } from "../../../core/command.ts";
import type { Json } from "../../../core/steps.ts";
import { cleanLine } from "../../answers.ts";
import { isAmong } from "../../each-once.ts";
import { fewNames } from "../../few-names.ts";
import type { Message } from "../../quarantine/message.ts";
import { findFolder, isSameFolder, spellFolders } from "../../site-folders.ts";
import type { TraceRecord } from "../../trace/record.ts";
import { isRecord, readText } from "../../wire.ts";

/** One thing looked at before a message is released; `detail` is a full sentence. */
export interface Check {
  name: string;
  /** `warn`: a person should know; `stop`: it is not released. */
  state: "ok" | "warn" | "stop";
  detail: string;
}

/** The checks as a list beside the outcomes. */
export const checkTable: SideTable = {
  name: "checks",
  title: "Checks",
  outputs: [
    { name: "name", type: "string", description: "What was checked." },
    { name: "state", type: "string", description: "ok, warn (a person should know) or stop (it is not released)." },
    { name: "detail", type: "string", description: "What was found." },
  ],
  columns: ["state", "name", "detail"],
};

/** A held message with what its trace says. */
export interface Suspect {
  message: Message;
  trace: readonly TraceRecord[];
}

/** Folders whose mail carries something that must not reach anybody (pps-api.md 8). */
const virusFolders = ["Virus", "Zerohour", "Probable Virus", "Malware", "Attachment Defense"];

/** Folders whose mail was taken for somebody else's than it says (pps-api.md 8). */
const deceitFolders = ["Phish", "Impostor", "Spoofed"];

/** Folders whose mail was released, or deleted, already (pps-api.md 8). */
const settledFolders = ["Deleted", "Deleted Incidents", "Smart Send Released", "Smart Send DLP Released"];

/** What needs no raw mail: whether virus, DLP or phishing filters hold it. `allowsDlp`: what DLP rules hold may go. */
export function checkFilters(suspect: Suspect, folders: readonly FolderSetting[], allowsDlp: boolean): Check[] {
  return [checkVirus(suspect), checkDlp(suspect, folders, allowsDlp), checkDeceit(suspect)];
}

/** The check that stands in the way, if any does. */
export function findStop(checks: readonly Check[]): Check | undefined {
  return checks.filter(({ state }) => state === "stop")[0];
}

/** True for a folder in which lies what was released or deleted. */
export function isSettled(folder: string, deletedFolder: string | undefined): boolean {
  return isAmong(folder, deletedFolder === undefined ? settledFolders : settledFolders.concat(deletedFolder));
}

/**
 * Whether the message was released before; nothing but its place tells (pps-api.md 9, row 13). `isNamed`: the folder it is
 * in was named, so that a message somebody moved there is meant.
 */
export function checkReleased({ message, trace }: Suspect, settled: Message | undefined, isNamed: boolean): Check {
  const name = "released";
  if (settled !== undefined) {
    const work = statusesOf(settled);
    const told = work.length === 0 ? "" : ` PPS notes: ${work.join(", ")}.`;
    return { name, state: "stop", detail: `It lies in ${settled.folder}: released or deleted already.${told}` };
  }
  const first = readText(trace[0]?.quarantineFolder);
  if (first === "" || isSameFolder(first, message.folder)) {
    return { name, state: "ok", detail: "It was not seen among released or deleted mail." };
  }
  const moved = `It was put into ${first} and moved to ${message.folder} since, perhaps after a release`;
  return isNamed
    ? { name, state: "warn", detail: `${moved}.` }
    : { name, state: "stop", detail: `${moved}; name folder ${message.folder} to have it released from there.` };
}

function checkVirus(suspect: Suspect): Check {
  const name = "virus";
  const viruses: string[] = [];
  suspect.trace.forEach(({ virusNames }) => {
    for (const virus of Array.isArray(virusNames) ? virusNames : []) viruses.push(cleanLine(readText(virus)));
  });
  const reasons = placesOf(suspect)
    .filter((folder) => isAmong(folder, virusFolders))
    .map((folder) => `folder ${folder}`)
    .concat(
      rulesOf(suspect.trace)
        .filter(isVirusRule)
        .map((rule) => `rule ${rule}`),
    )
    .concat(viruses.length === 0 ? [] : `found: ${fewNames(viruses)}`);
  if (reasons.length === 0 && suspect.trace.length === 0) {
    return { name, state: "warn", detail: "Its folder names no virus, but no trace of it was found to confirm that." };
  }
  if (reasons.length === 0) return { name, state: "ok", detail: "No virus was found in it." };
  const detail = `It is held for malware (${reasons.join(", ")}), which is never released by this command.`;
  return { name, state: "stop", detail };
}

/** The antivirus module names a rule for clean mail too. */
function isVirusRule(rule: string): boolean {
  return /^(av|anti-?virus|virus|zero-?hour|malware)\./i.test(rule) && !/\.(clean|none)$/i.test(rule);
}

function checkDlp(suspect: Suspect, folders: readonly FolderSetting[], isAllowed: boolean): Check {
  const name = "dlp";
  const reasons = placesOf(suspect)
    .filter((folder) => findFolder(folders, folder)?.moduleType === "dlp" && !isAmong(folder, settledFolders))
    .map((folder) => `folder ${folder}`)
    .concat(
      rulesOf(suspect.trace)
        .filter((rule) => /^dlp\./i.test(rule))
        .map((rule) => `rule ${rule}`),
    );
  if (reasons.length === 0 && saysAnything(suspect.message.dlpViolation)) reasons.push("a violation on its record");
  if (reasons.length === 0) return { name, state: "ok", detail: "No DLP rule is known to hold it." };
  const held = `DLP rules hold it (${reasons.join(", ")})`;
  return isAllowed
    ? { name, state: "warn", detail: `${held}; it was allowed to go all the same.` }
    : { name, state: "stop", detail: `${held}; it is released only where that is allowed by dlp.` };
}

function checkDeceit(suspect: Suspect): Check {
  const name = "phish";
  const folder = placesOf(suspect).filter((place) => isAmong(place, deceitFolders))[0];
  if (folder === undefined) return { name, state: "ok", detail: "It was not taken for phishing or an impostor." };
  return { name, state: "warn", detail: `It was taken for deceit (folder ${folder}); be sure who sent it.` };
}

/** Where it was put and where it is. */
function placesOf({ message, trace }: Suspect): string[] {
  const names = [message.folder];
  trace.forEach(({ quarantineFolder, currentFolder }) => {
    [quarantineFolder, currentFolder].map(readText).forEach((name) => {
      if (name !== "") names.push(name);
    });
  });
  return spellFolders([], names);
}

/** Every rule that applied, as module.rule. */
function rulesOf(trace: readonly TraceRecord[]): string[] {
  const rules: string[] = [];
  trace.forEach(({ finalRule, moduleRules }) => {
    const all = [readText(finalRule)].concat(Array.isArray(moduleRules) ? moduleRules.map(readText) : []);
    all.map(cleanLine).forEach((rule) => {
      if (rule !== "" && rules.indexOf(rule) < 0) rules.push(rule);
    });
  });
  return rules;
}

/** The shape of a violation is not public (pps-api.md 2.4): one that holds any value at all is one. */
function saysAnything(value: Json | undefined): boolean {
  if (Array.isArray(value)) return value.some((inner) => saysAnything(inner));
  if (isRecord(value)) return Object.keys(value).some((key) => saysAnything(value[key]));
  return value !== undefined && value !== null && value !== "" && value !== 0 && value !== false && value !== "0";
}

/** What was done with a message, in PPS's words; their codes and order are not public (pps-api.md 2.4). */
export function statusesOf({ messageStatus }: Message): string[] {
  const list = Array.isArray(messageStatus) ? messageStatus : [];
  return list
    .map((status) => (isRecord(status) ? cleanLine(readText(status.statusdesc)) : ""))
    .filter((text) => text !== "");
}
