const [least, most, skew, damping, firstBias, firstCode] = [1, 26, 38, 700, 72, 128];
const base = 36;

/** A label in ASCII, without the `xn--` before it (RFC 3492). */
export function encodeLabel(label: string): string {
  const points = pointsOf(label);
  const plain = points.filter((point) => point < firstCode);
  let encoded = plain.map(characterOf).join("") + (plain.length > 0 ? "-" : "");
  let [delta, bias, current, handled] = [0, firstBias, firstCode, plain.length];
  while (handled < points.length) {
    // A first value is given because some engines fail without one where there is a single point.
    const next = points.reduce((lowest, point) => (point < current ? lowest : Math.min(lowest, point)), Infinity);
    delta += (next - current) * (handled + 1);
    current = next;
    points.forEach((point) => {
      if (point < current) delta++;
      if (point !== current) return;
      encoded += writeNumber(delta, bias);
      bias = adapt(delta, handled + 1, handled === plain.length);
      delta = 0;
      handled++;
    });
    delta++;
    current++;
  }
  return encoded;
}

/** The label that `encodeLabel` made this of; undefined where it made it of none. */
export function decodeLabel(encoded: string): string | undefined {
  const divider = encoded.lastIndexOf("-");
  const points = pointsOf(divider < 0 ? "" : encoded.slice(0, divider));
  let [position, index, bias, current] = [divider + 1, 0, firstBias, firstCode];
  while (position < encoded.length) {
    const before = index;
    for (let weight = 1, k = base; ; k += base) {
      const digit = digitOf(encoded.charCodeAt(position++));
      if (digit === undefined) return undefined;
      index += digit * weight;
      const threshold = thresholdAt(k, bias);
      if (digit < threshold) break;
      weight *= base - threshold;
    }
    bias = adapt(index - before, points.length + 1, before === 0);
    current += Math.floor(index / (points.length + 1));
    index %= points.length + 1;
    if (current > 0x10ffff) return undefined;
    points.splice(index++, 0, current);
  }
  return points.map(characterOf).join("");
}

function writeNumber(value: number, bias: number): string {
  let written = "";
  let rest = value;
  for (let k = base; ; k += base) {
    const threshold = thresholdAt(k, bias);
    if (rest < threshold) return written + rest.toString(base).replace(/./, toDigit);
    const digit = threshold + ((rest - threshold) % (base - threshold));
    written += toDigit(digit.toString(base));
    rest = Math.floor((rest - threshold) / (base - threshold));
  }
}

/** JavaScript counts 0 to 9 before a to z, Punycode after. */
function toDigit(digit: string): string {
  const value = parseInt(digit, base);
  return value < 26 ? String.fromCharCode(97 + value) : String.fromCharCode(22 + value);
}

function digitOf(code: number): number | undefined {
  if (code >= 48 && code <= 57) return code - 22;
  return code >= 97 && code <= 122 ? code - 97 : undefined;
}

function thresholdAt(k: number, bias: number): number {
  return Math.max(least, Math.min(most, k - bias));
}

function adapt(delta: number, count: number, isFirst: boolean): number {
  let rest = Math.floor(delta / (isFirst ? damping : 2));
  rest += Math.floor(rest / count);
  let k = 0;
  for (; rest > ((base - least) * most) / 2; k += base) rest = Math.floor(rest / (base - least));
  return k + Math.floor(((base - least + 1) * rest) / (rest + skew));
}

/** Code points; an ES5 engine knows UTF-16 alone. */
function pointsOf(text: string): number[] {
  const points: number[] = [];
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    const next = text.charCodeAt(index + 1);
    if (unit >= 0xd800 && unit < 0xdc00 && next >= 0xdc00 && next < 0xe000) {
      points.push((unit - 0xd800) * 0x400 + (next - 0xdc00) + 0x10000);
      index++;
    } else points.push(unit);
  }
  return points;
}

function characterOf(point: number): string {
  if (point < 0x10000) return String.fromCharCode(point);
  return String.fromCharCode(0xd7c0 + (point >> 10), 0xdc00 + (point & 0x3ff));
}
