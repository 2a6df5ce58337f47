const months = "jan feb mar apr may jun jul aug sep oct nov dec".split(" ");

/**
 * When a relay says in its Received header that it took the message, milliseconds since 1970; null where it says no time. The
 * time stands behind the last semicolon (RFC 5321, 4.4), and one without a zone is taken for UTC.
 */
export function readReceivedTime(header: string): number | null {
  const text = header.slice(header.lastIndexOf(";") + 1);
  const found =
    /(\d{1,2})\s+([a-z]{3})[a-z]*\s+(\d{4})\s+(\d{2}):(\d{2})(?::(\d{2}))?(?:\s*([+-])(\d{2})(\d{2}))?/i.exec(text);
  if (found === null) return null;
  const [day, hour, minute, second, hours, minutes] = [1, 4, 5, 6, 8, 9].map((group) => Number(found[group] ?? 0));
  const month = months.indexOf((found[2] ?? "").toLowerCase());
  if (month < 0) return null;
  const offset = ((hours ?? 0) * 60 + (minutes ?? 0)) * 60_000;
  return Date.UTC(Number(found[3]), month, day, hour, minute, second) - (found[7] === "-" ? -offset : offset);
}
