import { appendFileSync, readFileSync, truncateSync } from "node:fs";
import { join } from "node:path";
import { type AuditLog, type IntendedCall, openAuditLog } from "../../src/hosts/server/audit/audit-log.ts";
import { temporaryDirectory } from "../temporary-directory.ts";

/** A release as a playbook would ask for it. */
export const releaseCall: IntendedCall = {
  requestId: "req-1",
  who: "soar",
  tokenId: "1f3c9a2b",
  command: "quarantine.release",
  effect: "change",
  profile: "lab",
  arguments: { localGuids: ["2:15:1", "2:15:2"], folder: "Quarantine" },
};

export function logPath(): string {
  return join(temporaryDirectory(), "audit.jsonl");
}

/** A log in which a writer died once, and calls ended in several ways. */
export async function writeLog(): Promise<string> {
  const path = logPath();
  const first = await openAuditLog(path);
  const release = await first.intent(releaseCall);
  await first.outcome(release, { items: [{ localGuid: "2:15:1", outcome: "done" }], ppsRequestIds: ["pps-1"] });
  await first.intent({ ...releaseCall, requestId: "req-2", command: "quarantine.delete", effect: "destroy" });
  await abandon(first, path);
  const second = await openAuditLog(path);
  const block = { ...releaseCall, requestId: "req-3", who: "hélpdesk", command: "blocklist.add" };
  const intent = await second.intent({ ...block, arguments: { entries: ["evil.example"], comment: "ünwanted 🦊" } });
  await second.outcome(intent, { items: [{ entry: "@evil.example", outcome: "refused", code: "refused" }] });
  await second.close();
  return path;
}

/** Leaves the log as a writer does that dies in the middle of a record. */
export async function abandon(log: AuditLog, path: string): Promise<void> {
  const whole = readFileSync(path).length;
  await log.close();
  truncateSync(path, whole);
  appendFileSync(path, '{"intent":3,"kind":"outco');
}

/** The log's lines without their line ends. */
export function linesOf(path: string): string[] {
  return readFileSync(path, "utf8").trimEnd().split("\n");
}
