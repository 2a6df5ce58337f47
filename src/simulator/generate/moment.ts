const units: Record<string, number> = { s: 1, m: 60, h: 3600, d: 86_400 };
const relative = /^-?(\d+)\s*(s|m|h|d)(?:ec(?:ond)?s?|in(?:ute)?s?|(?:ou)?rs?|ays?)?(?: ago)?$/i;
const absolute = /^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d))?$/i;

/**
 * Reads a moment as seconds since 1970: `now`, so long ago (`24h`, `7 days`), a date, or ISO 8601 with a zone.
 * `now` is in seconds. Throws an Error of one sentence otherwise.
 */
export function readMoment(text: string, now: number): number {
  const trimmed = text.trim();
  if (trimmed.toLowerCase() === "now") return now;
  const [, amount, unit] = relative.exec(trimmed) ?? [];
  if (amount !== undefined && unit !== undefined) return now - Number(amount) * (units[unit.toLowerCase()] as number);
  const parsed = absolute.test(trimmed) ? Date.parse(trimmed.replace(" ", "T")) : Number.NaN;
  if (Number.isNaN(parsed))
    throw new Error(`"${text}" is no time; write now, 24h, 7d, a date, or ISO 8601 with a zone.`);
  return Math.floor(parsed / 1000);
}
