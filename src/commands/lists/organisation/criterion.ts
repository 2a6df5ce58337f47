import type { Json } from "../../../core/steps.ts";

/** Which part of a message an entry is compared with, in our words. */
export const attributes = ["sender", "header-sender", "ip", "host", "helo", "recipient"] as const;

/** How it is compared, in our words. */
export const operators = ["equal", "not-equal", "contain", "not-contain", "is-in-list"] as const;

export type Attribute = (typeof attributes)[number];
export type Operator = (typeof operators)[number];

/** PPS's own names (pps-api.md 7); the first two readings are likely, not documented. */
const wireAttributes: Readonly<Record<Attribute, string>> = {
  sender: "$from",
  "header-sender": "$hfrom",
  ip: "$ip",
  host: "$host",
  helo: "$helo",
  recipient: "$rcpt",
};

/** What an entry of an organisation's list says: mail of which this is true is meant. */
export interface Criterion {
  /** An `Attribute`, or PPS's own word where it is none we know. */
  attribute: string;
  /** An `Operator`, or PPS's own word. */
  operator: string;
  value: string;
}

/** Same criterion, same key; PPS ignores letter case in addresses and domains, and blanks round one mean nothing. */
export function keyOf({ attribute, operator, value }: Criterion): string {
  return `${attribute} ${operator} ${value.trim().toLowerCase()}`;
}

/** Tells of a criterion whether it is one of these. */
export function amongCriteria(criteria: readonly Criterion[]): (criterion: Criterion) => boolean {
  const keys: Record<string, true> = {};
  criteria.forEach((criterion) => {
    keys[keyOf(criterion)] = true;
  });
  return (criterion) => keys[keyOf(criterion)] === true;
}

/** In PPS's spelling. */
export function toWire({ attribute, operator, value }: Criterion): { [key: string]: Json } {
  return {
    attribute: isAmong(attribute, attributes) ? wireAttributes[attribute as Attribute] : attribute,
    operator: isAmong(operator, operators) ? operator.replace(/-/g, "_") : operator,
    value,
  };
}

/** A word that is none of ours is PPS's own, and stays as it is. */
function isAmong(word: string, ours: readonly string[]): boolean {
  return ours.indexOf(word) >= 0;
}

/** Ours for PPS's `$from` and for our own word, in any letter case; undefined for anything else. */
export function readAttribute(text: string): Attribute | undefined {
  const word = text.trim().toLowerCase();
  return attributes.filter((name) => name === word || wireAttributes[name] === word)[0];
}

/** Ours for PPS's `not_equal` and for our own word, in any letter case; undefined for anything else. */
export function readOperator(text: string): Operator | undefined {
  const word = text.trim().toLowerCase().replace(/_/g, "-");
  return operators.filter((name) => name === word)[0];
}
