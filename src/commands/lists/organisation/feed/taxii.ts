import { PpsError } from "../../../../core/errors.ts";
import { type Json, progress, type Steps } from "../../../../core/steps.ts";
import { readEnvelope } from "./envelope.ts";
import { fetchPart, nameOf } from "./feed-part.ts";

const accepted = "application/taxii+json;version=2.1";

/** Objects asked for in one page; servers may give fewer. */
const pageSize = 1000;

/** Far beyond any feed whose entries a list could hold. */
const mostPages = 1000;
const mostObjects = 200_000;
const mostCharacters = 200_000_000;

/** The address of a collection's objects, where an address is that of a collection (TAXII 2.1, sections 5.2 and 5.4). */
export function findCollection(url: string): string | undefined {
  const parts = /^([^?#]*\/collections\/[^/?#]+)(?:\/objects)?\/?(\?[^#]*)?(?:#.*)?$/.exec(url);
  return parts === null ? undefined : `${parts[1]}/objects/${parts[2] || ""}`;
}

/** Gets all objects of a collection, page after page. Throws PpsError where any page fails. */
export function* fetchCollection(url: string): Steps<Json[]> {
  const name = nameOf(url);
  const objects: Json[] = [];
  const asked: { [page: string]: true } = {};
  let characters = 0;
  let page: [name: string, value: string] | undefined;
  for (let pages = 1; ; pages++) {
    const part = yield* fetchPart(pageAddress(url, page), accepted);
    const envelope = readEnvelope(part, name, pages);
    envelope.objects.forEach((object) => {
      objects.push(object);
    });
    if (!envelope.more) return objects;
    const { next } = envelope;
    const since = part.headers["x-taxii-date-added-last"] ?? "";
    page = next !== "" ? ["next", next] : ["added_after", since];
    const isNew = page[1] !== "" && asked[page.join("=")] === undefined;
    if (!isNew) {
      const complaint =
        page[1] === "" ? "says that there is more, and not how to get it" : "leads back to a page that was read before";
      throw new PpsError("unexpected", `The feed ${name} ${complaint} (page ${pages}).`);
    }
    asked[page.join("=")] = true;
    characters += part.text.length;
    if (pages === mostPages || objects.length > mostObjects || characters > mostCharacters) {
      const bounds = `${mostPages} pages, ${mostObjects} objects or ${mostCharacters} characters`;
      throw new PpsError("unexpected", `The feed ${name} has more than ${bounds}.`, {
        hint: "Narrow it in its address, such as by match[type]=indicator or added_after.",
      });
    }
    yield* progress(`${objects.length} objects of the feed read`);
  }
}

/** What the address itself asks for stays; a page's own place goes before. */
function pageAddress(url: string, page: [name: string, value: string] | undefined): string {
  const [path = "", query = ""] = url.split("?");
  const given = query.split("&").filter((part) => part !== "" && part.split("=")[0] !== page?.[0]);
  if (!given.some((part) => /^limit=/.test(part))) given.push(`limit=${pageSize}`);
  if (page !== undefined) given.push(`${page[0]}=${encodeURIComponent(page[1])}`);
  return `${path}?${given.join("&")}`;
}
