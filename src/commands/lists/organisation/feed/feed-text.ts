import { isPpsError, PpsError } from "../../../../core/errors.ts";
import type { Json, Steps } from "../../../../core/steps.ts";
import type { ReadIntel } from "../../../intel/intel.ts";
import { readIntel, readStixIntel } from "../../../intel/read-intel.ts";
import { nameOf } from "./feed-part.ts";
import { fetchFeed } from "./fetched.ts";

/** A feed as it was named: by its text, or by its address. */
export interface NamedFeed {
  file?: string | undefined;
  url?: string | undefined;
}

/** Reads a feed, whole. Throws PpsError: a feed that cannot be read, or says of itself that it was cut, changes nothing. */
export function* readFeed({ file, url }: NamedFeed): Steps<ReadIntel> {
  const field = url === undefined ? "file" : "url";
  const feed = url === undefined ? readIntel(file ?? "", { field }) : readFetched(url, yield* fetchFeed(url));
  if (!feed.isIncomplete) return feed;
  throw new PpsError("bad_input", "The feed says of itself that it is not complete.", {
    field,
    hint: "Take a whole one: what a cut feed lacks would be taken for lost.",
  });
}

function readFetched(url: string, feed: string | readonly Json[]): ReadIntel {
  try {
    return typeof feed === "string" ? readIntel(feed, { field: "url" }) : readStixIntel(feed, { field: "url" });
  } catch (error) {
    if (!isPpsError(error)) throw error;
    throw new PpsError("unexpected", error.message.replace(/^The file /, `The feed ${nameOf(url)} `), { field: "url" });
  }
}
