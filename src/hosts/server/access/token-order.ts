import { PpsError } from "../../../core/errors.ts";
import { quoteValue } from "../../../core/quoted-value.ts";
import { anonymousHolder, type Scope, scopes } from "./holder.ts";

/** What a token is to be like. */
export interface TokenOrder {
  /** Who holds it; stands in the audit log. */
  name: string;
  scopes: readonly Scope[];
  /** Names of profiles, or `everyProfile`. */
  profiles: readonly string[];
}

/** Throws PpsError `bad_input` for a name that is none, and for a token that could do nothing. */
export function checkOrder({ name, scopes: rights, profiles }: TokenOrder): void {
  if (!/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/.test(name)) {
    throw new PpsError("bad_input", `${quoteValue(name)} is no name for a token.`, {
      hint: "A name has 1 to 64 letters, digits, dots, hyphens or underscores, and begins with a letter or digit.",
    });
  }
  if (name === anonymousHolder.name) {
    throw new PpsError("bad_input", `The name ${name} stands for callers without a token.`, {
      hint: "Take another name.",
    });
  }
  if (rights.length === 0) {
    throw new PpsError("bad_input", "A token needs a scope.", { hint: `The scopes are ${scopes.join(", ")}.` });
  }
  for (const profile of profiles) {
    if (profile.trim() === "") throw new PpsError("bad_input", "The name of a profile is empty.");
  }
  if (profiles.length === 0) throw new PpsError("bad_input", "A token needs a profile that it may use.");
}

/** Scopes as a person writes them, divided by commas. Throws PpsError `bad_input` for a word that is none. */
export function readScopes(texts: readonly string[]): Scope[] {
  const words = texts.flatMap((text) => text.split(",")).map((word) => word.trim().toLowerCase());
  for (const word of words) {
    if ((scopes as readonly string[]).includes(word)) continue;
    throw new PpsError("bad_input", `${quoteValue(word)} is no scope.`, {
      hint: `The scopes are ${scopes.join(", ")}.`,
    });
  }
  return scopes.filter((scope) => words.includes(scope));
}
