import type { MailContents, MailFile } from "./mail-file.ts";
import type { NameFacts } from "./name-facts.ts";

/** What a request or a command does to the mail system. It decides retry, confirmation, dry run and audit. */
export type Effect = "read" | "change" | "destroy";

/** Anything JSON can say. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

/** Whose API a request goes to: PPS's own, or Proofpoint's cloud API for the organisation's lists (pps-api.md 7). */
export type Service = "pps" | "threat-protection";

/** One HTTP request, as a command wishes it. */
export interface Ask {
  kind: "ask";
  /** @default pps */
  service?: Service;
  method: "GET" | "POST" | "PUT" | "DELETE";
  /** Below the base address, already percent-encoded, such as `/quarantine`. */
  path: string;
  /** In wire order; the transport encodes names and values. */
  query?: [name: string, value: string][];
  body?: { [key: string]: Json };
  effect: Effect;
  /** `file` keeps the bytes of a 2xx answer as they are, in `Reply.file`; any other answer is text. */
  expect: "text" | "file";
}

/** Any HTTP answer, whatever its status. Lower-case header names. */
export interface Reply {
  status: number;
  headers: Record<string, string>;
  text: string;
  file?: MailFile;
  requestId?: string;
}

/** Jobs that may run at the same time; the answer is their results in the same order. */
export interface Together {
  kind: "together";
  jobs: Steps<unknown>[];
}

/** Items of the command's list, handed on as soon as they are known. */
export interface Found {
  kind: "found";
  items: readonly unknown[];
}

/** Word of long work, for a person. */
export interface Progress {
  kind: "progress";
  text: string;
}

/** Time to let pass before the next step. */
export interface Pause {
  kind: "pause";
  milliseconds: number;
}

/** Asks the host to take a raw message apart; hosts without a mail parser refuse it. */
export interface Inspect {
  kind: "inspect";
  file: MailFile;
}

/** Asks the host what names are: which is an IP address, which a domain, and whose. */
export interface Recognise {
  kind: "recognise";
  names: readonly string[];
}

/** Asks the host for a document at an address that is nobody's API, such as a list of bad senders. */
export interface Retrieve {
  kind: "retrieve";
  /** The whole address. */
  url: string;
  /** Media types that are wanted, as an Accept header lists them. */
  accept: string;
}

/** A document that was retrieved, whatever the status. Lower-case header names. */
export interface Retrieved {
  status: number;
  headers: Record<string, string>;
  text: string;
}

/** Puts a plan before whoever may say no. */
export interface Agree {
  kind: "agree";
  /** What would be done: outcomes that are `planned`, and those that say why something is left. */
  items: readonly unknown[];
  /** What has to be said with them. */
  notes: readonly string[];
}

/** `unasked`: the host has nobody to ask, or was told beforehand that everything is agreed to. */
export type Agreement = "agreed" | "unasked" | "declined";

/** Anything a command can ask of its host. */
export type Step = Ask | Together | Found | Progress | Pause | Inspect | Recognise | Retrieve | Agree;

/** A command's work: it yields steps, is handed their answers, and returns its result. It never awaits. */
export type Steps<T> = Generator<Step, T, unknown>;

/**
 * Sends a request and gives its answer, whatever the status.
 * Throws PpsError `unreachable` when no whole answer came; `mayHaveHappened` tells whether a change was sent.
 */
export function* ask(request: Omit<Ask, "kind">): Steps<Reply> {
  return (yield { kind: "ask", ...request }) as Reply;
}

/** Runs jobs side by side where the host can; a job that throws ends them all. */
export function* together<T>(jobs: Steps<T>[]): Steps<T[]> {
  return (yield { kind: "together", jobs }) as T[];
}

/** Hands items of the list on; the host may let them wait. */
export function* found(items: readonly unknown[]): Steps<void> {
  if (items.length > 0) yield { kind: "found", items };
}

/** Tells a person how far long work has come. */
export function* progress(text: string): Steps<void> {
  yield { kind: "progress", text };
}

/** Lets time pass. */
export function* pause(milliseconds: number): Steps<void> {
  yield { kind: "pause", milliseconds };
}

/** Takes a raw message apart. Throws PpsError where the host has no mail parser. */
export function* inspect(file: MailFile): Steps<MailContents> {
  return (yield { kind: "inspect", file }) as MailContents;
}

/** What each of the names is, in their order. */
export function* recognise(names: readonly string[]): Steps<NameFacts[]> {
  return (yield { kind: "recognise", names }) as NameFacts[];
}

/** Gets a document from elsewhere. Throws PpsError `unreachable` when no whole answer came, `bad_input` where the host may not. */
export function* retrieve(url: string, accept: string): Steps<Retrieved> {
  return (yield { kind: "retrieve", url, accept }) as Retrieved;
}

/** Whether a plan may be carried out. Nothing may be changed after `declined`. */
export function* agree(items: readonly unknown[], notes: readonly string[]): Steps<Agreement> {
  return (yield { kind: "agree", items, notes }) as Agreement;
}
