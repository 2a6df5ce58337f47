/** Texts in their order, those that differ only in the case of letters once. */
export function eachOnce(texts: readonly string[]): string[] {
  return firstOfEach(texts, keyOf);
}

/** Of items with the same key the first, in their order; in a key the case of letters counts. */
export function firstOfEach<T>(items: readonly T[], keyFor: (item: T) => string): T[] {
  const known: { [key: string]: true } = {};
  return items.filter((item) => {
    // No key may name a property that every object has.
    const key = `=${keyFor(item)}`;
    const isNew = known[key] !== true;
    known[key] = true;
    return isNew;
  });
}

/** The texts that are not among others, in their order and each once; letter case is ignored. */
export function without(texts: readonly string[], others: readonly string[]): string[] {
  const known = keysOf(others);
  return texts.filter((text) => {
    const isNew = known[keyOf(text)] !== true;
    known[keyOf(text)] = true;
    return isNew;
  });
}

/** Tells of texts, one after another, whether they are among others, whatever the case of their letters. */
export function among(others: readonly string[]): (text: string) => boolean {
  const known = keysOf(others);
  return (text) => known[keyOf(text)] === true;
}

/** True when the text is among others, whatever the case of its letters. */
export function isAmong(text: string, others: readonly string[]): boolean {
  const key = keyOf(text);
  return others.some((other) => keyOf(other) === key);
}

function keysOf(texts: readonly string[]): { [key: string]: true } {
  const keys: { [key: string]: true } = {};
  texts.forEach((text) => {
    keys[keyOf(text)] = true;
  });
  return keys;
}

/** Same for texts that differ only in the case of letters, and never a name that every object has, such as `constructor`. */
export function keyOf(text: string): string {
  return `=${text.toLowerCase()}`;
}
