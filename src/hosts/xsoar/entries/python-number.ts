/** A number JSON can hold, as Python's `repr` and `json` write it; 1.0 and 1 are the same in JavaScript and are written 1. */
export function toPythonNumber(value: number): string {
  const size = Math.abs(value);
  const text = size < 1e-4 && size >= 1e-6 ? value.toExponential() : String(value);
  // Python writes two digits of an exponent at least.
  return text.replace(/e([+-])(\d)$/, "e$10$2");
}
