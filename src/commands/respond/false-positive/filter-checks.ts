import type { FolderSetting } from "../../../core/command.ts";
import type { Json } from "../../../core/steps.ts";
import { cleanLine } from "../../answers.ts";
import { isAmong } from "../../each-once.ts";
import { fewNames } from "../../few-names.ts";
import { settledFolders } from "../../settled-folders.ts";
import { findFolder, spellFolders } from "../../site-folders.ts";
import type { TraceRecord } from "../../trace/record.ts";
import { isRecord, readText } from "../../wire.ts";
import type { Check, Suspect } from "./check.ts";

/** Folders whose mail carries something that must not reach anybody (pps-api.md 8). */
const virusFolders = ["Virus", "Zerohour", "Probable Virus", "Malware", "Attachment Defense"];

/** Folders whose mail was taken for somebody else's than it says (pps-api.md 8). */
const deceitFolders = ["Phish", "Impostor", "Spoofed"];

/** What needs no raw mail: whether virus, DLP or phishing filters hold it. `allowsDlp`: what DLP rules hold may go. */
export function checkFilters(suspect: Suspect, folders: readonly FolderSetting[], allowsDlp: boolean): Check[] {
  return [checkVirus(suspect), checkDlp(suspect, folders, allowsDlp), checkDeceit(suspect)];
}

function checkVirus(suspect: Suspect): Check {
  const name = "virus";
  const viruses: string[] = [];
  suspect.trace.forEach(({ virusNames }) => {
    for (const virus of Array.isArray(virusNames) ? virusNames : []) viruses.push(cleanLine(readText(virus)));
  });
  const places = placesOf(suspect).filter((folder) => isAmong(folder, virusFolders));
  const proofs = rulesOf(suspect.trace)
    .filter(isVirusRule)
    .map((rule) => `rule ${rule}`)
    .concat(viruses.length === 0 ? [] : `found: ${fewNames(viruses)}`);
  if (proofs.length > 0) {
    const reasons = places.map((folder) => `folder ${folder}`).concat(proofs);
    const detail = `It is held for malware (${reasons.join(", ")}), which is never released by this command.`;
    return { name, state: "stop", detail };
  }
  if (places.length > 0) {
    // Such a folder takes more than malware, as files of a type that a rule of policy refuses.
    const rule = cleanLine(readText(suspect.trace[0]?.finalRule));
    const by = rule === "" ? "" : `; the rule that held it was ${rule}`;
    const detail = `Folder ${places[0]} is one for malware, whose mail is never released by this command${by}.`;
    return { name, state: "stop", detail };
  }
  if (suspect.trace.length === 0 || suspect.traceError !== undefined) {
    const but = suspect.traceError === undefined ? "no trace of it was found" : "its trace could not be read";
    return { name, state: "warn", detail: `Its folder names no virus, but ${but} to confirm that.` };
  }
  return { name, state: "ok", detail: "No virus was found in it." };
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
