import type { Bucket } from "../document.ts";

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** Stretches of time that people count in. */
const steps = [
  ...[1, 5, 10, 15, 30].map((count) => count * minute),
  ...[1, 2, 3, 6, 12].map((count) => count * hour),
  ...[1, 2, 7, 14, 28, 91, 182, 364].map((count) => count * day),
];

const mostBars = 160;
const mostTicks = 7;
// A single bar would otherwise be as wide as the page.
const fewestBars = 12;

/** Bars over a stretch of time. */
export interface Scale {
  /** Milliseconds since 1970. */
  from: number;
  until: number;
  /** In order, none empty, all as wide as `minutes`. */
  bars: readonly Bucket[];
  minutes: number;
  ticks: readonly number[];
  /** True when the ticks stand at midnights, so that the hour says nothing. */
  isDaily: boolean;
  /** The ends of the lines across, from 0 up; the last is the height of the plot. */
  levels: readonly number[];
}

/** Lays buckets out over time; undefined where there is nothing to lay out. */
export function scaleOf(buckets: readonly Bucket[]): Scale | undefined {
  const filled = buckets
    .filter((bucket) => totalOf(bucket) > 0 && Number.isFinite(bucket.from))
    .sort((one, other) => one.from - other.from);
  const [first, last] = [filled[0], filled.at(-1)];
  if (first === undefined || last === undefined) return undefined;
  const width = widthFor(last.from + last.minutes * minute - first.from, first.minutes * minute);
  const bars = gather(filled, width);
  const lastBar = bars.at(-1) ?? first;
  const span = lastBar.from + width - (bars[0] ?? first).from;
  const room = Math.max(0, fewestBars * width - span) / 2;
  const from = (bars[0] ?? first).from - Math.floor(room / width) * width;
  const until = lastBar.from + width + Math.ceil(room / width) * width;
  const step = stepFor((until - from) / mostTicks);
  return {
    from,
    until,
    bars,
    minutes: width / minute,
    ticks: ticksOf(from, until, step),
    isDaily: step % day === 0,
    levels: levelsOf(Math.max(...bars.map(totalOf))),
  };
}

/** All messages of a bucket. */
export function totalOf({ held, delivered, stopped, unclear }: Bucket): number {
  return held + delivered + stopped + unclear;
}

function widthFor(span: number, given: number): number {
  if (span / given <= mostBars) return given;
  return stepFor(Math.max(given, span / mostBars));
}

/** The shortest stretch that people count in and that is at least as long. */
function stepFor(least: number): number {
  const longest = 364 * day;
  return steps.find((one) => one >= least) ?? Math.ceil(least / longest) * longest;
}

function gather(buckets: readonly Bucket[], width: number): Bucket[] {
  const bars: Bucket[] = [];
  // From the first bucket where they stay as they are, from a whole day, hour or minute where they are put together.
  const offset = (buckets[0]?.minutes ?? 0) * minute === width ? (buckets[0]?.from ?? 0) % width : 0;
  for (const bucket of buckets) {
    const from = Math.floor((bucket.from - offset) / width) * width + offset;
    const last = bars.at(-1);
    if (last?.from === from) {
      last.held += bucket.held;
      last.delivered += bucket.delivered;
      last.stopped += bucket.stopped;
      last.unclear += bucket.unclear;
    } else bars.push({ ...bucket, from, minutes: width / minute });
  }
  return bars;
}

function ticksOf(from: number, until: number, step: number): number[] {
  const ticks: number[] = [];
  for (let at = Math.ceil(from / step) * step; at <= until; at += step) ticks.push(at);
  return ticks;
}

/** At most four steps of 1, 2 or 5 times a power of ten, up to the highest bar or just above it. */
function levelsOf(highest: number): number[] {
  const power = 10 ** Math.floor(Math.log10(highest / 4 || 1));
  const step = Math.max(1, [1, 2, 5, 10].map((factor) => factor * power).find((one) => highest / one <= 4) ?? highest);
  return Array.from({ length: Math.ceil(highest / step) + 1 }, (_, at) => at * step);
}
