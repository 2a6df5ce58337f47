import type { Ask } from "../../src/core/steps.ts";
import { createMailSystem, emptyContents, type Held, type MailSystem } from "./mail-system.ts";

const minute = 60_000;

/** When the tests take place. */
export const now = Date.UTC(2026, 2, 4, 12);

/** A message as a test states it: what is left out is that of a phish. */
export interface Mail {
  guid: string;
  sender?: string;
  subject?: string;
  ip?: string;
  messageId?: string;
  /** Where it is held; absent when it is not. */
  folder?: string;
  /** What the trace says; null when it says nothing. */
  traced?: { action?: string; folder?: string } | null;
  minutesAgo?: number;
  urls?: string[];
}

/** PPS with this mail in it, whose searches heed sender, subject, host and Message-ID (pps-api.md 2.2 and 5). */
export function createPps(mails: readonly Mail[], given: Partial<MailSystem> = {}) {
  const held = mails.filter(({ folder }) => folder !== undefined).map(toHeld);
  const traced = mails.filter((mail) => mail.traced !== null).map(toTraced);
  traced.sort((one, other) => other.time - one.time);
  const system: MailSystem = createMailSystem({
    held,
    ...given,
    ask(request) {
      system.asked.push(request);
      const query = Object.fromEntries(request.query ?? []);
      const fate = given.fate?.(request);
      if (typeof fate === "object") return { status: 200, headers: {}, text: "", ...fate };
      const inner = createMailSystem({
        held: held.filter(
          ({ from = "", record }) => isLike(query.from, from) && isLike(query.subject, record?.subject),
        ),
        traced: traced.filter(({ record }) => isWanted(query, record)),
        ...(given.folders === undefined ? {} : { folders: given.folders }),
      });
      return inner.ask({
        ...request,
        query: (request.query ?? []).map(([name, value]) => [name, isFrom(request, name) ? "*" : value]),
      });
    },
  });
  system.inspect = ({ handle }) => {
    const mail = mails.find(({ guid }) => guid === handle);
    return { ...emptyContents, subject: mail?.subject ?? "", urls: mail?.urls ?? [] };
  };
  return system;
}

function isFrom(request: Ask, name: string): boolean {
  return name === "from" && request.path === "/quarantine";
}

function isLike(pattern: string | undefined, value: unknown): boolean {
  const core = (pattern ?? "*").replace(/^\*|\*$/g, "").toLowerCase();
  const text = String(value).toLowerCase();
  return /^\*.*\*$|^\*$/.test(pattern ?? "*")
    ? text.includes(core)
    : pattern?.startsWith("*")
      ? text.endsWith(core)
      : text === core;
}

function isWanted(query: Record<string, string>, record: Record<string, unknown>): boolean {
  const words = query.subject?.toLowerCase().split(" ") ?? [];
  return (
    isLike(query.env_from, record.Sender) &&
    words.every((word) => String(record.Subject).toLowerCase().split(/\W+/).includes(word)) &&
    (query.host ?? record.Sender_IP_Address) === record.Sender_IP_Address &&
    (query.hdr_mid ?? record.Message_ID) === record.Message_ID &&
    query.attach === undefined
  );
}

function timeOf({ minutesAgo = 30 }: Mail): number {
  return now - minutesAgo * minute;
}

function complete(mail: Mail) {
  return {
    sender: "lena@pay-desk9.example",
    subject: "Invoice 77 overdue - settle immediately",
    ip: "192.0.2.7",
    messageId: `${mail.guid}@mail.test`,
    ...mail,
  };
}

function toHeld(mail: Mail): Held {
  const { guid, sender, subject, ip, messageId, folder = "" } = complete(mail);
  const record = { subject, messageid: messageId, rcpts: ["ann@corp.example"], host_ip: `mx [${ip}]`, size: "2000" };
  return { guid, localguid: `local ${guid}`, folder, time: timeOf(mail), from: sender, record, raw: guid };
}

function toTraced(mail: Mail) {
  const { guid, sender, subject, ip, messageId, traced } = complete(mail);
  const folder = traced?.folder ?? mail.folder ?? "";
  const action = traced?.action ?? (folder === "" ? "accept" : "discard");
  const record = {
    ...{ GUID: guid, Sender: sender, Recipients: "ann@corp.example", Subject: subject, Sender_IP_Address: ip },
    ...{ Message_ID: `<${messageId}>`, Final_Action: action, Final_Rule: "spam.definite" },
    ...{ Quarantine_Folder: folder, current_folder: folder },
  };
  return { time: timeOf(mail), record };
}

export function isTrace({ path }: Ask): boolean {
  return path === "/pss/filter";
}

export function isRaw({ path, query = [] }: Ask): boolean {
  return path === "/quarantine" && query.some(([name]) => name === "guid");
}
