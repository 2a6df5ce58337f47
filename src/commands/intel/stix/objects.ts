import { quoteValue } from "../../../core/quoted-value.ts";
import type { Json } from "../../../core/steps.ts";
import { isRecord, readText, type WireRecord } from "../../wire.ts";
import { readFacts } from "../facts.ts";
import type { Gathering } from "../gathering.ts";
import type { IntelFacts, IntelKind } from "../intel.ts";
import { ownValue } from "../own-value.ts";
import { readStixPattern } from "./pattern.ts";

/** Objects that tell of indicators, and are none (STIX 2.1, sections 4, 5 and 7). */
const context =
  /^(?:attack-pattern|campaign|course-of-action|extension-definition|grouping|identity|incident|infrastructure|intrusion-set|language-content|location|malware|malware-analysis|marking-definition|note|observed-data|opinion|relationship|report|sighting|threat-actor|tool|vulnerability|x-.*)$/;

/** Observable objects (STIX 2.1, section 6) whose `value` is an indicator. */
const observables: { [type: string]: IntelKind } = {
  "email-addr": "sender",
  "domain-name": "domain",
  "ipv4-addr": "ip",
  "ipv6-addr": "ip",
  url: "url",
};

/** The objects of a STIX 2 bundle or TAXII 2.1 envelope, or a bare list of them; undefined for anything else. */
export function findStixObjects(value: Json): Json[] | undefined {
  const list = isRecord(value) ? value.objects : value;
  // A TAXII envelope without objects has none of its own names but `more`.
  const isEnvelope = isRecord(value) && Object.keys(value).every((name) => /^(?:more|next|objects)$/.test(name));
  if (isRecord(value) && (value.type === "bundle" || (isEnvelope && typeof value.more === "boolean"))) {
    return Array.isArray(list) ? list : [];
  }
  if (isRecord(value) && isObject(value)) return [value];
  return Array.isArray(list) && list.length > 0 && list.some(isObject) ? list : undefined;
}

function isObject(value: Json): boolean {
  return isRecord(value) && typeof value.type === "string" && /^[a-z0-9-]+--./.test(readText(value.id));
}

/**
 * Takes up indicators and observables of STIX 2.1 (docs.oasis-open.org/cti/stix/v2.1); of a message that was observed its sender,
 * subject and Message-ID. Addresses that only received one are nobody's fault, and are skipped.
 */
export function readStixObjects(objects: readonly Json[], gathering: Gathering): void {
  const roles = findRoles(objects);
  objects.forEach((object, index) => {
    const place = `object ${index + 1}`;
    gathering.skip(place, isRecord(object) ? addObject(object, place, roles, gathering) : "is no STIX object");
  });
}

/** Takes up one object, or tells why it gives nothing. */
function addObject(object: WireRecord, place: string, roles: Roles, gathering: Gathering): string | undefined {
  const type = readText(object.type);
  if (type === "indicator") return addIndicator(object, place, gathering);
  const facts = { ...factsOf(object), isObserved: true };
  if (type === "file") return addFile(object, place, facts, gathering);
  if (type === "email-message") return addMessage(object, place, facts, gathering);
  const kind = ownValue(observables, type);
  if (kind === undefined)
    return context.test(type) ? undefined : `is of the type ${quoteValue(type)}, which mail does not have`;
  const id = readText(object.id);
  if (kind === "sender" && roles.received[id] && !roles.sent[id])
    return "is the address of somebody who received a message";
  gathering.add(place, readText(object.value), kind, facts);
  return undefined;
}

function addIndicator(object: WireRecord, place: string, gathering: Gathering): string | undefined {
  const language = readText(object.pattern_type) || "stix";
  if (language !== "stix") return `is a pattern of the kind ${quoteValue(language)}, not of STIX`;
  if (typesOf(object).indexOf("benign") >= 0) return "is marked as benign";
  const { terms, refusals, isTimed } = readStixPattern(readText(object.pattern));
  if (isTimed) gathering.notes.push(`The times and repetitions in the pattern of ${place} are not looked at.`);
  refusals.forEach((reason) => {
    gathering.skip(place, reason);
  });
  const facts = factsOf(object);
  terms.forEach(({ kind, value }) => {
    gathering.add(place, value, kind, facts);
  });
  return undefined;
}

function addFile(object: WireRecord, place: string, facts: IntelFacts, gathering: Gathering): string | undefined {
  const hashes = isRecord(object.hashes) ? object.hashes : {};
  const names = Object.keys(hashes).filter((name) => /^(?:md5|sha-?(?:1|256|512))$/i.test(name));
  const file = readText(object.name);
  if (file !== "") gathering.add(place, file, "attachment", facts);
  names.forEach((name) => {
    gathering.add(place, readText(hashes[name]), "hash", facts);
  });
  return file === "" && names.length === 0 ? "is a file without a name or a known hash" : undefined;
}

/** Its sender is an object of its own. */
function addMessage(object: WireRecord, place: string, facts: IntelFacts, gathering: Gathering): string | undefined {
  const [subject, id] = [readText(object.subject), readText(object.message_id)];
  if (subject !== "") gathering.add(place, subject, "subject", facts);
  if (id !== "") gathering.add(place, id, "messageId", facts);
  const names = [subject, id, readText(object.from_ref), readText(object.sender_ref)];
  return names.every((name) => name === "") ? "is a message without sender, subject and Message-ID" : undefined;
}

interface Roles {
  sent: { [id: string]: true };
  received: { [id: string]: true };
}

/** Which addresses sent and which received the messages that stand beside them. */
function findRoles(objects: readonly Json[]): Roles {
  const roles: Roles = { sent: {}, received: {} };
  objects.forEach((object) => {
    if (!isRecord(object) || object.type !== "email-message") return;
    [object.from_ref, object.sender_ref].forEach((id) => {
      roles.sent[readText(id)] = true;
    });
    [object.to_refs, object.cc_refs, object.bcc_refs].forEach((ids) => {
      listOf(ids).forEach((id) => {
        roles.received[readText(id)] = true;
      });
    });
  });
  return roles;
}

function factsOf(object: WireRecord): IntelFacts {
  return readFacts({
    label: readText(object.name) || typesOf(object).join(", "),
    confidence: object.confidence,
    times: [object.created, object.modified],
    validUntil: object.valid_until,
    revoked: object.revoked,
  });
}

/** As STIX 2.1 says what an indicator tells of, and as 2.0 did. */
function typesOf(object: WireRecord): string[] {
  return listOf(object.indicator_types).concat(listOf(object.labels)).map(readText);
}

function listOf(value: Json | undefined): Json[] {
  return Array.isArray(value) ? value : [];
}
