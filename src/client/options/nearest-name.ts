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

/** Letters added, dropped, replaced, or swapped with their neighbour. */
function editsBetween(one: string, other: string): number {
  const rows = [Array.from({ length: other.length + 1 }, (_, index) => index)];
  for (let row = 1; row <= one.length; row++) {
    const current = [row];
    for (let column = 1; column <= other.length; column++) {
      const at = (up: number, left: number) => (up === 0 ? current : rows[row - up])?.[column - left] ?? 0;
      const isSame = one[row - 1] === other[column - 1];
      const isSwapped =
        row > 1 && column > 1 && one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1];
      const edits = [at(1, 1) + (isSame ? 0 : 1), at(1, 0) + 1, at(0, 1) + 1];
      if (isSwapped) edits.push(at(2, 2) + 1);
      current.push(Math.min(...edits));
    }
    rows.push(current);
  }
  return rows[one.length]?.[other.length] ?? 0;
}
