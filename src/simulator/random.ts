const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const lowerCase = "abcdefghijklmnopqrstuvwxyz";

/** Seeded randomness: the same seed gives the same sequence, so a run can be repeated byte for byte. */
export interface Random {
  /** A number from 0 up to, but without, 1. */
  next(): number;
  /** A whole number from 0 up to, but without, `bound`. */
  integer(bound: number): number;
  pick<T>(items: readonly T[]): T;
  /** 32 characters of base64url; may begin with `_` or `-` (pps-api.md 2.4). */
  guid(): string;
  /** A queue id such as `a1B2C34d567890` (pps-api.md 5). */
  qid(): string;
  /** A session id such as `3abc401234` (pps-api.md 5). */
  sid(): string;
  /** An independent sequence for one purpose; drawing from it does not disturb the others. */
  fork(label: string): Random;
}

/** Makes a sequence from a seed. Not for secrets: whoever knows the seed knows the sequence. */
export function createRandom(seed: string | number): Random {
  const next = sequence(String(seed));
  const integer = (bound: number) => Math.floor(next() * bound);
  const digits = (count: number) => Array.from({ length: count }, () => integer(10)).join("");
  const letters = (count: number) => Array.from({ length: count }, () => lowerCase.charAt(integer(26))).join("");
  return {
    next,
    integer,
    pick: (items) => items[integer(items.length)] as (typeof items)[number],
    guid: () => word(next) + word(next) + word(next) + word(next) + word(next) + word(next) + word(next).slice(0, 2),
    qid: () =>
      letters(1) +
      digits(1) +
      letters(1).toUpperCase() +
      digits(1) +
      letters(1).toUpperCase() +
      digits(2) +
      letters(1) +
      digits(6),
    sid: () => digits(1) + letters(3) + digits(6),
    fork: (label) => createRandom(`${seed}/${label}`),
  };
}

/** Five characters from one number: a million guids take a second this way. */
function word(next: () => number): string {
  const bits = Math.floor(next() * 2 ** 30);
  return (
    alphabet.charAt(bits & 63) +
    alphabet.charAt((bits >>> 6) & 63) +
    alphabet.charAt((bits >>> 12) & 63) +
    alphabet.charAt((bits >>> 18) & 63) +
    alphabet.charAt(bits >>> 24)
  );
}

/** Hash (FNV-1a with a final mix) into the state of a small fast counter generator (sfc32). */
function sequence(seed: string): () => number {
  let a = hash(seed, 0x811c9dc5);
  let b = hash(seed, 0x9e3779b9);
  let c = hash(seed, 0x85ebca6b);
  let counter = 1;
  const draw = () => {
    const sum = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    return (sum >>> 0) / 4294967296;
  };
  for (let round = 0; round < 12; round++) draw();
  return draw;
}

function hash(text: string, start: number): number {
  let state = start | 0;
  for (let index = 0; index < text.length; index++) state = Math.imul(state ^ text.charCodeAt(index), 0x01000193);
  state = Math.imul(state ^ (state >>> 16), 0x7feb352d);
  return state ^ (state >>> 15);
}
