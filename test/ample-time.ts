/**
 * Runs with each time in turn until one was long enough to get as far as the test is about: how quick the machine is
 * must not matter.
 */
export async function inAmpleTime<End>(
  times: readonly number[],
  run: (milliseconds: number) => Promise<End>,
  isFar: (end: End) => boolean,
): Promise<End> {
  const [milliseconds = 0, ...longer] = times;
  const end = await run(milliseconds);
  return isFar(end) || longer.length === 0 ? end : inAmpleTime(longer, run, isFar);
}
