import type { Json, Steps } from "../../../../core/steps.ts";
import { refuseTaxiiPage } from "./envelope.ts";
import { fetchPart, nameOf } from "./feed-part.ts";
import { fetchCollection, findCollection } from "./taxii.ts";

const accepted = "text/csv, text/plain, application/stix+json, application/json, */*;q=0.1";

/** Gets a feed by its address: of a TAXII collection the STIX objects, of anything else the text. Throws PpsError. */
export function* fetchFeed(url: string): Steps<string | Json[]> {
  const collection = findCollection(url);
  if (collection !== undefined) return yield* fetchCollection(collection);
  const part = yield* fetchPart(url, accepted);
  refuseTaxiiPage(part, nameOf(url));
  return part.text;
}
