import { shellQuote } from "../../output/shell-word.ts";
import type { CompletionPlace } from "./completion-tree.ts";

/** A bash completion script; works with bash 3.2 and newer, with no other package. */
export function bashScript(places: readonly CompletionPlace[]): string {
  const known = places.filter((place) => place.path !== "").map((place) => `"${place.path}"`);
  const words = places.map((place) => `    "${place.path}") words=${shellQuote(wordsOf(place))} ${filesOf(place)};;`);
  const values = places.flatMap((place) => valueCases(place));
  return `# bash completion for pps: source it, or save it where bash-completion looks for it.
_pps() {
  local current="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD-1]}" place="" candidate index words=""
  for ((index = 1; index < COMP_CWORD; index++)); do
    candidate="\${place:+$place }\${COMP_WORDS[index]}"
    case "$candidate" in
      ${known.join("|")}) place="$candidate" ;;
    esac
  done
  COMPREPLY=()
  case "$place $previous" in
${values.join("\n")}
  esac
  case "$place" in
${words.join("\n")}
  esac
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}
_pps_files() {
  local IFS=$'\\n'
  compopt -o filenames 2>/dev/null
  COMPREPLY=($(compgen -f -- "$current"))
}
complete -o default -F _pps pps
`;
}

function wordsOf(place: CompletionPlace): string {
  const options = place.options.flatMap((option) => option.spellings);
  return [...place.subcommands.map(({ name }) => name), ...place.words, ...options].join(" ");
}

/** Where an argument is a file, options are proposed only for what begins like one. */
function filesOf(place: CompletionPlace): string {
  return place.takesPath ? '; [[ "$current" == -* ]] || { _pps_files; return; } ' : "";
}

/** After an option with a value come its choices, or files, or nothing to propose. */
function valueCases(place: CompletionPlace): string[] {
  return place.options.flatMap(({ spellings, value }) => {
    if (value === undefined) return [];
    const patterns = spellings.map((spelling) => `"${place.path} ${spelling}"`).join("|");
    if (value.isPath) return [`    ${patterns}) _pps_files; return ;;`];
    const choices = shellQuote(value.choices.join(" "));
    return [`    ${patterns}) COMPREPLY=($(compgen -W ${choices} -- "$current")); return ;;`];
  });
}
