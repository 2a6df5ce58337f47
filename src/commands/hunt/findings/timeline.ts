import { smallest } from "../../../core/extremes.ts";
import { formatTime } from "../../../core/time.ts";
import type { HuntBucket } from "../hunt-result.ts";
import { type Finding, stateOfFinding } from "./findings.ts";

/** Widths in minutes that people count in. */
const widths = [1, 2, 5, 10, 15, 30, 60, 120, 180, 240, 360, 720, 1440, 2880, 10_080, 40_320];

const mostBuckets = 60;
const fewestBuckets = 24;

const minute = 60_000;

/**
 * Counts messages over time, in 24 to 60 stretches without gaps: from the first to the last, with some of the time searched on
 * both sides where they came close together. Empty without a message that has a date.
 */
export function drawTimeline(findings: readonly Finding[], since: number, until: number): HuntBucket[] {
  const dated = findings.filter(({ time }) => time !== undefined);
  if (dated.length === 0) return [];
  const times = dated.map(({ time }) => time as number);
  const [first, last] = [smallest(times), -smallest(times.map((time) => -time))];
  const fitting = widths.filter(
    (width) => Math.floor(last / (width * minute)) - Math.floor(first / (width * minute)) < mostBuckets,
  );
  const width = (fitting[0] ?? Math.ceil((last - first) / minute / (mostBuckets - 1))) * minute;
  let from = Math.floor(first / width) * width;
  let count = Math.floor((last - from) / width) + 1;
  for (let side = 0; side < 2 * fewestBuckets && count < fewestBuckets; side++) {
    const isBefore = side % 2 === 0;
    if (isBefore ? from - width < since - width : from + count * width > until) continue;
    count++;
    if (isBefore) from -= width;
  }
  const buckets: HuntBucket[] = [];
  for (let index = 0; index < count; index++) {
    const start = formatTime(from + index * width);
    buckets.push({ from: start, minutes: width / minute, held: 0, delivered: 0, stopped: 0, unclear: 0 });
  }
  dated.forEach((finding) => {
    const bucket = buckets[Math.floor(((finding.time as number) - from) / width)];
    if (bucket !== undefined) bucket[stateOfFinding(finding)]++;
  });
  return buckets;
}
