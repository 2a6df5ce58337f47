import type { Json } from "../../core/steps.ts";
import { isRecord, type WireRecord } from "../wire.ts";

/** True for a key whose value is nobody's to see. */
export function isSecret(key: string): boolean {
  return /(password|passwd|secret|token)$/i.test(key);
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
    masked[key] = isSecret(key) ? "***" : mask(value[key] as Json, depth + 1);
  });
  return masked;
}
