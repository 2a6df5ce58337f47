import { editDistance, foldText, withoutStandIns } from "./folded-text.ts";

/** Shorter names are alike by chance. */
const shortest = 5;

/** Whether two sender domains seem made by one hand: a letter apart, other digits or signs, or under another top. */
export function areDomainsAlike(one: string, other: string): boolean {
  if (one === other) return false;
  const [first, second] = [skeletonOf(one), skeletonOf(other)];
  const shorter = Math.min(first.length, second.length);
  if (shorter < shortest) return false;
  const most = shorter >= 12 ? 2 : shorter >= 7 ? 1 : 0;
  return editDistance(first, second, most) <= most;
}

/** Whether two domains are the same but for the numbers in them. */
export function areDomainsNumbered(one: string, other: string): boolean {
  return one !== other && one.replace(/\d+/g, "#") === other.replace(/\d+/g, "#");
}

/** The registered name without its top, digits at its ends and signs, and with stand-ins read. */
function skeletonOf(domain: string): string {
  const labels = domain.split(".");
  const last = labels.length - 1;
  const second = labels[last - 1] ?? "";
  // `co.uk` and its like: the name stands before it.
  const name = last > 1 && second.length <= 3 && (labels[last] as string).length === 2 ? labels[last - 2] : second;
  const bare = foldText(name ?? "")
    .replace(/^xn--/, "")
    .replace(/^\d+|\d+$/g, "");
  return withoutStandIns(bare)
    .replace(/[-_\d]/g, "")
    .slice(0, 63);
}
