import type { MailContent } from "./mail-content.ts";
import { type FilterModule, hold } from "./module.ts";
import type { Rules } from "./rules.ts";
import { phrasePattern } from "./text-pattern.ts";

/** Scores words, signatures and habits of unwanted mail; the sum, kept between 0 and 100, is the spam score. */
export function createSpamModule(rules: Rules["spam"]): FilterModule {
  const signatures = rules.signatures.map(({ parts, score }) => ({ text: parts.join(""), score }));
  const words = rules.words.map(({ text, score }) => ({ pattern: phrasePattern(text), score }));
  return {
    id: "spam",
    examine(mail) {
      const signed = signatures.filter(({ text }) => mail.text.includes(text)).map(({ score }) => score);
      const worded = words.filter(({ pattern }) => pattern.test(mail.text)).map(({ score }) => score);
      const sum = [...signed, ...worded, ...traitScores(mail, rules.traits)].reduce((total, score) => total + score, 0);
      const spamScore = Math.max(0, Math.min(100, sum));
      if (spamScore < rules.holdAt) return { spamScore, findings: [] };
      return { spamScore, findings: [hold(spamScore === 100 ? "definitespam" : "spam", rules.folder)] };
    },
  };
}

function traitScores({ facts, text }: MailContent, traits: Rules["spam"]["traits"]): number[] {
  const letters = facts.subject.replace(/\P{L}/gu, "");
  const shouting = letters.length >= 8 && letters === letters.toUpperCase() && letters !== letters.toLowerCase();
  return [
    facts.messageId === "" ? traits.missingMessageId : 0,
    shouting ? traits.shoutingSubject : 0,
    (text.match(/!/g)?.length ?? 0) >= 5 ? traits.manyExclamationMarks : 0,
  ];
}
