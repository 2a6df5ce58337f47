import { recogniseName } from "../../src/client/names/recognised-name.ts";
import { PpsError } from "../../src/core/errors.ts";
import type { MailContents, MailFile } from "../../src/core/mail-file.ts";
import type { BlockingHost } from "../../src/core/run.ts";
import type { Ask, Json, Reply } from "../../src/core/steps.ts";

/** A held message as pps-api.md 2.4 describes its record. */
export interface Held {
  guid: string;
  localguid: string;
  folder: string;
  /** Milliseconds since 1970. */
  time: number;
  from?: string;
  raw?: string;
  /** Further fields of the record, which also replace those made here. */
  record?: Record<string, Json>;
}

/** What a request met: `undefined` lets it pass, `before` and `after` lose it on the way there or back, a reply replaces the answer. */
export type Fate = "before" | "after" | "not-sent" | Partial<Reply> | undefined;

export interface MailSystem extends BlockingHost {
  held: Held[];
  /** Records of Smart Search, newest first. */
  traced: { time: number; record: Record<string, Json> }[];
  /** Folders that exist; a search in any other is refused. Absent: all do. */
  folders?: string[];
  cap: number;
  traceCeiling: number;
  /** Decides what each request meets. */
  fate: (request: Ask) => Fate;
  asked: Ask[];
  /** Bodies of the actions that took effect, in order. */
  effects: Record<string, Json>[];
  items: unknown[];
  pauses: number[];
  /** Called when a command pauses: time passes. */
  onPause: (milliseconds: number) => void;
}

/** The mail system of pps-api.md sections 2 to 5 in memory: capped, newest first, without paging. */
export function createMailSystem(given: Partial<MailSystem> = {}): MailSystem {
  const system: MailSystem = {
    held: [],
    traced: [],
    cap: 1000,
    traceCeiling: 1000,
    fate: () => undefined,
    asked: [],
    effects: [],
    items: [],
    pauses: [],
    onPause: () => {},
    ask(request) {
      system.asked.push(request);
      const fate = system.fate(request);
      if (fate === "not-sent") throw new PpsError("unreachable", "Nobody listens at pps.example.com:10000.");
      if (fate === "before") throw lost();
      if (typeof fate === "object") return { status: 200, headers: {}, text: "", ...fate };
      const reply = answer(system, request);
      if (fate === "after") throw lost();
      return reply;
    },
    found: (items) => system.items.push(...items),
    progress() {},
    pause(milliseconds) {
      system.pauses.push(milliseconds);
      system.onPause(milliseconds);
    },
    inspect: () => emptyContents,
    recognise: (names) => names.map(recogniseName),
    retrieve: () => {
      throw new PpsError("unreachable", "There is no such document.");
    },
    agree: () => "unasked",
    ...given,
  };
  return system;
}

export const emptyContents: MailContents = {
  headers: [],
  from: [],
  replyTo: [],
  to: [],
  cc: [],
  subject: "",
  messageId: "",
  date: "",
  authentication: [],
  authenticationServer: "",
  receivedBy: "",
  urls: [],
  attachments: [],
  text: "",
  attached: [],
};

function lost(): PpsError {
  return new PpsError("unreachable", "PPS did not answer in 60 seconds.", { mayHaveHappened: true });
}

function answer(system: MailSystem, request: Ask): Reply {
  const parameters = Object.fromEntries(request.query ?? []);
  if (request.path === "/pss/filter") return answerTrace(system, parameters);
  if (request.method === "POST") return act(system, request.body ?? {});
  if (parameters.guid !== undefined) return answerRaw(system, parameters.guid);
  return answerSearch(system, parameters);
}

function text(status: number, words: string): Reply {
  return { status, headers: {}, text: words };
}

function answerSearch(system: MailSystem, parameters: Record<string, string>): Reply {
  const folder = parameters.folder ?? "Quarantine";
  const isSame = (name: string) => name.toLowerCase() === folder.toLowerCase();
  if (system.folders !== undefined && !system.folders.some(isSame)) return text(400, `no folder ${folder}`);
  const start = readUtc(parameters.startdate);
  const end = readUtc(parameters.enddate);
  const records = system.held
    .filter((held) => isSame(held.folder) && held.time >= start && held.time <= end)
    .filter((held) => matches(parameters.from ?? "*", held.from ?? ""))
    .sort((one, other) => other.time - one.time)
    .slice(0, system.cap)
    .map((held) => ({
      guid: held.guid,
      localguid: held.localguid,
      folder: held.folder,
      date: formatUtc(held.time),
      from: held.from ?? "",
      ...held.record,
    }));
  return text(200, JSON.stringify({ count: records.length, meta: { limit: system.cap }, records }));
}

function answerRaw(system: MailSystem, guid: string): Reply {
  const held = system.held.find((candidate) => candidate.guid === guid);
  if (held === undefined) return text(404, "no such message");
  return { ...text(200, ""), file: mailFile(held.raw ?? "Subject: hello\r\n\r\nhello\r\n") };
}

export function mailFile(raw: string): MailFile {
  return { handle: raw, head: raw.slice(0, 512), sizeBytes: raw.length };
}

function act(system: MailSystem, body: Record<string, Json>): Reply {
  const held = system.held.find((one) => one.localguid === body.localguid && one.folder === body.folder);
  if (held === undefined) return text(404, `message ${body.localguid} is not in ${body.folder}`);
  system.effects.push(body);
  const target = body.targetfolder ?? body.deletedfolder;
  if (typeof target === "string") {
    held.folder = target;
    held.localguid = `moved:${held.localguid}`;
  } else if (body.action === "delete" || body.action === "resubmit") {
    system.held = system.held.filter((one) => one !== held);
  }
  return text(200, JSON.stringify({ status: `${body.action} done` }));
}

function answerTrace(system: MailSystem, parameters: Record<string, string>): Reply {
  const start = Date.parse(`${parameters.from?.replace("+0000", "")}Z`);
  const end = Date.parse(`${parameters.to?.replace("+0000", "")}Z`);
  const records = system.traced
    .filter(({ time, record }) => time >= start && time <= end && (parameters.guid ?? record.GUID) === record.GUID)
    .slice(0, Math.min(system.traceCeiling, Number(parameters.count)))
    .map(({ time, record }) => ({ Date: `${formatUtc(time)} [UTC+0000]`, ...record }));
  return text(200, JSON.stringify({ result: records }));
}

/** Only the forms the commands under test send: everything, and an address. */
function matches(pattern: string, address: string): boolean {
  return pattern === "*" || pattern.toLowerCase() === address.toLowerCase();
}

function readUtc(date: string | undefined): number {
  if (!/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(date ?? "")) throw new Error(`not a date of pps-api.md 2.1: ${date}`);
  return Date.parse(`${date?.replace(" ", "T")}Z`);
}

export function formatUtc(time: number): string {
  return new Date(time).toISOString().slice(0, 19).replace("T", " ");
}
