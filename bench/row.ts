/** One line of the result table: what was measured, against what, and whether the goal was met. */
export interface Row {
  what: string;
  measured: string;
  against: string;
  ratio: string;
  goal?: { text: string; isMet: boolean };
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

export function ratio(measured: number, against: number): string {
  return `${(measured / against).toFixed(2)} x`;
}

export function milliseconds(value: number): string {
  return `${value.toFixed(value < 10 ? 1 : 0)} ms`;
}

export function megabytes(bytes: number): string {
  return `${(bytes / 1_000_000).toFixed(0)} MB`;
}

/** Milliseconds that the work takes. */
export async function timed(work: () => unknown): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

export function formatRows(rows: readonly Row[]): string {
  const lines = ["| what | measured | compared with | ratio | goal |", "|---|---|---|---|---|"];
  for (const { what, measured, against, ratio, goal } of rows) {
    const judged = goal ? `${goal.text}: ${goal.isMet ? "met" : "MISSED"}` : "";
    lines.push(`| ${what} | ${measured} | ${against} | ${ratio} | ${judged} |`);
  }
  return `${lines.join("\n")}\n`;
}
