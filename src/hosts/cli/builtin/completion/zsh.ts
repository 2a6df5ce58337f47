import { shellQuote } from "../../output/shell-word.ts";
import type { CompletionOption, CompletionPlace } from "./completion-tree.ts";

/** A zsh completion script: one function a place, found by the words before the cursor. */
export function zshScript(places: readonly CompletionPlace[]): string {
  const functions = places.map((place) => placeFunction(place)).join("\n");
  return `#compdef pps
# zsh completion for pps: save it as _pps in a directory of $fpath.
${functions}
if [ "$funcstack[1]" = "_pps" ]; then
  _pps "$@"
else
  compdef _pps pps
fi
`;
}

function functionName(path: string): string {
  return ["_pps", ...path.split(" ").filter((word) => word !== "")].join("_").replaceAll("-", "_");
}

function placeFunction(place: CompletionPlace): string {
  const options = place.options.flatMap(optionSpecs).map((spec) => `    ${spec}`);
  const name = functionName(place.path);
  if (place.subcommands.length === 0) {
    return `${name}() {\n  _arguments -s -S \\\n${[...options, `    ${argumentSpec(place)}`].join(" \\\n")}\n}\n`;
  }
  const choices = place.subcommands.map(
    (child) => `      ${shellQuote(`${child.name}:${child.about.replaceAll(":", " ")}`)}`,
  );
  const calls = place.subcommands.map(
    (child) => `        ${child.name}) ${functionName([place.path, child.name].join(" "))} ;;`,
  );
  return `${name}() {
  local line state
  local -a subcommands
  _arguments -C \\
${[...options, "    '1: :->subcommand'", "    '*:: :->rest'"].join(" \\\n")}
  case "$state" in
    subcommand)
      subcommands=(
${choices.join("\n")}
      )
      _describe 'command' subcommands
      ;;
    rest)
      case "$line[1]" in
${calls.join("\n")}
      esac
      ;;
  esac
}
`;
}

function argumentSpec({ words, takesPath }: CompletionPlace): string {
  if (words.length > 0) return `'1:word:(${words.join(" ")})'`;
  return takesPath ? "'*:file:_files'" : "'*: : '";
}

function optionSpecs({ spellings, about, value }: CompletionOption): string[] {
  const text = about.replace(/[[\]:]/g, " ");
  return spellings.map((spelling) => shellQuote(`*${spelling}[${text}]${value === undefined ? "" : valueSpec(value)}`));
}

function valueSpec(value: NonNullable<CompletionOption["value"]>): string {
  if (value.isPath) return ":file:_files";
  return value.choices.length > 0 ? `:value:(${value.choices.join(" ")})` : ":value: ";
}
