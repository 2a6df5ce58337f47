import type { Steps } from "../../../../core/steps.ts";
import { fetchPart } from "./feed-part.ts";
import { fetchCollection, findCollection } from "./taxii.ts";

const accepted = "text/csv, text/plain, application/stix+json, application/json, */*;q=0.1";

/** Gets a feed's text by its address: a TAXII collection as one STIX bundle, anything else as it is. Throws PpsError. */
export function* fetchFeed(url: string): Steps<string> {
  const collection = findCollection(url);
  if (collection !== undefined) return yield* fetchCollection(collection);
  return (yield* fetchPart(url, accepted)).text;
}
