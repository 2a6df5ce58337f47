import type { Command } from "../../../core/command.ts";
import type { PpsError } from "../../../core/errors.ts";
import type { Entry } from "../entries/entry.ts";

/** An argument as XSOAR declares it. */
export interface XsoarArgument {
  name: string;
  /** The catalogue command's field that takes the value as it is; absent where `call` reads it. */
  field?: string;
  /** A sentence: XSOAR's validation wants its end (DS108). */
  description: string;
  required?: boolean;
  /** Filled in by the server when nothing was given. */
  defaultValue?: string;
  /** The values XSOAR offers. */
  predefined?: readonly string[];
  /** True: a list is one call; without it the server calls once for every item. */
  isArray?: boolean;
}

/** A value that the command puts into context. */
export interface XsoarOutput {
  contextPath: string;
  type: "String" | "Number" | "Date" | "Boolean" | "Unknown";
  /** A sentence, as an argument's. */
  description: string;
}

/** Arguments as the server hands them over: texts, or lists and objects from playbooks. */
export type XsoarArguments = Readonly<Record<string, unknown>>;

/** What an XSOAR command comes to: a command of ours and its raw input, by our field names. */
export interface Call {
  command: Command;
  input: Record<string, unknown>;
  /** Changes are described, not sent. @default false */
  dryRun?: boolean;
}

/** What a command of ours gave. */
export interface Result {
  /** What it handed on by `found`. */
  items: readonly unknown[];
  /** What it returned. */
  summary: object;
  args: XsoarArguments;
  /** The command that was called, where there is a choice. */
  command: Command;
}

/** A command as XSOAR offers it. */
export interface XsoarCommand {
  name: string;
  description: string;
  arguments: readonly XsoarArgument[];
  outputs: readonly XsoarOutput[];
  /** True for what changes the mail system: XSOAR then warns before it is run in a shared war room. */
  isHarmful: boolean;
  /** `now` in milliseconds since 1970. Throws PpsError `bad_input`. */
  call(args: XsoarArguments, now: number): Call;
  render(result: Result): Entry[];
  /** Entries for an error that is no failure here, such as nothing found; undefined where it is one. */
  recover?(error: PpsError, called: Call): Entry[] | undefined;
}

/** What a user of XSOAR calls a field of ours: for errors. The field's own name where no argument takes it. */
export function argumentOf(command: Pick<XsoarCommand, "arguments">, field: string): string {
  return command.arguments.filter((argument) => argument.field === field)[0]?.name ?? field;
}
