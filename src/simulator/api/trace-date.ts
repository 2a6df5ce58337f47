import { formatUtc } from "./utc-date.ts";

/**
 * Seconds since 1970 from `2026-03-04T05:06:07+0000`; undefined for anything else, above all an offset with a colon, which
 * 8.14.2 refused (pps-api.md 5).
 */
export function readTraceTime(text: string): number | undefined {
  const match = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2}:\d{2})([+-])(\d{2})(\d{2})$/.exec(text);
  if (match === null) return undefined;
  const [, day, time, sign, hours, minutes] = match;
  const local = Date.parse(`${day}T${time}Z`) / 1000;
  if (Number.isNaN(local) || formatUtc(local) !== `${day} ${time}`) return undefined;
  return local - offsetSeconds(`${sign}${hours}${minutes}`);
}

/** `2026-03-04 05:06:07 [UTC-0600]`; `zone` is written `-0600`. */
export function formatTraceDate(seconds: number, zone: string): string {
  return `${formatUtc(seconds + offsetSeconds(zone))} [UTC${zone}]`;
}

function offsetSeconds(zone: string): number {
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(3, 5));
  return (zone.startsWith("-") ? -60 : 60) * minutes;
}
