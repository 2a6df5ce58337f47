import { createHash } from "node:crypto";
import { hostName } from "../host-name.ts";
import type { Arrival, MailFacts, Verdict } from "../mail.ts";
import type { StoredMessage, TraceEntry } from "./store.ts";
import { syntheticQid, syntheticSid } from "./synthetic-ids.ts";

const finalActions = { deliver: "accept", hold: "discard", discard: "discard", reject: "reject" } as const;

/** All 44 keys with what they hold when unused (pps-api.md 5). */
const blankKeys: TraceEntry["keys"] = Object.fromEntries(
  (
    "Agent Attachment_Names Date Disposition_Action Disposition_SmtpProfile Duration FID FQIN Final_Action Final_Rule GUID " +
    "Message_Encrypted Message_ID Message_Size Message_Split Module_ID PE_Recipients Policy_Routes QID Quarantine_Folder " +
    "Quarantine_Rule Raw_Log Recipients Rule_ID SID SMIME_Recipients SMIME_Recipients_Signed Sender Sender_Host " +
    "Sender_IP_Address SendmailRaw_Log Sendmail_Action Sendmail_Errorcode Sendmail_Stat Sendmail_To Sendmail_To_Stat " +
    "Spam_Score Subject Suborg TLS Virus_Names country current_folder module_rules"
  )
    .split(" ")
    .map((name) => [name, ""]),
);

/** What Smart Search knows of a message that went through the filters. `Date` and `current_folder` are filled when it is read. */
export function traceKeys(arrival: Arrival, facts: MailFacts, verdict: Verdict): TraceEntry["keys"] {
  const { final } = verdict;
  return {
    ...blankKeys,
    ...commonKeys(arrival.guid),
    QID: arrival.qid,
    SID: arrival.sid,
    Sender: arrival.envelope.from,
    Recipients: arrival.envelope.to.join(","),
    Subject: facts.subject,
    Message_ID: bracketed(facts.messageId),
    Message_Size: String(facts.sizeBytes),
    Duration: verdict.durationSeconds.toFixed(15),
    Attachment_Names: facts.attachmentNames.join(","),
    Sender_Host: arrival.peer.host,
    Sender_IP_Address: arrival.peer.ip,
    TLS: arrival.peer.tls,
    Message_Split: arrival.isPart ? "t" : "",
    Final_Action: finalActions[verdict.action],
    Final_Rule: `${final.module}.${final.rule}`,
    Module_ID: final.module,
    Rule_ID: final.rule,
    module_rules: rulesOf(verdict),
    Policy_Routes: verdict.routes.join(","),
    Quarantine_Folder: verdict.folder ?? "",
    Quarantine_Rule: verdict.folder === undefined ? "" : final.rule,
    Spam_Score: verdict.spamScore === undefined ? "" : String(verdict.spamScore),
    Virus_Names: verdict.viruses.join(","),
  };
}

/** The same for a message of the generator, which never met the filters. */
export function syntheticTraceKeys(message: StoredMessage, firstFolder: string): TraceEntry["keys"] {
  const [, ip = ""] = /\[([^[\]]*)\]\s*$/.exec(message.hostIp) ?? [];
  const host = message.hostIp.replace(/\s*\[[^[\]]*\]\s*$/, "");
  const module = message.dlp === "" ? "spam" : "dlp";
  return {
    ...blankKeys,
    ...commonKeys(message.guid),
    QID: syntheticQid(message.id),
    SID: syntheticSid(message.id),
    Sender: message.from,
    Recipients: message.rcpts.join(","),
    Subject: message.subject,
    Message_ID: bracketed(message.messageId),
    Message_Size: String(message.sizeBytes),
    Duration: `0.0${(message.sizeBytes * 7919 + message.id) % 1_000_000}`,
    Sender_Host: host,
    Sender_IP_Address: ip,
    Final_Action: "discard",
    Final_Rule: `${module}.definite`,
    Module_ID: module,
    Rule_ID: "definite",
    module_rules: ["access.system", `${module}.definite`],
    Quarantine_Folder: firstFolder,
    Quarantine_Rule: "definite",
    Spam_Score: message.spamScore === undefined ? "" : String(message.spamScore),
  };
}

function rulesOf({ hits, final }: Verdict): string[] {
  return (hits.length === 0 ? [final] : hits).map(({ module, rule }) => `${module}.${rule}`);
}

function commonKeys(guid: string): Record<string, string> {
  return {
    GUID: guid,
    FID: createHash("sha256").update(`fid/${guid}`).digest("base64url").slice(0, 32),
    Agent: hostName,
    FQIN: `${hostName}-10000_instance1`,
    country: "**",
  };
}

function bracketed(messageId: string): string {
  return messageId === "" ? "" : `<${messageId}>`;
}
