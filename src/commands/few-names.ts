const most = 5;

/** Several names in a sentence: the first five, and how many more there are. */
export function fewNames(names: readonly string[]): string {
  const shown = names.slice(0, most).join(", ");
  return names.length > most ? `${shown} and ${names.length - most} more` : shown;
}
