import { safeJson, visibleText } from "../../../text/visible-text.ts";

/** One value of a result as text on one line: lists joined by `; `, objects as JSON, nothing as "". */
export function cellText(value: unknown): string {
  if (value === undefined || value === null) return "";
  if (typeof value === "string") return visibleText(value);
  if (Array.isArray(value)) return value.map(cellText).join("; ");
  if (typeof value === "object") return safeJson(value);
  return String(value);
}

/** The named value of an item, whatever its type. */
export function propertyOf(item: unknown, name: string): unknown {
  return typeof item === "object" && item !== null ? (item as Record<string, unknown>)[name] : undefined;
}
