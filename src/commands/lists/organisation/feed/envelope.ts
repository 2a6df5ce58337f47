import { PpsError } from "../../../../core/errors.ts";
import type { Json, Retrieved } from "../../../../core/steps.ts";
import { parseJson } from "../../../answers.ts";
import { isRecord, readText, type WireRecord } from "../../../wire.ts";

/** A page of what a TAXII 2.1 server gives of a collection (section 3.7). */
export interface Envelope {
  objects: Json[];
  more: boolean;
  /** The next page as the server calls it; "" where it does not. */
  next: string;
}

/** What the documents hold by which a server leads to its collections (TAXII 2.1, sections 4 and 5.1). */
const directoryNames =
  /^(?:title|description|contact|default|api_roots|versions|max_content_length|alias|media_types|collections)$/;

/**
 * Reads a page of the feed `name`. Throws PpsError for whatever has more in it than an envelope: an error's body would pass
 * for the end of a feed, which then loses what comes after.
 */
export function readEnvelope({ text }: Retrieved, name: string, page: number): Envelope {
  const body = parseJson(text);
  const envelope = toEnvelope(body);
  if (envelope !== undefined) return envelope;
  if (isRecord(body)) refuseDirectory(body, name);
  throw new PpsError(
    "unexpected",
    `The feed ${name} is no collection of a TAXII 2.1 server: page ${page} is no envelope of objects.`,
    { hint: "Check that the address is that of a collection, and try again later." },
  );
}

/** Refuses what a TAXII server answers at an address that is no collection's, which names nothing and is no empty feed. */
export function refuseTaxiiPage({ headers, text }: Retrieved, name: string): void {
  const isTaxii = /^\s*application\/(?:vnd\.oasis\.)?taxii\+json\b/i.test(headers["content-type"] ?? "");
  if (!isTaxii && !/"(?:api_roots|collections|max_content_length)"/.test(text)) return;
  const body = parseJson(text);
  if (isRecord(body)) refuseDirectory(body, name);
  // A manifest is an envelope too, of objects that say no type.
  if (!isTaxii || toEnvelope(body)?.objects.some((object) => isRecord(object) && object.type !== undefined)) return;
  throw new PpsError(
    "bad_input",
    `The feed ${name} is a page of a TAXII 2.1 server that holds no objects: give the address of a collection, such as .../collections/ID/.`,
    { field: "url" },
  );
}

function toEnvelope(body: Json | undefined): Envelope | undefined {
  if (!isRecord(body) || !Object.keys(body).every((key) => /^(?:more|next|objects)$/.test(key))) return undefined;
  const { more = false, objects = [], next } = body;
  return typeof more === "boolean" && Array.isArray(objects) ? { objects, more, next: readText(next) } : undefined;
}

function refuseDirectory(body: WireRecord, name: string): void {
  if (!Object.keys(body).every((key) => directoryNames.test(key))) return;
  const what = Array.isArray(body.collections)
    ? "names the collections of a TAXII 2.1 server: give the address of one of them, which ends in /collections/ID/"
    : Array.isArray(body.api_roots)
      ? "names the API roots of a TAXII 2.1 server: give the address of a collection below one of them, such as API-ROOT/collections/ID/"
      : body.max_content_length === undefined
        ? undefined
        : "is an API root of a TAXII 2.1 server: give the address of a collection below it, which ends in /collections/ID/";
  if (what !== undefined) throw new PpsError("bad_input", `The feed ${name} ${what}.`, { field: "url" });
}
