import { asSentence, cleanLine, noteOf, parseJson } from "../../../commands/answers.ts";
import { isPpsError, type PpsError } from "../../../core/errors.ts";
import { describeApiError } from "../entries/api-error-text.ts";
import type { LastAnswer } from "./session.ts";

/**
 * What an error entry says: where PPS answered, first the words of the public integration, which playbooks may look for;
 * then what it means and what to do. Not yet free of secrets.
 */
export function describeError(error: unknown, last: LastAnswer | undefined): string {
  if (!isPpsError(error)) return describeFault(error);
  const said = last !== undefined && last.status === error.status ? describeAnswer(last) : undefined;
  const told = withId(error);
  return said === undefined ? told : `${said}\n${told}`;
}

function describeAnswer(last: LastAnswer): string | undefined {
  if (last.status < 200 || last.status > 299) return describeApiError(last);
  if (last.body.trim() === "" || parseJson(last.body) !== undefined) return undefined;
  return `Failed to parse json object from response: ${cleanLine(last.body)}`;
}

function withId(error: PpsError): string {
  const note = noteOf(error);
  return error.requestId === undefined ? note : `${note} (Request id: ${error.requestId})`;
}

/** A fault of this integration, or a host without what it needs. */
function describeFault(error: unknown): string {
  const { name, message } = (typeof error === "object" && error !== null ? error : {}) as Partial<Error>;
  const words = message === undefined ? String(error) : `${name ?? "Error"}: ${message}`;
  return `The integration failed by a fault of its own: ${asSentence(cleanLine(words))}`;
}
