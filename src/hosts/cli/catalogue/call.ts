import type { Command } from "../../../core/command.ts";
import { type CliContext, writeOut } from "../context.ts";
import type { Talk } from "../output/talk.ts";
import type { ConnectionFlags, OutputFlags, TalkFlags } from "../shared-options.ts";

/** All flags that a catalogue command may have beside those of its fields. */
export interface CommandFlags extends ConnectionFlags, TalkFlags, OutputFlags {
  dryRun?: boolean;
  yes?: boolean;
  output?: string;
  report?: string;
  export?: string[];
  force?: boolean;
}

/** One call of a catalogue command: what was given, and where it goes. */
export interface Call {
  command: Command;
  raw: Record<string, unknown>;
  flags: CommandFlags;
  context: CliContext;
  talk: Talk;
  /** What this command line calls a field. */
  nameOf(field: string): string;
}

/** Writes to stdout, with the progress line taken away first. */
export function createWrite({ context, talk }: Call): (text: string | Uint8Array) => Promise<void> {
  return (text) => {
    talk.clear();
    return writeOut(context.stdout, text);
  };
}
