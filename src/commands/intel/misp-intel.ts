import type { Json } from "../../core/steps.ts";
import { isRecord, readText, type WireRecord } from "../wire.ts";
import { isNo, isYes, readFacts } from "./facts.ts";
import type { Gathering } from "./gathering.ts";
import { readKindName } from "./kind-names.ts";
import { addTyped, notForDetection } from "./rows.ts";

/** An event, or what a search for attributes gives: a bare list of them. */
type MispEvent = WireRecord;

/**
 * The events of a MISP export (core format, misp-standard.org/rfc/misp-standard-core.html: `Event`, `Attribute`, `Object`),
 * also as its API wraps them in `response`; undefined for anything else.
 */
export function findMispEvents(value: Json): MispEvent[] | undefined {
  const body = isRecord(value) && value.response !== undefined ? value.response : value;
  if (isRecord(body)) {
    if (isRecord(body.Event)) return [body.Event];
    return Array.isArray(body.Attribute) || Array.isArray(body.Object) ? [body] : undefined;
  }
  if (!Array.isArray(body) || body.length === 0) return undefined;
  const events = body.map((item) => (isRecord(item) && isRecord(item.Event) ? item.Event : undefined));
  return events[0] === undefined ? undefined : (events.filter((event) => event !== undefined) as MispEvent[]);
}

/** Takes up every attribute; one that is deleted counts as taken back, one not meant for detection (`to_ids`) is skipped. */
export function readMispEvents(events: readonly MispEvent[], gathering: Gathering): void {
  events.forEach((event, index) => {
    const before = events.length > 1 ? `event ${index + 1}, ` : "";
    const info = readText(event.info);
    addAttributes(event.Attribute, before, info, gathering);
    listOf(event.Object).forEach((object, at) => {
      if (!isRecord(object)) return;
      const isGone = isYes(object.deleted);
      addAttributes(object.Attribute, `${before}object ${at + 1}, `, info, gathering, isGone);
    });
  });
}

function addAttributes(
  list: Json | undefined,
  before: string,
  info: string,
  gathering: Gathering,
  isGone = false,
): void {
  listOf(list).forEach((attribute, index) => {
    const place = `${before}attribute ${index + 1}`;
    gathering.skip(
      place,
      isRecord(attribute) ? addAttribute(attribute, place, info, gathering, isGone) : "names nothing",
    );
  });
}

function addAttribute(
  attribute: WireRecord,
  place: string,
  info: string,
  gathering: Gathering,
  isGone: boolean,
): string | undefined {
  const kinds = readKindName(readText(attribute.type));
  if ("reason" in kinds) return kinds.reason;
  if (isNo(attribute.to_ids)) return notForDetection;
  const facts = readFacts({
    label: readText(attribute.comment) || info,
    times: [attribute.timestamp, attribute.first_seen, attribute.last_seen],
    revoked: isGone || isYes(attribute.deleted),
  });
  addTyped(gathering, place, readText(attribute.value), kinds, facts);
  return undefined;
}

function listOf(value: Json | undefined): Json[] {
  return Array.isArray(value) ? value : [];
}
