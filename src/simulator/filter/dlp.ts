import { findCardNumbers } from "./card-number.ts";
import { type FilterModule, type Finding, hold } from "./module.ts";
import type { DlpRule, Rules } from "./rules.ts";

/** Data that must not leave or enter unseen: card numbers with a true check sum, and patterns of the rule file. */
export function createDlpModule(rules: Rules["dlp"]): FilterModule {
  const compiled = rules.map((rule) => ({
    ...rule,
    find: finder(rule),
    near: rule.near?.map((word) => word.toLowerCase()),
  }));
  return {
    id: "dlp",
    examine(mail) {
      const text = mail.text;
      const lowered = text.toLowerCase();
      const findings: Finding[] = [];
      const dlp = [];
      for (const { rule, folder, find, near, atLeast } of compiled) {
        const matches = find(text);
        if (matches.length < atLeast) continue;
        if (near && !near.some((word) => lowered.includes(word))) continue;
        findings.push(hold(rule, folder));
        dlp.push({ rule, matches });
      }
      return { findings, dlp };
    },
  };
}

function finder(rule: DlpRule): (text: string) => string[] {
  if (rule.kind === "card-number") return findCardNumbers;
  const pattern = new RegExp(rule.pattern ?? "(?!)", "gi");
  return (text) => [...new Set(Array.from(text.matchAll(pattern), ([match]) => match))];
}
