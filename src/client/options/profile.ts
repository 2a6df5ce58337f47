import { homedir } from "node:os";
import { join, resolve } from "node:path";
import type { FolderSetting } from "../../core/command.ts";
import { nearestName } from "./nearest-name.ts";
import { alternatives, type OptionKind, optionTable, type PartialOptions, settableOptions } from "./option-table.ts";
import type { ClientCertificate } from "./options.ts";
import { isPemText } from "./pem.ts";

/** Told what is wrong at which keys, outermost first. */
export type Complain = (keys: readonly string[], complaint: string) => void;
type Mapping = Readonly<Record<string, unknown>>;

/** Reads one profile; paths in it are relative to the file's own folder. Problems are told, not thrown. */
export function readProfile(profile: Mapping, folder: string, complain: Complain): PartialOptions {
  const options: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(profile)) {
    const name = settableOptions.find((candidate) => candidate === key);
    if (name === undefined) complain([key], notKnown(key, settableOptions));
    else if (value !== null) {
      const read = readValue(optionTable[name].kind, value, folder, (keys, complaint) =>
        complain([key, ...keys], complaint),
      );
      if (read !== undefined) options[name] = read;
    }
  }
  for (const [one, other] of alternatives) {
    if (options[one] !== undefined && options[other] !== undefined) {
      complain([other], `and ${one} are both given; one of them is enough`);
    }
  }
  return options as PartialOptions;
}

function readValue(kind: OptionKind, value: unknown, folder: string, complain: Complain): unknown {
  switch (kind) {
    case "text":
    case "secret":
      return readText(value, complain);
    case "path":
    case "pem": {
      const text = readText(value, complain);
      return text === undefined || isPemText(text) ? text : resolvePath(text, folder);
    }
    case "flag":
      if (typeof value === "boolean") return value;
      return complain([], "takes true or false");
    case "number":
      if (typeof value === "number") return value;
      return complain([], "takes a number");
    case "certificate":
      return readCertificate(value, folder, complain);
    case "folders":
      return readFolderList(value, complain);
    case "list":
      return readTextList(value, complain);
  }
}

function readText(value: unknown, complain: Complain): string | undefined {
  if (typeof value === "string" && value !== "") return value;
  complain([], typeof value === "number" ? "is a number here; put it in quotes" : "takes a text");
  return undefined;
}

function readCertificate(value: unknown, folder: string, complain: Complain): ClientCertificate | undefined {
  const keys = ["cert", "key", "passphrase"];
  if (!isMapping(value)) {
    complain([], "takes a mapping of cert, key and passphrase");
    return undefined;
  }
  for (const key of Object.keys(value)) if (!keys.includes(key)) complain([key], notKnown(key, keys));
  const pem = (key: string) =>
    readValue("pem", value[key], folder, (_keys, complaint) => complain([key], complaint)) as string | undefined;
  const passphrase =
    value.passphrase === undefined
      ? undefined
      : readText(value.passphrase, (_keys, complaint) => complain(["passphrase"], complaint));
  const cert = pem("cert");
  const key = pem("key");
  return cert === undefined || key === undefined ? undefined : { cert, key, passphrase };
}

function readFolderList(value: unknown, complain: Complain): (string | FolderSetting)[] | undefined {
  if (!Array.isArray(value)) {
    complain([], "takes a list of folder names");
    return undefined;
  }
  return value.flatMap((entry: unknown, index): (string | FolderSetting)[] => {
    if (typeof entry === "string") return [entry];
    const { name, moduleType, ...rest } = isMapping(entry) ? entry : {};
    const isWhole = typeof name === "string" && (moduleType === "mail" || moduleType === "dlp");
    if (isWhole && Object.keys(rest).length === 0) return [{ name, moduleType }];
    complain([String(index)], "must be a name, or a mapping of name and moduleType (mail or dlp)");
    return [];
  });
}

function readTextList(value: unknown, complain: Complain): string[] | undefined {
  if (!Array.isArray(value)) {
    complain([], "takes a list of texts");
    return undefined;
  }
  return value.flatMap((entry: unknown, index) => {
    if (typeof entry === "string" && entry !== "") return [entry];
    complain([String(index)], "must be a text");
    return [];
  });
}

function notKnown(key: string, names: readonly string[]): string {
  const meant = nearestName(key, names);
  return `is not known; ${meant === undefined ? `known are ${names.join(", ")}` : `did you mean ${meant}?`}`;
}

/** True for names with values, as YAML calls them. */
export function isMapping(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function resolvePath(path: string, folder: string): string {
  return path.startsWith("~/") ? join(homedir(), path.slice(2)) : resolve(folder, path);
}
