import { readRelativeTime } from "./relative-time.ts";

/** What a time phrase was read to (milliseconds since 1970), or why it was not. */
export type TimeReading = { time: number } | { complaint: string };

const forms = "write 24 hours, 7 days, 30m, now, 2026-03-04, or 2026-03-04T05:06:07Z (without a zone it is UTC).";

const months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/**
 * Reads a time as an administrator writes it: a span counted back from `now`, or a calendar time.
 * A calendar time without a zone is UTC, fractions of a second are cut. What can be read in two ways is refused.
 */
export function readTime(phrase: string, now: number): TimeReading {
  const text = phrase.trim().toLowerCase();
  if (/^\d{10}$/.test(text)) return { time: Number(text) * 1000 };
  if (/^\d{13}$/.test(text)) return { time: Math.floor(Number(text) / 1000) * 1000 };
  if (/^\d{1,4}[/.]\d{1,2}[/.]\d{1,4}/.test(text)) {
    return { complaint: `day and month can be told apart only as year-month-day; ${forms}` };
  }
  return readCalendarTime(text) ?? readRelativeTime(text, now) ?? { complaint: forms };
}

/** `2026-03-04T05:06:07Z`: how the product prints every time. */
export function formatTime(time: number): string {
  return `${new Date(Math.floor(time / 1000) * 1000).toISOString().slice(0, 19)}Z`;
}

const calendar =
  /^(\d{4})-(\d{2})-(\d{2})(?:[t ](\d{2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?\s*(z|utc|gmt|[+-]\d{2}:?\d{2}|\[utc[+-]\d{2}:?\d{2}\])?)?$/;
const dayFirst = /^(\d{1,2}) ([a-z]+),? (\d{4})$/;
const monthFirst = /^([a-z]+) (\d{1,2}),? (\d{4})$/;

function readCalendarTime(text: string): TimeReading | undefined {
  const iso = calendar.exec(text);
  if (iso) {
    const [, year, month, day, hour = "0", minute = "0", second = "0", zone = "z"] = iso;
    return assemble([year, month, day, hour, minute, second].map(Number), readZone(zone));
  }
  const named = dayFirst.exec(text) ?? monthFirst.exec(text);
  if (!named) return undefined;
  const [, first = "", second = "", year] = named;
  const [day, name] = /^\d/.test(first) ? [first, second] : [second, first];
  const month = readMonth(name);
  return month === 0 ? undefined : assemble([Number(year), month, Number(day), 0, 0, 0], 0);
}

/** 1 to 12, or 0; the first three letters or the whole English name. */
function readMonth(name: string): number {
  const whole = ["january", "february", "march", "april", "may", "june", "july"];
  whole.push("august", "september", "october", "november", "december");
  const index = name.length === 3 ? months.indexOf(name) : whole.indexOf(name);
  return index + 1;
}

/** Minutes east of UTC; undefined when there is no such zone. */
function readZone(zone: string): number | undefined {
  const offset = /([+-])(\d{2}):?(\d{2})/.exec(zone);
  if (!offset) return 0;
  const [, sign, hours, minutes] = offset;
  if (Number(hours) * 60 + Number(minutes) > 14 * 60 || Number(minutes) > 59) return undefined;
  return (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
}

function assemble(parts: number[], zoneMinutes: number | undefined): TimeReading {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts;
  const utc = Date.UTC(year, month - 1, day, hour, minute, second);
  const back = new Date(utc);
  const exists =
    back.getUTCFullYear() === year &&
    back.getUTCMonth() === month - 1 &&
    back.getUTCDate() === day &&
    back.getUTCHours() === hour &&
    back.getUTCMinutes() === minute &&
    back.getUTCSeconds() === second;
  if (!exists) return { complaint: "there is no such day or hour." };
  if (zoneMinutes === undefined) return { complaint: "there is no such zone." };
  const time = utc - zoneMinutes * 60_000;
  if (time < 0) return { complaint: "that is before 1970." };
  return time < 253_402_300_800_000 ? { time } : { complaint: "that is too far away." };
}
