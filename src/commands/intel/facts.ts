import type { Json } from "../../core/steps.ts";
import { readTime } from "../../core/time.ts";
import { cleanLine } from "../answers.ts";
import { readText } from "../wire.ts";
import type { IntelFacts } from "./intel.ts";
import { ownValue } from "./own-value.ts";

/** What files say of an indicator, as they wrote it. */
export interface WrittenFacts {
  label?: Json | undefined;
  confidence?: Json | undefined;
  /** Times when it was made, changed or seen. */
  times?: readonly (Json | undefined)[];
  validUntil?: Json | undefined;
  revoked?: Json | undefined;
}

/** Reads what can be read of it; what cannot is left out, for it decides nothing by itself. */
export function readFacts(written: WrittenFacts): IntelFacts {
  const facts: IntelFacts = {};
  const label = cleanLine(readText(written.label)).slice(0, 200);
  if (label !== "") facts.label = label;
  const confidence = readConfidence(written.confidence);
  if (confidence !== undefined) facts.confidence = confidence;
  (written.times ?? []).forEach((given) => {
    const time = readInstant(given);
    if (time !== undefined && time > (facts.created ?? Number.NEGATIVE_INFINITY)) facts.created = time;
  });
  const validUntil = readInstant(written.validUntil);
  if (validUntil !== undefined) facts.validUntil = validUntil;
  if (isYes(written.revoked)) facts.revoked = true;
  return facts;
}

/** Scales as STIX 2.1 converts them (Appendix A: None, Low, Med, High). */
const words: { [word: string]: number } = { none: 0, low: 15, med: 50, medium: 50, high: 85 };

/** 0 to 100, from a number, a per cent, a fraction with a point, or a word. */
function readConfidence(given: Json | undefined): number | undefined {
  const text = readText(given).trim().toLowerCase();
  const word = ownValue(words, text);
  if (word !== undefined) return word;
  const number = /^(\d{1,3}(?:\.\d{1,10})?) ?%?$/.exec(text);
  if (number === null) return undefined;
  const isFraction = text.indexOf(".") >= 0 && Number(number[1]) <= 1;
  const value = Math.round(Number(number[1]) * (isFraction ? 100 : 1));
  return value <= 100 ? value : undefined;
}

/** A calendar time or seconds since 1970 (MISP); a span back from now means nothing in a file. */
function readInstant(given: Json | undefined): number | undefined {
  const text = readText(given).trim().slice(0, 40);
  if (!/^\d{4}-|^\d{10}$|^\d{13}$/.test(text)) return undefined;
  const reading = readTime(text, 0);
  // MISP and STIX write 0 or nothing where there is no time.
  return "time" in reading && reading.time > 0 ? reading.time : undefined;
}

/** True for the ways in which files say yes. */
export function isYes(given: Json | undefined): boolean {
  return /^(?:true|1|yes|y)$/i.test(readText(given).trim());
}

/** True for the ways in which files say no. */
export function isNo(given: Json | undefined): boolean {
  return /^(?:false|0|no|n)$/i.test(readText(given).trim());
}
