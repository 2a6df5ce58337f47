/** The words that call a command: `quarantine list` for `quarantine.list`; those of the area system stand at the top. */
export function commandWords(name: string): string[] {
  return name.split(".").filter((part) => part !== "system");
}

/** `pps quarantine list` for `quarantine.list`. */
export function commandLine(name: string): string {
  return ["pps", ...commandWords(name)].join(" ");
}
