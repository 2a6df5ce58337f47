/** The candidate that a misspelt name most likely meant; undefined when none is near. */
export function nearestName(given: string, candidates: readonly string[]): string | undefined {
  const most = Math.max(1, Math.floor(given.length / 3));
  const ranked = candidates
    .map((candidate) => ({ candidate, edits: editsBetween(plain(given), plain(candidate)) }))
    .sort((one, other) => one.edits - other.edits);
  const best = ranked[0];
  return best !== undefined && best.edits <= most ? best.candidate : undefined;
}

/** `time_out-ms` and `timeoutMs` differ by habit only. */
function plain(name: string): string {
  return name.slice(0, 60).toLowerCase().replace(/[-_ ]/g, "");
}

/** Levenshtein distance. */
function editsBetween(one: string, other: string): number {
  let previous = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let row = 1; row <= one.length; row++) {
    const current = [row];
    for (let column = 1; column <= other.length; column++) {
      const replace = (previous[column - 1] ?? 0) + (one[row - 1] === other[column - 1] ? 0 : 1);
      current.push(Math.min(replace, (previous[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1));
    }
    previous = current;
  }
  return previous[other.length] ?? 0;
}
