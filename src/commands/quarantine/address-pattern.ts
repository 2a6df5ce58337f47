/**
 * Whether an address is what a pattern means to the letter (pps-api.md 2.2), case ignored. PPS may find more: whether a
 * domain takes in its sub-domains is not public.
 */
export function matchesPattern(pattern: string, address: string): boolean {
  const wanted = pattern.toLowerCase();
  const given = address.toLowerCase();
  const core = wanted.replace(/^\*+|\*+$/g, "");
  const place = given.indexOf(core);
  const isOpenBefore = wanted.charAt(0) === "*" || wanted.charAt(0) === "@";
  const isOpenAfter = wanted.charAt(wanted.length - 1) === "*";
  if (isOpenBefore && isOpenAfter) return place >= 0;
  if (isOpenAfter) return place === 0;
  if (isOpenBefore) return given.slice(given.length - core.length) === core && given.length >= core.length;
  return given === core;
}
