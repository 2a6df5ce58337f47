/**
 * Reads a Retry-After header: milliseconds to wait from `now`, which is milliseconds since 1970 and matters for a date alone.
 * Undefined when the header is absent, unreadable, or a date that is not to come.
 */
export function readRetryAfter(header: string | undefined, now: number): number | undefined {
  const text = (header ?? "").trim();
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1000;
  const wait = new Date(text).getTime() - now;
  return wait > 0 ? wait : undefined;
}
