import type { TimeReading } from "./time.ts";

const seconds: Record<string, number> = { second: 1, minute: 60, hour: 3600, day: 86_400, week: 604_800 };

/** Spellings of each unit; a lone `m` is minutes, never months. */
const spellings: Record<string, string> = {
  second: "s sec secs second seconds",
  minute: "m min mins minute minutes",
  hour: "h hr hrs hour hours",
  day: "d day days",
  week: "w week weeks",
  month: "mo month months",
  year: "y yr yrs year years",
};

const words = ["", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];

interface Part {
  amount: number;
  unit: string;
}

/**
 * Reads a span from `now`: `24 hours`, `1h 30m`, `7 days, 12 hours ago`, `in 2 hours`, `last week`, `yesterday`.
 * Several parts add up; months and years follow the calendar. Undefined when the text is not a span.
 */
export function readRelativeTime(text: string, now: number): TimeReading | undefined {
  if (text === "now" || text === "today") return { time: now };
  if (text === "yesterday") return { time: now - 86_400_000 };
  if (text === "tomorrow") return { time: now + 86_400_000 };
  const last = /^last ([a-z]+)$/.exec(text);
  if (last) return shift([{ amount: 1, unit: last[1] ?? "" }], -1, now);
  const ahead = /^in (.+)$/.exec(text);
  if (ahead) return readParts(ahead[1] ?? "", 1, now);
  const back = /^-?(.*?)(?: ago)?$/.exec(text);
  return back ? readParts(back[1] ?? "", -1, now) : undefined;
}

function readParts(text: string, direction: number, now: number): TimeReading | undefined {
  const pieces = text.replace(/ and /g, " ").replace(/, /g, " ").split(/\s+/);
  const parts: Part[] = [];
  for (let index = 0; index < pieces.length; index++) {
    const joined = /^(\d+(?:\.\d+)?)([a-z]+)$/.exec(pieces[index] ?? "");
    if (joined) {
      parts.push({ amount: Number(joined[1]), unit: joined[2] ?? "" });
      continue;
    }
    const amount = readAmount(pieces[index] ?? "");
    const unit = pieces[index + 1];
    if (amount === undefined || unit === undefined) return undefined;
    parts.push({ amount, unit });
    index++;
  }
  return shift(parts, direction, now);
}

function readAmount(text: string): number | undefined {
  if (/^\d+(\.\d+)?$/.test(text)) return Number(text);
  if (text === "a" || text === "an") return 1;
  const word = words.indexOf(text);
  return word > 0 ? word : undefined;
}

function shift(parts: Part[], direction: number, now: number): TimeReading | undefined {
  let time = now;
  for (const part of parts) {
    const unit = Object.keys(spellings).filter((name) => spellings[name]?.split(" ").indexOf(part.unit) !== -1)[0];
    if (unit === undefined) return undefined;
    const length = seconds[unit];
    if (length !== undefined) {
      time += direction * part.amount * length * 1000;
    } else {
      if (part.amount !== Math.floor(part.amount)) return { complaint: `${unit}s are counted whole.` };
      time = addMonths(time, direction * part.amount * (unit === "year" ? 12 : 1));
    }
  }
  if (!(time >= 0 && time < 253_402_300_800_000)) return { complaint: "that is too far away." };
  return { time };
}

/** By the calendar; the last day of a shorter month stands for days it does not have. */
function addMonths(time: number, count: number): number {
  const date = new Date(time);
  const day = date.getUTCDate();
  date.setUTCDate(1);
  date.setUTCMonth(date.getUTCMonth() + count);
  const lastDay = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  date.setUTCDate(Math.min(day, lastDay));
  return date.getTime();
}
