import type { IntelKind } from "../intel.ts";
import { readComparison } from "./comparison.ts";
import { readStixTokens, type StixToken } from "./tokens.ts";

/** One thing a pattern looks for. */
export interface StixTerm {
  kind: IntelKind;
  /** As the pattern has it; it may begin or end with `*` for LIKE with `%`. */
  value: string;
}

/** What a pattern, or a part of one, looks for: any of its terms. */
export interface StixMeaning {
  terms: StixTerm[];
  /** Why parts of it cannot be searched for, each a phrase that goes on behind the place. */
  refusals: string[];
}

/** Far longer than patterns in use. */
const longest = 100_000;

const deepest = 50;

/** Ends the reading of a pattern; never leaves this file. */
class Unreadable {
  readonly reason: string;
  constructor(reason: string) {
    this.reason = reason;
  }
}

/**
 * Reads a STIX pattern (STIX 2.1, section 9) as far as mail can be searched by it: comparisons by `=`, `IN`, `LIKE` with `%` at
 * the ends and `ISSUBSET`, joined by `OR`. What is joined by `AND` has to hold of one message at once, which no search gives, so
 * that it is refused; but for two hashes of one file, and what only tells a reference's type. Qualifiers (`START`, `STOP`,
 * `WITHIN`, `REPEATS`) are left aside and told by `isTimed`. Never throws.
 */
export function readStixPattern(pattern: string): StixMeaning & { isTimed: boolean } {
  const tokens = pattern.length <= longest ? readStixTokens(pattern) : undefined;
  if (tokens === undefined) return { ...refuse("has a pattern that is too long or none of STIX"), isTimed: false };
  const reader = createReader(tokens);
  try {
    const meaning = reader.read();
    const isEmpty = meaning.terms.length === 0 && meaning.refusals.length === 0;
    const told = isEmpty ? refuse("has a pattern that names nothing to search for") : meaning;
    return { ...told, isTimed: reader.isTimed() };
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    return { ...refuse(error.reason), isTimed: false };
  }
}

function refuse(reason: string): StixMeaning {
  return { terms: [], refusals: [reason] };
}

function createReader(tokens: readonly StixToken[]) {
  let at = 0;
  let isTimed = false;

  const isAt = (value: string) => tokens[at]?.type !== "text" && tokens[at]?.value === value;
  function take(value: string): boolean {
    if (isAt(value)) at++;
    else return false;
    return true;
  }
  function expect(value: string): void {
    if (!take(value)) throw new Unreadable(`has a pattern in which "${value}" is missing`);
  }

  /** Observations, each in brackets. */
  function readObservations(depth: number): StixMeaning {
    let meaning = readObservation(depth);
    for (;;) {
      if (take("OR")) meaning = either(meaning, readObservation(depth));
      else if (take("AND") || take("FOLLOWEDBY")) {
        readObservation(depth);
        meaning = refuse("has a pattern of several observations that must all be made, which no search gives");
      } else return meaning;
    }
  }

  function readObservation(depth: number): StixMeaning {
    if (depth > deepest) throw new Unreadable("has a pattern that is nested too deep");
    const isGroup = take("(");
    if (!isGroup) expect("[");
    const meaning = isGroup ? readObservations(depth + 1) : readAlternatives(depth + 1);
    expect(isGroup ? ")" : "]");
    while (isAt("START") || isAt("STOP") || isAt("WITHIN") || isAt("REPEATS")) {
      isTimed = true;
      at += 2;
      if (isAt("SECONDS") || isAt("TIMES")) at++;
    }
    return meaning;
  }

  function readAlternatives(depth: number): StixMeaning {
    let meaning = readConjunction(depth);
    while (take("OR")) meaning = either(meaning, readConjunction(depth));
    return meaning;
  }

  function readConjunction(depth: number): StixMeaning {
    let meaning = readCondition(depth);
    while (take("AND")) meaning = both(meaning, readCondition(depth));
    return meaning;
  }

  function readCondition(depth: number): StixMeaning {
    if (depth > deepest) throw new Unreadable("has a pattern that is nested too deep");
    if (take("(")) {
      const meaning = readAlternatives(depth + 1);
      expect(")");
      return meaning;
    }
    if (isAt("EXISTS")) {
      at += 2;
      return refuse("has a pattern with EXISTS, which cannot be searched for");
    }
    const path = tokens[at++];
    if (path?.type !== "path") throw new Unreadable("has a pattern that is none of STIX");
    const isNegated = take("NOT");
    const operator = tokens[at++]?.value ?? "";
    const values = operator === "IN" ? readSet() : [readConstant()];
    return readComparison(path.value, isNegated, operator, values);
  }

  function readSet(): StixToken[] {
    const values: StixToken[] = [];
    expect("(");
    do values.push(readConstant());
    while (take(","));
    expect(")");
    return values;
  }

  function readConstant(): StixToken {
    const constant = tokens[at++];
    if (constant === undefined || constant.type === "sign" || constant.type === "path") {
      throw new Unreadable("has a pattern with a comparison that lacks its value");
    }
    return constant;
  }

  return {
    isTimed: () => isTimed,
    read(): StixMeaning {
      const meaning = readObservations(0);
      if (at < tokens.length) throw new Unreadable("has a pattern that goes on where it should end");
      return meaning;
    },
  };
}

function either(one: StixMeaning, other: StixMeaning): StixMeaning {
  other.terms.forEach((term) => {
    one.terms.push(term);
  });
  other.refusals.forEach((reason) => {
    one.refusals.push(reason);
  });
  return one;
}

/** A side without terms and refusals only tells a type. */
function both(one: StixMeaning, other: StixMeaning): StixMeaning {
  if (one.refusals.length === 0 && one.terms.length === 0) return other;
  if (other.refusals.length === 0 && other.terms.length === 0) return one;
  const isOneFile = [one, other].every(({ terms, refusals }) => {
    return refusals.length === 0 && terms.every(({ kind }) => kind === "hash");
  });
  return isOneFile
    ? either(one, other)
    : refuse("has a pattern of several conditions joined by AND, which no search gives");
}
