import type { CompletionOption, CompletionPlace } from "./completion-tree.ts";

/** A fish completion script; a place is known by the words typed so far that are no options. */
export function fishScript(places: readonly CompletionPlace[]): string {
  const nested = places.filter((place) => place.path !== "").map((place) => quote(place.path));
  return `# fish completion for pps: save it as ~/.config/fish/completions/pps.fish
function __pps_place
    set -l known ${nested.join(" ")}
    set -l place ''
    for word in (commandline -opc)[2..-1]
        set -l candidate (string trim -- "$place $word")
        if contains -- $candidate $known
            set place $candidate
        end
    end
    test "$place" = "$argv[1]"
end
complete -c pps -f
${places.flatMap(placeLines).join("\n")}
`;
}

function placeLines(place: CompletionPlace): string[] {
  const condition = `-n ${quote(`__pps_place ${quote(place.path)}`)}`;
  return [
    ...place.subcommands.map(({ name, about }) => `complete -c pps ${condition} -a ${name} -d ${quote(about)}`),
    ...(place.takesPath ? [`complete -c pps ${condition} -F`] : []),
    ...place.words.map((word) => `complete -c pps ${condition} -a ${word}`),
    ...place.options.map((option) => `complete -c pps ${condition} ${optionWords(option)}`),
  ];
}

function optionWords({ spellings, about, value }: CompletionOption): string {
  const names = spellings.map((spelling) =>
    spelling.startsWith("--") ? `-l ${spelling.slice(2)}` : `-s ${spelling.slice(1)}`,
  );
  const words = [...names, `-d ${quote(about)}`];
  if (value === undefined) return words.join(" ");
  // -F brings back the files that `-f` at the top left out.
  if (value.isPath) return [...words, "-r -F"].join(" ");
  return [...words, "-x", ...(value.choices.length > 0 ? [`-a ${quote(value.choices.join(" "))}`] : [])].join(" ");
}

function quote(text: string): string {
  return `'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;
}
