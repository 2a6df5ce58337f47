import { quoteValue } from "../../../core/quoted-value.ts";

/** Why a text is no entry, as one sentence. */
export interface Refusal {
  complaint: string;
}

/** What is wrong with a text, and what may have been meant. */
export interface Slip {
  /** Goes on behind the text: `holds a blank`. */
  reason: string;
  suggestion?: string | undefined;
}

/** What is longer is read by nobody. */
const longestSuggestion = 120;

/** The text that was refused, why, and what may have been meant. */
export function refuse(given: string, { reason, suggestion }: Slip): Refusal {
  const isShown = suggestion !== undefined && suggestion.length <= longestSuggestion;
  return { complaint: `${quoteValue(given)} ${reason}${isShown ? `; did you mean ${suggestion}?` : "."}` };
}
