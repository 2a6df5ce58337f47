import type { Command, Option } from "commander";

/** One place on the command line and what may follow there. */
export interface CompletionPlace {
  /** The words that lead here: `quarantine list`; "" for the program. */
  path: string;
  subcommands: readonly { name: string; about: string }[];
  /** Words that an argument takes here. */
  words: readonly string[];
  /** An argument here is the path of a file. */
  takesPath: boolean;
  options: readonly CompletionOption[];
}

/** An option as completion offers it. */
export interface CompletionOption {
  /** Every spelling, such as `-o` and `--output`. */
  spellings: readonly string[];
  about: string;
  /** Absent for an option without a value. */
  value?: { choices: readonly string[]; isPath: boolean };
}

/** Every place of the program, so that each shell's script can be written from the same knowledge. */
export function readCompletionTree(program: Command, path: readonly string[] = []): CompletionPlace[] {
  const children = program.commands.filter((child) => child.name() !== "help");
  const place: CompletionPlace = {
    path: path.join(" "),
    subcommands: children.map((child) => ({ name: child.name(), about: firstSentence(child.description()) })),
    words: program.registeredArguments.flatMap((argument) => argument.argChoices ?? []),
    takesPath: program.registeredArguments.some((argument) => isPathName(argument.name())),
    options: [...program.options.map(readOption), { spellings: ["-h", "--help"], about: "Show help" }],
  };
  return [place, ...children.flatMap((child) => readCompletionTree(child, [...path, child.name()]))];
}

function readOption(option: Option): CompletionOption {
  const spellings = [option.short, option.long].filter((spelling): spelling is string => typeof spelling === "string");
  const about = firstSentence(option.description);
  if (!option.required && !option.optional) return { spellings, about };
  const [, valueName = ""] = /<(.*)>/.exec(option.flags) ?? [];
  return { spellings, about, value: { choices: option.argChoices ?? [], isPath: isPathName(valueName) } };
}

function isPathName(name: string): boolean {
  return /^(file|dir|path)/i.test(name);
}

/** A menu has room for one short phrase. */
function firstSentence(text: string): string {
  const [first = ""] = text.split(/[.;:]\s|\s\(/);
  const phrase = first.replace(/\.$/, "");
  return phrase.length > 72 ? `${phrase.slice(0, 71)}\u2026` : phrase;
}
