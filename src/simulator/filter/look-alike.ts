import { domainToUnicode } from "node:url";

// Letters that pass for a Latin one at a glance: Cyrillic, Greek, figures and pairs of letters. Each group becomes its first
// member on both sides of the comparison, so that "l", "1" and "i" are one letter here.
const lookalikes: [RegExp, string][] = [
  [/rn/g, "m"],
  [/vv/g, "w"],
  [/cl/g, "d"],
  [/[1i|ıіӏļłḷ!ɩ]/g, "l"],
  [/[0оοօσ]/g, "o"],
  [/[3еҽєε]/g, "e"],
  [/[4аαɑ@]/g, "a"],
  [/[5ѕ$]/g, "s"],
  [/[сϲ]/g, "c"],
  [/[рρ]/g, "p"],
  [/[ху×χ]/g, "x"],
  [/[уγ]/g, "y"],
  [/[һ]/g, "h"],
  [/[кκ]/g, "k"],
  [/[мʍ]/g, "m"],
  [/[тτ7]/g, "t"],
  [/[вβ8]/g, "b"],
  [/[ԁ]/g, "d"],
  [/[ɡ9]/g, "g"],
  [/[ոп]/g, "n"],
  [/[νѵ]/g, "v"],
  [/[ѡω]/g, "w"],
];

function skeleton(label: string): string {
  const plain = label.toLowerCase().normalize("NFKD").replace(/\p{M}/gu, "");
  return lookalikes.reduce((text, [pattern, letter]) => text.replace(pattern, letter), plain);
}

/** Names to protect, made ready for comparing. */
export interface ProtectedNames {
  /** Whole domains of our own; they and their sub-domains are never look-alikes. */
  ownDomains: string[];
  /** Lower-case labels such as `example` in `example.com`, with what they look like. */
  labels: { label: string; looks: string }[];
}

/** Makes domains of one's own and further names ready for comparing; `*.` domains protect nothing. */
export function protectNames(ownDomains: string[], names: string[]): ProtectedNames {
  const exact = ownDomains.filter((domain) => !domain.startsWith("*.")).map((domain) => domain.toLowerCase());
  const labels = new Set([
    ...exact.map((domain) => domain.split(".").at(-2) ?? domain),
    ...names.map((name) => name.toLowerCase()),
  ]);
  return { ownDomains: exact, labels: [...labels].map((label) => ({ label, looks: skeleton(label) })) };
}

/**
 * The protected name that a domain imitates without being it: by other letters, by one slip of the pen, or as part of a
 * longer name.
 */
export function imitatedName(domain: string, { ownDomains, labels }: ProtectedNames): string | undefined {
  const host = (domainToUnicode(domain) || domain).toLowerCase();
  if (ownDomains.some((own) => host === own || host.endsWith(`.${own}`))) return undefined;
  const embedded = ownDomains.find((own) => host.startsWith(`${own}.`) || host.includes(`.${own}.`));
  if (embedded) return embedded;
  const found = host
    .split(".")
    .slice(0, -1)
    .flatMap((label) => [label, ...label.split("-")])
    .flatMap((part) => labels.filter(({ label, looks }) => part !== label && isClose(part, label, looks)));
  return found[0]?.label;
}

function isClose(part: string, label: string, looks: string): boolean {
  if (skeleton(part) === looks) return true;
  return label.length >= 6 && part.length >= 6 && isOneSlip(part, label);
}

/** Whether two words differ by one letter put in, left out, replaced, or two neighbours swapped. */
export function isOneSlip(a: string, b: string): boolean {
  if (a === b || Math.abs(a.length - b.length) > 1) return false;
  let start = 0;
  while (start < a.length && a[start] === b[start]) start++;
  let end = 0;
  while (end < Math.min(a.length, b.length) - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++;
  const restA = a.slice(start, a.length - end);
  const restB = b.slice(start, b.length - end);
  if (restA.length <= 1 && restB.length <= 1) return true;
  return restA.length === 2 && restB.length === 2 && restA[0] === restB[1] && restA[1] === restB[0];
}
