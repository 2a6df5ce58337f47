import { subjectCore } from "../../indicators/subject.ts";
import { editDistance, foldText, withoutStandIns } from "./folded-text.ts";
import { fillerWords, mailWords } from "./plain-words.ts";

/** Nobody writes longer ones; a hostile subject would only cost time. */
const longest = 300;

const mostWords = 40;

/** What stays of a subject when all is off that changes from one message of a campaign to the next. */
export interface SubjectShape {
  /** Its words in order, numbers and ids as `#`; equal for subjects that differ in nothing else. */
  key: string;
  /** Its distinct words that say something. */
  words: string[];
  /** How much each of them says, 0 to 1, in the same order. */
  weights: number[];
  /** Their sum: how unlikely it is that two strangers write the same. */
  weight: number;
}

/** The shape of a subject. */
export function shapeSubject(subject: string): SubjectShape {
  const seen: Record<string, true> = {};
  const shape: SubjectShape = { key: "", words: [], weights: [], weight: 0 };
  const tokens = tokensOf(subject).slice(0, mostWords);
  const marks: string[] = [];
  tokens.forEach((token) => {
    const word = isVariable(token) ? "#" : readWord(token);
    if (word !== "#" || marks[marks.length - 1] !== "#") marks.push(word);
    if (word === "#" || seen[`_${word}`]) return;
    seen[`_${word}`] = true;
    const weight = weigh(word);
    if (weight === 0) return;
    shape.words.push(word);
    shape.weights.push(weight);
    shape.weight += weight;
  });
  shape.key = marks.join(" ");
  return shape;
}

/** Blanks, signs and punctuation divide words; `$` and `@` may stand in one for a letter. */
function tokensOf(subject: string): string[] {
  return foldText(subjectCore(subject).slice(0, longest))
    .replace(/['\u2018\u2019`\u00b4]/g, "")
    .split(/[!-#%-/:-?[-`{-\u00bf\u2000-\u2bff\u3000-\u303f\ufe30-\ufe4f\s]+/)
    .filter((token) => token !== "" && !/^[$@]+$/.test(token));
}

/** Numbers, and what machines make up: long digits with letters, or letters nobody can say. */
function isVariable(token: string): boolean {
  const digits = token.replace(/[^0-9]/g, "").length;
  const letters = token.length - digits;
  if (digits === 0) return token.length >= 6 && /^[b-df-hj-np-tv-xz]+$/.test(token);
  return letters < 3 || digits > 2 || digits * 2 >= letters;
}

/** Digits at the end count something, unless one alone rounds off a word (`paypa1`). */
function readWord(token: string): string {
  return /[a-z]/.test(token) ? withoutStandIns(token.replace(/[0-9]{2,}$/, "")) : token;
}

/** Scripts without blanks have many words in one token. */
function weigh(word: string): number {
  if (fillerWords[`_${word}`]) return 0;
  if (/[\u3040-\uffff]/.test(word)) return Math.min(3, word.length / 4);
  if (word.length < 3) return 0;
  return mailWords[`_${word}`] ? 0.6 : 1;
}

/**
 * How much of two subjects is the same, 0 to 1 by the weight of their words, and the weight of what they share. Order
 * does not count. Work is bounded by the words a shape may have.
 */
export function compareSubjects(one: SubjectShape, other: SubjectShape): { share: number; weight: number } {
  if (one.weight === 0 || other.weight === 0) return { share: 0, weight: 0 };
  let shared = 0;
  one.words.forEach((word, index) => {
    let best = 0;
    other.words.forEach((candidate, place) => {
      const likeness = compareWords(word, candidate);
      const weight = likeness * Math.min(one.weights[index] as number, other.weights[place] as number);
      if (weight > best) best = weight;
    });
    shared += best;
  });
  shared = Math.min(shared, other.weight);
  return { share: (2 * shared) / (one.weight + other.weight), weight: shared };
}

/** 1 for the same word, less for one with another ending or a slip in it. */
function compareWords(one: string, other: string): number {
  if (one === other) return 1;
  const shorter = Math.min(one.length, other.length);
  if (shorter < 4 || Math.abs(one.length - other.length) > 3) return 0;
  if (shorter >= 5 && one.slice(0, shorter - 1) === other.slice(0, shorter - 1)) return 0.9;
  return shorter >= 5 && shorter <= 30 && editDistance(one, other, 1) <= 1 ? 0.9 : 0;
}
