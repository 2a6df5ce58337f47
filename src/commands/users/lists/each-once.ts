/** Texts in their order, those that differ only in the case of letters once. */
export function eachOnce(texts: readonly string[]): string[] {
  return without(texts, []);
}

/** The texts that are not among others, in their order and each once; letter case is ignored. */
export function without(texts: readonly string[], others: readonly string[]): string[] {
  const known: { [text: string]: true } = {};
  others.forEach((text) => {
    known[keyOf(text)] = true;
  });
  return texts.filter((text) => {
    const isNew = known[keyOf(text)] !== true;
    known[keyOf(text)] = true;
    return isNew;
  });
}

/** True when the text is among others, whatever the case of its letters. */
export function isAmong(text: string, others: readonly string[]): boolean {
  return others.some((other) => keyOf(other) === keyOf(text));
}

/** No text is then a name that every object has, such as `constructor`. */
function keyOf(text: string): string {
  return `=${text.toLowerCase()}`;
}
