// Card numbers have 13 to 19 figures, often in groups set apart by single blanks or hyphens.
const candidates = /(?<![\d.-])\d(?:[ -]?\d){12,18}(?![\d-]|\.\d)/g;

// Issuer prefixes with the lengths in use: Visa, Mastercard (two ranges), American Express, Discover, Diners, JCB.
const issued =
  /^(?:4(?:\d{12}|\d{15}|\d{18})|5[1-5]\d{14}|2(?:2[2-9]|[3-6]\d|7[01])\d{13}|3[47]\d{13}|6(?:011|5\d\d)\d{12}|3(?:0[0-5]|[68]\d)\d{11}|35\d{14})$/;

/** Whether the figures pass the check sum of ISO/IEC 7812 (Luhn). */
export function passesLuhn(figures: string): boolean {
  let sum = 0;
  for (let place = 0; place < figures.length; place++) {
    const figure = Number(figures[figures.length - 1 - place]);
    const doubled = place % 2 === 1 ? figure * 2 : figure;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}

/** Payment card numbers in a text, as figures only, each once. */
export function findCardNumbers(text: string): string[] {
  const found = new Set<string>();
  for (const [candidate] of text.matchAll(candidates)) {
    const figures = candidate.replace(/\D/g, "");
    if (issued.test(figures) && passesLuhn(figures)) found.add(figures);
  }
  return [...found];
}
