import type { IntelKind } from "../intel.ts";
import { ownValue } from "../own-value.ts";
import type { StixMeaning, StixTerm } from "./pattern.ts";
import type { StixToken } from "./tokens.ts";

/** What the object paths in use name (STIX 2.1, section 6), without quotes and list steps. */
const kinds: { [path: string]: IntelKind } = {
  "email-addr:value": "sender",
  "domain-name:value": "domain",
  "ipv4-addr:value": "ip",
  "ipv6-addr:value": "ip",
  "network-traffic:src_ref.value": "domain",
  "network-traffic:dst_ref.value": "domain",
  "url:value": "url",
  "email-message:subject": "subject",
  "email-message:message_id": "messageId",
  "email-message:from_ref.value": "sender",
  "email-message:sender_ref.value": "sender",
  "email-message:additional_header_fields.reply_to": "replyTo",
  "email-message:additional_header_fields.reply-to": "replyTo",
  "email-message:to_refs.value": "recipient",
  "email-message:cc_refs.value": "recipient",
  "email-message:bcc_refs.value": "recipient",
  "email-message:body_multipart.body_raw_ref.name": "attachment",
  "file:name": "attachment",
};

/** One comparison of a pattern: what it looks for, nothing where it only tells a type, or why it cannot be searched for. */
export function readComparison(
  path: string,
  isNegated: boolean,
  operator: string,
  values: readonly StixToken[],
): StixMeaning {
  const plain = path.toLowerCase().replace(/\[[^\]]*\]|'/g, "");
  const isEqual = operator === "=" || operator === "==" || operator === "IN";
  if (/\.type$/.test(plain) && isEqual && !isNegated) return { terms: [], refusals: [] };
  const shown = path.replace(/[^\w .:[\]*'-]+/g, "?").slice(0, 80);
  const kind = /^file:hashes\./.test(plain) ? "hash" : ownValue(kinds, plain);
  if (kind === undefined) return refuse(`has a pattern on ${shown}, which PPS does not search`);
  if (isNegated) return refuse("has a pattern with NOT, which cannot be searched for");
  if (values.some(({ type }) => type !== "text"))
    return refuse(`has a pattern that compares ${shown} with what is no text`);
  if (isEqual) return { terms: values.map(({ value }) => ({ kind, value })), refusals: [] };
  const [{ value } = { value: "" }] = values;
  if (operator === "LIKE") return readLike(kind, value);
  if (operator === "ISSUBSET" && kind === "ip") return { terms: [{ kind, value }], refusals: [] };
  const said = /^[A-Z]+$/.test(operator) ? operator.slice(0, 20) : "a comparison other than =";
  return refuse(`has a pattern with ${said}, which cannot be searched for`);
}

/** `%` stands for anything, `_` for any one character. */
function readLike(kind: IntelKind, value: string): StixMeaning {
  const core = value.replace(/^%+|%+$/g, "");
  if (/[%_]/.test(core))
    return refuse("has a pattern with LIKE and a wildcard in the middle, which cannot be searched for");
  const term: StixTerm = { kind, value: value.replace(/^%+/, "*").replace(/%+$/, "*") };
  const isPart = core !== value;
  const mayBePart = ["sender", "replyTo", "recipient", "subject", "attachment"].indexOf(kind) >= 0;
  const isBelow = kind === "domain" && /^%+\.[^%]+$/.test(value);
  if (isPart && !mayBePart && !isBelow) return refuse("has a pattern with LIKE for what is searched only as a whole");
  return { terms: [term], refusals: [] };
}

function refuse(reason: string): StixMeaning {
  return { terms: [], refusals: [reason] };
}
