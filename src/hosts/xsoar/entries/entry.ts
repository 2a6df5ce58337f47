import type { Json } from "../../../core/steps.ts";

/** What the War Room shows of a command, in the key order of the Python integration (xsoar-platform.md 4). */
export type Entry = ResultEntry | ErrorEntry | FileEntry;

/** A result: for people in `HumanReadable`, for playbooks in `EntryContext`. */
export interface ResultEntry {
  Type: 1;
  ContentsFormat: "json" | "text";
  Contents: Json;
  HumanReadable: string | null;
  EntryContext: { [key: string]: Json };
  IndicatorTimeline: never[];
  IgnoreAutoExtract: false;
  Note: false;
  Relationships: never[];
}

/** What failed; the playbook task fails with it. */
export interface ErrorEntry {
  Type: 4;
  ContentsFormat: "text";
  Contents: string;
  EntryContext: null;
}

/** A file in the War Room, in the context under `File`. */
export interface FileEntry {
  Type: 3;
  ContentsFormat: "text";
  /** The name: JavaScript integrations may not leave it empty. */
  Contents: string;
  File: string;
  FileID: string;
}

/** What a result consists of; what is left out is empty. */
export interface ResultParts {
  /** PPS's own answer, or what stands for it. */
  contents?: Json;
  /** Markdown or a sentence. */
  humanReadable?: string;
  /** By context key, such as `Proofpoint.User(val.email && val.email == obj.email)`. */
  context?: { [key: string]: Json };
}

/** Makes the entry of a result. */
export function resultEntry({ contents = null, humanReadable = "", context = {} }: ResultParts): Entry {
  return {
    Type: 1,
    ContentsFormat: isPlain(contents) ? "text" : "json",
    Contents: contents,
    HumanReadable: humanReadable === "" ? null : humanReadable,
    EntryContext: context,
    IndicatorTimeline: [],
    IgnoreAutoExtract: false,
    Note: false,
    Relationships: [],
  };
}

/** Makes the entry of a sentence that stands by itself. */
export function noteEntry(sentence: string): Entry {
  return resultEntry({ humanReadable: sentence });
}

/** Texts, whole numbers and booleans are shown as text, all else as JSON, null included. */
function isPlain(contents: Json): boolean {
  if (typeof contents === "number") return Math.floor(contents) === contents;
  return typeof contents === "string" || typeof contents === "boolean";
}

/** Makes the entry of an error; its text must hold no secret any more. */
export function errorEntry(message: string): Entry {
  return { Type: 4, ContentsFormat: "text", Contents: message, EntryContext: null };
}

/** Makes the entry of a file the host has saved under an id. */
export function fileEntry(name: string, fileId: string): Entry {
  const safe = safeFileName(name);
  return { Type: 3, ContentsFormat: "text", Contents: safe, File: safe, FileID: fileId };
}

/** A name without a way out of the folder a file is later saved in, nor characters that turn or end it. */
function safeFileName(name: string): string {
  return name
    .replace(/\.\.\//g, "")
    .replace(unsafe, "_")
    .replace(/^\.+/, "_");
}

const unsafe =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is taken out
  /[\u0000-\u001f\u007f-\u009f/\\\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g;
