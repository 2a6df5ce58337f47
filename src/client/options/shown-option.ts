import { defaultFolders } from "../../commands/site-folders.ts";
import { optionTable, type SettableOption } from "./option-table.ts";
import { isPemText } from "./pem.ts";
import { defaults } from "./settings.ts";

/** One option for a person to read. */
export interface ShownOption {
  name: SettableOption;
  shown: string;
  /** Where the value came from: `given`, `environment PPS_...`, `profile ...`, `default`, or `not set`. */
  source: string;
}

/** An option that nobody set: its default, where it has one. */
export function showUnset(name: SettableOption): ShownOption {
  const shown = {
    insecure: "false",
    timeoutMs: String(defaults.timeoutMs),
    maxReplyBytes: String(defaults.maxReplyBytes),
    concurrency: String(defaults.concurrency),
    retries: String(defaults.retries),
    folders: `the ${defaultFolders.length} folders PPS brings along`,
    cloudUrl: defaults.cloudUrl,
    cloudTokenUrl: defaults.cloudTokenUrl,
    cloudCallsPerMinute: String(defaults.cloudCallsPerMinute),
  }[name as string];
  return shown === undefined ? { name, shown: "", source: "not set" } : { name, shown, source: "default" };
}

const mayCarryPassword: ReadonlySet<string> = new Set(["url", "proxy", "cloudUrl", "cloudTokenUrl"]);

/** A value that was given; a secret is only said to be set. */
export function showOption(name: SettableOption, value: unknown): string {
  switch (optionTable[name].kind) {
    case "secret":
      return "(set)";
    case "pem":
      return isPemText(String(value)) ? "(PEM text)" : String(value);
    case "certificate":
      return "(set)";
    case "folders":
      return JSON.stringify(value);
    case "list":
      return (value as readonly string[]).join(", ");
    default:
      // An address may carry a password, also one that cannot be read: all up to the last @ goes.
      return mayCarryPassword.has(name)
        ? String(value).replace(/^([a-z][a-z0-9+.-]*:[\\/]{2})?.*@/is, "$1(set)@")
        : String(value);
  }
}
