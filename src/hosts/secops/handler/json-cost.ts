import type { Json } from "../../../core/steps.ts";

/** What a JSON result may cost, at most (secops-platform.md 1.4). */
export const mostJsonCost = 12 * 1024 * 1024;

/**
 * The length of a value as the platform sends it on: JSON with every other character than ASCII escaped, written as a
 * JSON text once more. Separators count double, since Python puts a blank behind them.
 */
export function escapedCost(value: Json): number {
  const text = JSON.stringify(value);
  let cost = 2;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code > 126) cost += 7;
    else cost += isDoubled(code) ? 2 : 1;
  }
  return cost;
}

/** Quotes and backslashes are escaped the second time; `,` and `:` may have a blank behind them. */
function isDoubled(code: number): boolean {
  return code === 34 || code === 92 || code === 44 || code === 58;
}

/** A value within the limit: lists lose what stands last. */
export function fitJson(value: Json, most = mostJsonCost): { json: Json; isCut: boolean } {
  if (escapedCost(value) <= most) return { json: value, isCut: false };
  if (Array.isArray(value)) return { json: fitList(value, most), isCut: true };
  return { json: typeof value === "object" && value !== null ? fitObject(value, most) : null, isCut: true };
}

function fitList(list: readonly Json[], most: number): Json[] {
  let cost = 4;
  const end = list.findIndex((item) => {
    cost += escapedCost(item) + 2;
    return cost > most;
  });
  return list.slice(0, end < 0 ? list.length : end);
}

/** The most expensive member gives way first. */
function fitObject(object: { [key: string]: Json }, most: number): Json {
  const fitted = { ...object };
  for (const _ of Object.keys(object)) {
    const excess = escapedCost(fitted) - most;
    if (excess <= 0) break;
    const costs = Object.entries(fitted).map(([key, member]) => ({ key, member, cost: escapedCost(member) }));
    const worst = costs.reduce((one, other) => (other.cost > one.cost ? other : one));
    fitted[worst.key] = fitJson(worst.member, Math.max(0, worst.cost - excess)).json;
  }
  return fitted;
}
