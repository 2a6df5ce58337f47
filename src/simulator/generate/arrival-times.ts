import type { Random } from "../random.ts";

/** How arrivals are spread over time. */
export type Shape = "uniform" | "burst";

const wave = 120;
const busiest = 40;

/**
 * Arrival times for so many messages between two moments (seconds since 1970, both ends included), in order of time.
 * "uniform" spreads them evenly; "burst" gathers them in waves of two minutes, tens a second, or more where the range is too short.
 */
export function* arrivalTimes(
  count: number,
  from: number,
  to: number,
  shape: Shape,
  random: Random,
): Generator<number> {
  const span = to - from;
  if (shape === "uniform") {
    // In the middle of each share: at its edge, the oldest would leave "the last 24 hours" a second after it was made.
    for (let index = 0; index < count; index++) yield from + Math.floor(((index + 0.5) * (span + 1)) / count);
    return;
  }
  const waves = waveStarts(count, from, to, random);
  const length = Math.min(wave, span + 1);
  for (const [index, start] of waves.entries()) {
    const first = Math.floor((index * count) / waves.length);
    const last = Math.floor(((index + 1) * count) / waves.length);
    for (let at = first; at < last; at++) yield start + Math.floor(((at - first) * length) / (last - first));
  }
}

// Each wave has its own stretch of the range, so waves never overlap and times stay in order.
function waveStarts(count: number, from: number, to: number, random: Random): number[] {
  const wanted = Math.max(1, Math.ceil(count / (wave * busiest)));
  const room = Math.max(1, Math.floor((to - from + 1) / wave));
  const waves = Math.min(wanted, room);
  const stretch = (to - from + 1) / waves;
  return Array.from({ length: waves }, (_, index) => {
    const slack = Math.max(0, Math.floor(stretch - wave));
    return from + Math.floor(index * stretch) + random.integer(slack + 1);
  });
}
