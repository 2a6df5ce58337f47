/** `YYYY-MM-DD HH:MM:SS` in UTC, from seconds since 1970 (pps-api.md 2.1). */
export function formatUtc(seconds: number): string {
  return new Date(seconds * 1000).toISOString().slice(0, 19).replace("T", " ");
}

/** Seconds since 1970 from exactly `YYYY-MM-DD HH:MM:SS`; undefined for anything else and for days that do not exist. */
export function readUtc(text: string): number | undefined {
  if (!/^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/.test(text)) return undefined;
  const seconds = Date.parse(`${text.replace(" ", "T")}Z`) / 1000;
  return !Number.isNaN(seconds) && formatUtc(seconds) === text ? seconds : undefined;
}
