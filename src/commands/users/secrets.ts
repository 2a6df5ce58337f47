import type { Json } from "../../core/steps.ts";
import { isRecord, readText, type WireRecord } from "../wire.ts";

/** True for a key whose value is nobody's to see. */
export function isSecret(key: string): boolean {
  return /(passw(or)?d([_-]?(hash|confirm(ation)?|\d+))?|passphrase|pwd|(^|[_-])pass|secret|token|(api|private)[_-]?key)$/i.test(
    key,
  );
}

/** Deeper than any real profile; what lies below is left out. */
const deepest = 100;

/** A copy without the values of keys that name a secret. */
export function maskSecrets(record: WireRecord): WireRecord {
  return mask(record, 0) as WireRecord;
}

function mask(value: Json, depth: number): Json {
  if (depth === deepest) return null;
  if (Array.isArray(value)) return value.map((item) => mask(item, depth + 1));
  if (!isRecord(value)) return value;
  const masked: WireRecord = {};
  Object.keys(value).forEach((key) => {
    const shown = isSecret(key) ? "***" : mask(value[key] as Json, depth + 1);
    // Assigned, a field named `__proto__` would be lost.
    Object.defineProperty(masked, key, { value: shown, enumerable: true, configurable: true, writable: true });
  });
  return masked;
}

/** Shorter ones are parts of ordinary words. */
const shortest = 4;

/** A text without the values of those keys, plain or as JSON spells them. */
export function blotOut(text: string, record: WireRecord): string {
  const secrets: string[] = [];
  gatherSecrets(record, false, 0, secrets);
  return secrets
    .filter((secret) => secret.length >= shortest)
    .sort((one, other) => other.length - one.length)
    .reduce(
      (rest, secret) => rest.split(JSON.stringify(secret).slice(1, -1)).join("***").split(secret).join("***"),
      text,
    );
}

function gatherSecrets(value: Json, isHidden: boolean, depth: number, secrets: string[]): void {
  if (depth === deepest) return;
  if (Array.isArray(value)) {
    value.forEach((item) => {
      gatherSecrets(item, isHidden, depth + 1, secrets);
    });
  } else if (isRecord(value)) {
    Object.keys(value).forEach((key) => {
      gatherSecrets(value[key] as Json, isHidden || isSecret(key), depth + 1, secrets);
    });
  } else if (isHidden) secrets.push(readText(value));
}
