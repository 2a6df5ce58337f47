import type { Rule } from "../core/command.ts";
import { formatTime } from "../core/time.ts";

/** At least one of these fields must be given; PPS refuses a search without any (pps-api.md 2.1). */
export function atLeastOneOf(...fields: string[]): Rule {
  return (input, nameOf) =>
    fields.some((field) => input[field] !== undefined)
      ? undefined
      : `At least one of the following arguments must be specified: ${fields.map(nameOf).join(", ")}.`;
}

/** Where both times are given, they must stand in order. A start may be a default nobody wrote, so both times are told. */
export function startBeforeEnd(start: string, end: string): Rule {
  return (input, nameOf) => {
    const [from, to] = [input[start], input[end]];
    if (typeof from !== "number" || typeof to !== "number" || from <= to) return undefined;
    return `${nameOf(start)} lies after ${nameOf(end)}: ${formatTime(from)} is later than ${formatTime(to)}.`;
  };
}
