import { type Command, Option } from "commander";
import { PpsError } from "../../core/errors.ts";
import type { Format } from "./output/result-writer.ts";

/** What says which PPS is meant and how to reach it. The password has no flag: other users could read it from the process list. */
export interface ConnectionFlags {
  profile?: string;
  config?: string;
  url?: string;
  username?: string;
  ca?: string;
  insecure?: boolean;
  proxy?: string;
  timeout?: string;
}

/** How much is said on stderr, and whether in colour; `color` is false for `--no-color`. */
export interface TalkFlags {
  quiet?: boolean;
  color?: boolean;
}

/** In which form a result is printed. */
export interface OutputFlags {
  json?: boolean;
  jsonl?: boolean;
  csv?: boolean;
  columns?: string;
  wide?: boolean;
}

/** The options every command that reaches PPS has. */
export function addConnectionOptions(command: Command): Command {
  const options = [
    new Option("--profile <name>", "Profile of the configuration file to use (env: PPS_PROFILE)"),
    new Option("--config <file>", "Configuration file to read instead of the usual one (env: PPS_CONFIG)"),
    new Option("--url <url>", "Address of PPS, such as https://pps.example.com:10000 (env: PPS_URL)"),
    new Option("--username <name>", "Administrator whose role is of type API (env: PPS_USERNAME)"),
    new Option("--ca <file>", "Own certificate authority, a PEM file (env: PPS_CA)"),
    new Option("--insecure", "Accept any certificate: anybody on the way can then read the password"),
    new Option("--proxy <url>", "HTTP proxy, or system to follow HTTPS_PROXY and NO_PROXY (env: PPS_PROXY)"),
    new Option(
      "--timeout <seconds>",
      "Longest time for one request (default: 60; env: PPS_TIMEOUT_MS, in milliseconds)",
    ),
  ];
  for (const option of options) command.addOption(option.helpGroup("Connection:"));
  return command;
}

/** The options every command has. */
export function addTalkOptions(command: Command): Command {
  command.addOption(new Option("--quiet", "Say nothing on stderr but warnings and errors").helpGroup("Output:"));
  command.addOption(new Option("--no-color", "No colours").helpGroup("Output:"));
  return command;
}

/** For commands that print a table or JSON, and nothing else. */
export function addJsonOption(command: Command): Command {
  return command.addOption(new Option("--json", "One JSON object").helpGroup("Output:"));
}

/** The forms a result can take; which values a table shows is open to choice unless the result is a saved file. */
export function addOutputOptions(command: Command, { isList, isFile }: { isList: boolean; isFile: boolean }): Command {
  const lines = isList ? "One JSON object a line, as they come" : "One JSON object on one line";
  const forms = [
    new Option("--json", "One JSON object").conflicts(["jsonl", "csv"]),
    new Option("--jsonl", lines).conflicts(["csv"]),
    new Option("--csv", "Comma-separated values, safe to open in a spreadsheet"),
  ];
  const columns = [
    new Option("--columns <list>", "Values to show in a table or CSV, separated by commas").conflicts([
      "json",
      "jsonl",
    ]),
    new Option("--wide", "Table with every value, nothing cut to the width of the terminal").conflicts([
      "json",
      "jsonl",
      "csv",
    ]),
  ];
  for (const option of isFile ? forms : [...forms, ...columns]) command.addOption(option.helpGroup("Output:"));
  return command;
}

/** The form asked for; a table unless a flag says otherwise. */
export function formatOf(flags: OutputFlags): Format {
  if (flags.json) return "json";
  if (flags.jsonl) return "jsonl";
  return flags.csv ? "csv" : "table";
}

/** `--timeout` in milliseconds. */
export function timeoutOf(flags: ConnectionFlags): number | undefined {
  if (flags.timeout === undefined) return undefined;
  const seconds = Number(flags.timeout);
  if (/^\d+(\.\d+)?$/.test(flags.timeout) && seconds >= 0.001 && seconds <= 86_400) return Math.round(seconds * 1000);
  throw new PpsError("bad_input", `--timeout takes seconds from 0.001 to 86400, not "${flags.timeout}".`);
}

/** The options given to a command, over those given to the commands above it, so that `pps --profile lab ping` works too. */
export function flagsOf(command: Command): Record<string, unknown> {
  const flags = command.parent === null ? {} : flagsOf(command.parent);
  for (const [name, value] of Object.entries(command.opts())) {
    if (command.getOptionValueSource(name) !== "default") flags[name] = value;
  }
  return flags;
}
