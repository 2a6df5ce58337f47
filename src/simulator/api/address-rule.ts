import type { TextPattern } from "../store/query.ts";

/**
 * Reads `env_from` or `env_rcpt` of Smart Search, which takes parts of an address (pps-api.md 5). With an `@` the two sides are
 * matched on their own and an empty side stands for anything; without one the text must be all of either side, save for its stars.
 */
export function readAddressRule(text: string): TextPattern {
  if (/^\*+$/.test(text)) return "any";
  const at = text.lastIndexOf("@");
  if (at < 0) return globs(`${text}@*`, `*@${text}`, text);
  const local = text.slice(0, at);
  const domain = text.slice(at + 1);
  if (local === "" && domain === "") return "none";
  return globs(`${local || "*"}@${domain || "*"}`);
}

function globs(...patterns: string[]): TextPattern {
  return patterns.map((text) => ({ kind: text.includes("*") ? "glob" : "equals", text, isExactCase: false }));
}
