import { asSentence, cleanLine } from "../../../commands/answers.ts";
import { isPpsError } from "../../../core/errors.ts";

/** Ids that a message names, at most; who needs them all has the JSON. */
const mostNamed = 20;

/** Characters of an item's name beside its reason, at most. */
const longestName = 100;

/** Characters of a reason, at most (secops-platform.md 1.6). */
const longestReason = 300;

/** Characters of a whole message, at most (secops-platform.md 1.4). */
const longestMessage = 4096;

/** A few of many, divided by commas unless stated, and how many more there are. */
export function listFew(texts: readonly string[], separator = ", "): string {
  const few = texts.slice(0, mostNamed).map((text) => cut(cleanLine(text), 150));
  const more = texts.length - few.length;
  return more > 0 ? `${few.join(separator)} and ${more} more` : few.join(separator);
}

/** What an item is called beside its reason, which must not be pushed out by a long name. */
export function shortName(name: string): string {
  return cut(cleanLine(name), longestName);
}

/** Why something was not done: one line of plain text, with what can be done about it where that is known. */
export function reasonOf(error: unknown): string {
  if (!isPpsError(error)) return "the action server failed by a fault of its own; its log says more.";
  const { message, code, hint } = error;
  // What is said of a connection names a host, which on the case wall might as well be the action server's.
  const said = code === "unreachable" && !/\b(PPS|action)\b/.test(message) ? `PPS cannot be used: ${message}` : message;
  const reason = cut(cleanLine(said), longestReason);
  return hint === undefined || isOfAnotherSurface(hint) ? reason : `${asSentence(reason)} ${cleanLine(hint)}`;
}

/** The same of one outcome of several. */
export function shortReason(message: string): string {
  return cut(cleanLine(message).replace(/\.$/, ""), longestReason);
}

/** What options and flags can do is of no use to whoever has neither. */
function isOfAnotherSurface(hint: string): boolean {
  return /\bPPS_[A-Z]|--[a-z]|\boptions?\b|\bprofile\b|\bcommands?\b|\boverride\b|\bfeed[A-Z]/.test(hint);
}

/** A message as the platform takes it. */
export function fitMessage(message: string): string {
  return cut(message, longestMessage);
}

function cut(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 3).replace(/[\ud800-\udbff]$/, "")}...`;
}

/** Several sentences as one text. */
export function sentences(parts: readonly (string | undefined)[]): string {
  return parts
    .filter((part) => part !== undefined && part !== "")
    .map((part) => asSentence(part as string))
    .join(" ");
}
