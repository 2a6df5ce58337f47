import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { checkShape, type Shape } from "./rule-shape.ts";

/** A text that is looked for byte by byte; it stands in parts so that the rule file is no find itself. */
export interface Signature {
  name: string;
  parts: string[];
}

/** What the DLP module looks for, and where it holds what has it. */
export interface DlpRule {
  rule: string;
  folder: string;
  kind: "card-number" | "pattern";
  /** Regular expression, for kind "pattern". */
  pattern?: string;
  /** Words of which one must stand in the message too. */
  near?: string[];
  atLeast: number;
}

const blockedMail = ["hold", "discard", "reject"] as const;

/** What happens to mail that a block list is about. */
export type BlockedMail = (typeof blockedMail)[number];

/** The rule file, one section a module. What each value means stands in `default-rules.yaml`. */
export interface Rules {
  access: { blockedHosts: string[]; blockedSenders: string[]; discardedSenders: string[] };
  av: { folder: string; signatures: Signature[] };
  lists: { blocked: BlockedMail; folder: string };
  phish: {
    folder: string;
    protectedNames: string[];
    listedHosts: string[];
    impostor: { folder: string; names: string[]; phrases: string[] };
  };
  policy: {
    attachments: { rule: string; folder: string; extensions: string[]; types: string[] };
    oversize: { rule: string; folder: string; megabytes: number };
  };
  dlp: DlpRule[];
  spam: {
    folder: string;
    holdAt: number;
    signatures: (Signature & { score: number })[];
    words: { text: string; score: number }[];
    traits: { missingMessageId: number; shoutingSubject: number; manyExclamationMarks: number };
  };
  bulk: { folder: string; headers: { name: string; value?: string }[] };
}

const signature = { name: "text", parts: ["text"] } as const;

const shape: Shape = {
  access: { blockedHosts: ["text"], blockedSenders: ["text"], discardedSenders: ["text"] },
  av: { folder: "text", signatures: [signature] },
  lists: { blocked: "text", folder: "text" },
  phish: {
    folder: "text",
    protectedNames: ["text"],
    listedHosts: ["text"],
    impostor: { folder: "text", names: ["text"], phrases: ["text"] },
  },
  policy: {
    attachments: { rule: "text", folder: "text", extensions: ["text"], types: ["text"] },
    oversize: { rule: "text", folder: "text", megabytes: "number" },
  },
  dlp: [{ rule: "text", folder: "text", kind: "text", "pattern?": "pattern", "near?": ["text"], atLeast: "number" }],
  spam: {
    folder: "text",
    holdAt: "number",
    signatures: [{ ...signature, score: "number" }],
    words: [{ text: "text", score: "number" }],
    traits: { missingMessageId: "number", shoutingSubject: "number", manyExclamationMarks: "number" },
  },
  bulk: { folder: "text", headers: [{ name: "text", "value?": "text" }] },
};

/** The rules every gateway starts with. */
export function defaultRules(): Rules {
  return parse(readFileSync(new URL("default-rules.yaml", import.meta.url), "utf8")) as Rules;
}

/**
 * Reads a rule file: the sections it names replace the default ones.
 * Throws an Error naming the first value that does not fit.
 */
export function readRules(yaml: string): Rules {
  const given: unknown = parse(yaml) ?? {};
  if (typeof given !== "object" || Array.isArray(given)) throw new Error("rule file: expected sections such as spam:");
  const rules = { ...defaultRules(), ...given };
  checkShape("", rules, shape);
  if (!blockedMail.includes(rules.lists.blocked)) {
    throw new Error(`rule file: lists.blocked: expected one of ${blockedMail.join(", ")}`);
  }
  for (const rule of rules.dlp) {
    if (rule.kind === "card-number") continue;
    if (rule.kind !== "pattern") throw new Error(`rule file: dlp ${rule.rule}: kind is card-number or pattern`);
    if (rule.pattern === undefined) throw new Error(`rule file: dlp ${rule.rule}: a pattern is missing`);
  }
  return rules;
}

/** Every folder the rules may hold mail in. */
export function foldersOf(rules: Rules): string[] {
  return [
    rules.av.folder,
    rules.lists.folder,
    rules.phish.folder,
    rules.phish.impostor.folder,
    rules.policy.attachments.folder,
    rules.policy.oversize.folder,
    ...rules.dlp.map((rule) => rule.folder),
    rules.spam.folder,
    rules.bulk.folder,
  ];
}
