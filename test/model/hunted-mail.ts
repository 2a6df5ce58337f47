import { hunt } from "../../src/commands/hunt/hunt.ts";
import type { HuntHit, HuntResult } from "../../src/commands/hunt/hunt-result.ts";
import { isPpsError } from "../../src/core/errors.ts";
import type { Ask, Json } from "../../src/core/steps.ts";
import { execute } from "./execute.ts";
import { createMailSystem, formatUtc, type Held, type MailSystem } from "./mail-system.ts";

export const noon = Date.UTC(2026, 2, 4, 12);
export const folders = ["Quarantine", "Phish", "Audit"].map((name) => ({ name, moduleType: "mail" as const }));

export interface Mail {
  guid: string;
  ago?: number;
  from?: string;
  to?: string[];
  subject?: string;
  ip?: string;
  /** Where it is held. */
  folder?: string;
  trace?: Record<string, Json>;
}

/** A system in which each of the messages has passed the filter, and some are held. */
export function systemOf(mails: readonly Mail[], given: Partial<MailSystem> = {}): MailSystem {
  const timeOf = ({ ago = 3600 }: Mail) => noon - ago * 1000;
  const held = mails
    .filter(({ folder }) => folder !== undefined)
    .map((mail): Held => {
      const { guid, folder = "", from = "ann@evil.example", to = ["bob@example.com"], subject = "Hello" } = mail;
      const record = {
        rcpts: to,
        subject,
        messageid: `${guid}@evil.example`,
        host_ip: `mx [${mail.ip ?? "192.0.2.7"}]`,
      };
      return { guid, localguid: `1:1:${guid}`, folder, time: timeOf(mail), from, record };
    });
  const traced = mails
    .map((mail) => {
      const { guid, folder = "", from = "ann@evil.example", to = ["bob@example.com"], subject = "Hello" } = mail;
      const time = timeOf(mail);
      const record: Record<string, Json> = {
        ...{
          GUID: guid,
          Sender: from,
          Recipients: to.join(","),
          Subject: subject,
          Message_ID: `<${guid}@evil.example>`,
        },
        ...{ Sender_Host: "mx", Sender_IP_Address: mail.ip ?? "192.0.2.7", Date: `${formatUtc(time)} [UTC+0000]` },
        ...{ Final_Action: folder === "" ? "accept" : "discard", Final_Rule: "spam.definite" },
        ...{ Quarantine_Folder: folder, current_folder: folder, Attachment_Names: "", Virus_Names: "", ...mail.trace },
      };
      return { time, record };
    })
    .sort((one, other) => other.time - one.time);
  return createMailSystem({ held, traced, ...given });
}

export function run(system: MailSystem, raw: Record<string, unknown>, more: object = {}) {
  const result = execute(hunt, raw, system, { now: noon, folders, ...more }) as HuntResult;
  return { messages: system.items as HuntHit[], ...result };
}

export const isTrace = ({ path }: Ask) => path === "/pss/filter";
export const callsOf = ({ asked }: MailSystem) => ({
  trace: asked.filter(isTrace).length,
  held: asked.filter((one) => !isTrace(one)).length,
});

export function failureOf(work: () => unknown): unknown {
  try {
    work();
  } catch (error) {
    if (isPpsError(error))
      return { code: error.code, message: error.message, status: error.status, field: error.field };
    throw error;
  }
  return "it succeeded";
}
