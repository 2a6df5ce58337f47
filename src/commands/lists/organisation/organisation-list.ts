import type { RunContext } from "../../../core/command.ts";
import { PpsError } from "../../../core/errors.ts";
import { type Ask, ask, type Effect, type Json, type Steps } from "../../../core/steps.ts";
import { parseJson, requireSuccess, wordsOf } from "../../answers.ts";
import { isRecord, readText } from "../../wire.ts";
import type { ListName } from "../list-name.ts";
import { type Criterion, readAttribute, readOperator, toWire } from "./criterion.ts";

/** An entry as the organisation's list holds it. */
export interface OrganisationEntry extends Criterion {
  comment: string;
}

/** Which list of which cluster. */
export interface OrganisationList {
  list: ListName;
  clusterId: string;
}

/** Finds the list that is meant. Throws PpsError `bad_input` saying what the cloud API still needs. */
export function findOrganisationList(
  list: ListName,
  { threatProtection }: RunContext,
  named: string | undefined,
): OrganisationList {
  const clusterId = named ?? threatProtection.clusterId;
  const { clusterIdSetting } = threatProtection;
  const missing = threatProtection.missing.concat(
    clusterId === undefined ? [`the cluster id${clusterIdSetting === undefined ? "" : ` (${clusterIdSetting})`}`] : [],
  );
  if (clusterId !== undefined && missing.length === 0) return { list, clusterId };
  throw new PpsError(
    "bad_input",
    `The organisation's ${list} is kept by Proofpoint's cloud Threat Protection API, for which is missing: ${missing.join(", ")}.`,
    {
      hint: "Proofpoint on Demand gives such a key in its admin portal; on premises there is no API for this list. A user's own list works without it: name the user.",
    },
  );
}

/** The whole list; PPS has no paging here (pps-api.md 7). */
export function* readOrganisationList(from: OrganisationList): Steps<OrganisationEntry[]> {
  const what = `the organisation's ${from.list}`;
  const reply = yield* ask(toAsk(from, { method: "GET", effect: "read" }));
  requireSuccess(reply, { what: `reading ${what}`, access: "Threat Protection" });
  const body = parseJson(reply.text);
  const entries = isRecord(body) ? body.entries : undefined;
  if (!Array.isArray(entries)) {
    throw new PpsError(
      "unexpected",
      `Threat Protection answered with something that is not ${what}: ${wordsOf(reply)}`,
      {
        status: reply.status,
        requestId: reply.requestId,
      },
    );
  }
  return entries.map((entry) => readEntry(entry, what));
}

function readEntry(entry: Json, what: string): OrganisationEntry {
  // Shown as blank, an entry whose value is a list would be lost to whoever keeps the listing.
  if (!isRecord(entry) || (entry.value !== "" && readText(entry.value) === "")) {
    throw new PpsError("unexpected", `Threat Protection sent an entry of ${what} that cannot be read.`);
  }
  const attribute = readText(entry.attribute);
  const operator = readText(entry.operator);
  return {
    attribute: readAttribute(attribute) ?? attribute,
    operator: readOperator(operator) ?? operator,
    value: readText(entry.value),
    comment: readText(entry.comment),
  };
}

/** The request that adds an entry or takes it out; one entry a request is all the API takes. */
export function toChange(
  on: OrganisationList,
  action: "add" | "remove",
  entry: OrganisationEntry,
  effect: Effect,
): Omit<Ask, "kind"> {
  // What a deletion says in its comment is ignored (pps-api.md 7).
  const body = { action: action === "add" ? "add" : "delete", ...toWire(entry), comment: entry.comment };
  return toAsk(on, { method: "POST", effect, body });
}

function toAsk(
  { list, clusterId }: OrganisationList,
  request: Pick<Ask, "method" | "effect" | "body">,
): Omit<Ask, "kind"> {
  const name = list === "blocklist" ? "orgBlockList" : "orgSafeList";
  return {
    service: "threat-protection",
    path: `/api/v1/emailProtection/modules/spam/${name}`,
    query: [["clusterId", clusterId]],
    expect: "text",
    ...request,
  };
}
