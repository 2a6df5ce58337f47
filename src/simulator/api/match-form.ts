import type { Quirks } from "../quirks.ts";
import type { TextForm, TextPattern } from "../store/query.ts";

/** Reads `from` or `rcpt` of a quarantine search (pps-api.md 2.2). Undefined when the quirks have it refused. */
export function readAddressPattern(text: string, quirks: Quirks): TextPattern | undefined {
  const isExactCase = quirks["address-case"] === "exact";
  const domain = /^\*?@([^*@]+)$/.exec(text)?.[1];
  if (domain !== undefined) {
    const inDomain: TextForm[] = [{ kind: "ends", text: `@${domain}`, isExactCase }];
    if (quirks["sub-domains"] === "included") {
      inDomain.push({ kind: "glob", text: `*@*.${domain}`, isExactCase });
    }
    return inDomain;
  }
  const isBareWord = !text.includes("@") && !text.includes("*");
  if (isBareWord && quirks["bare-word"] === "nothing") return "none";
  return readStars(text, isExactCase, quirks);
}

/** Reads `subject` of a quarantine search (pps-api.md 2.2). Undefined when the quirks have it refused. */
export function readSubjectPattern(text: string, quirks: Quirks): TextPattern | undefined {
  if (!text.includes("*") && quirks["bare-word"] === "nothing") return "none";
  return readStars(text, quirks["subject-case"] === "exact", quirks);
}

function readStars(text: string, isExactCase: boolean, quirks: Quirks): TextPattern | undefined {
  if (/^\*+$/.test(text)) return "any";
  const [, head = "", core = "", tail = ""] = /^(\**)(.*?)(\**)$/s.exec(text) ?? [];
  if (core.includes("*") && quirks["inner-star"] === "refused") return undefined;
  if (core.includes("*") && quirks["inner-star"] === "wildcard") return [{ kind: "glob", text, isExactCase }];
  return [{ kind: kindOf(head !== "", tail !== ""), text: core, isExactCase }];
}

function kindOf(isOpenBefore: boolean, isOpenAfter: boolean): TextForm["kind"] {
  if (isOpenBefore) return isOpenAfter ? "contains" : "ends";
  return isOpenAfter ? "starts" : "equals";
}
