import { WrongRequest } from "./refusal.ts";

/** The query parameters of a request by name; throws as `readNamed` does. */
export function readParameters<Name extends string>(
  url: string,
  known: readonly Name[],
): Partial<Record<Name, string>> {
  return readNamed(new URL(url).searchParams, known);
}

/**
 * The values of a query or a form by name. Throws WrongRequest for a name that the route does not have, or has twice:
 * the real server offers no more than pps-api.md lists.
 */
export function readNamed<Name extends string>(
  given: URLSearchParams,
  known: readonly Name[],
): Partial<Record<Name, string>> {
  const found: Partial<Record<Name, string>> = {};
  for (const [name, value] of given) {
    if (!isKnown(name, known)) throw new WrongRequest(`unknown parameter "${name}"`);
    if (found[name] !== undefined) throw new WrongRequest(`parameter "${name}" given twice`);
    found[name] = value;
  }
  return found;
}

function isKnown<Name extends string>(name: string, known: readonly Name[]): name is Name {
  return (known as readonly string[]).includes(name);
}
