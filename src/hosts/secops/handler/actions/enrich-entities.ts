import type { ListResult, Message } from "../../../../commands/index.ts";
import { isPpsError, PpsError } from "../../../../core/errors.ts";
import { most } from "../../catalogue/parameters.ts";
import type { EnrichedEntity, TargetEntity } from "../envelope.ts";
import { splitList } from "../parameter-values.ts";
import { commandNamed, execute, type Performer, type Run } from "../run.ts";
import { makeTable } from "../table-text.ts";
import { listFew, reasonOf, sentences, shortReason } from "../texts.ts";
import { toRecord } from "./records.ts";
import { readSpan } from "./time-range.ts";

/** What was found of one entity. */
interface Findings {
  entity: TargetEntity;
  asSender: Message[];
  asRecipient: Message[];
  notes: string[];
}

/** Enrich Entities: held mail from and to each of them. */
export const enrichEntities: Performer = async (run) => {
  const { parameters, action } = run;
  const limit = parameters.count("Max Records Per Entity", most.recordsPerEntity);
  const named = splitList(parameters.text("Folder Name") ?? "", "Folder Name");
  const search = { since: readSpan(parameters), folder: named.length > 0 ? named : run.instance.folders };
  const found: Findings[] = [];
  const left: string[] = [];
  const failed: { name: string; error: PpsError }[] = [];
  for (const entity of run.entities) {
    const pattern = patternOf(entity);
    if ("complaint" in pattern) {
      left.push(`${entity.identifier} (${pattern.complaint})`);
      continue;
    }
    try {
      found.push(await look(run, entity, pattern.pattern, search));
    } catch (error) {
      if (!isPpsError(error) || error.code === "denied" || run.signal.aborted) throw error;
      failed.push({ name: entity.identifier, error });
    }
  }
  const [first] = failed;
  if (first !== undefined && found.length === 0) throw first.error;
  for (const { name, error } of failed) left.push(`${name} (${shortReason(reasonOf(error))})`);
  const { table, isCut } = makeTable("Enrichment", ["Entity", ...propertyNames], found.map(toRow));
  const ids = found.map(({ entity }) => entity.identifier);
  const notes = found.flatMap((one) => one.notes.map((note) => `${one.entity.identifier}: ${note}`));
  return {
    result: failed.length === 0 && notes.length === 0,
    message: sentences([
      `Enriched ${found.length} of ${run.entities.length} entities${ids.length === 0 ? "" : `: ${listFew(ids)}`}`,
      left.length === 0 ? undefined : `Not enriched: ${listFew(left)}`,
      notes.length === 0 ? undefined : `Not all was learnt: ${listFew(notes, " ")}`,
    ]),
    json: found.map(({ entity, ...one }) => ({
      Entity: entity.identifier,
      EntityResult: merge(one).slice(0, limit).map(toRecord),
    })),
    tables: found.length === 0 || action.tables.length === 0 ? [] : [table],
    entities: found.map(toEntity),
    truncated: isCut || notes.length > 0,
  };
};

/** How the entity is looked for among senders and recipients, or why it is not. */
function patternOf({ identifier, type }: TargetEntity): { pattern: string } | { complaint: string } {
  const name = identifier.trim();
  if (/[\s*,]/.test(name)) return { complaint: "not a name that can be searched for" };
  if (type === "USERUNIQNAME") {
    return /^[^@]+@[^@]+$/.test(name) ? { pattern: name } : { complaint: "not a mail address" };
  }
  if (type === "HOSTNAME" || type === "DOMAIN") return { pattern: `@${name.replace(/^@/, "")}` };
  return { complaint: `entities of type ${type} are not looked for` };
}

async function look(
  run: Run,
  entity: TargetEntity,
  pattern: string,
  search: { since: string; folder: string[] },
): Promise<Findings> {
  const notes: string[] = [];
  const find = async (side: "sender" | "recipient") => {
    const raw = { ...search, [side]: pattern, limit: most.records };
    const list = commandNamed("quarantine.list");
    const { items, summary } = await execute<Message, ListResult>(run, list, raw);
    if (summary.failed && items.length === 0) throw new PpsError("refused", sentences(summary.notes));
    if (summary.truncated) notes.push(...summary.notes.map((note) => `as ${side}, ${note}`));
    return items;
  };
  return { entity, asSender: await find("sender"), asRecipient: await find("recipient"), notes };
}

/** All mail of both sides, each once, newest first. */
function merge({ asSender, asRecipient }: Pick<Findings, "asSender" | "asRecipient">): Message[] {
  const all = new Map<string, Message>();
  for (const one of [...asSender, ...asRecipient]) all.set(JSON.stringify([one.folder, one.localGuid, one.guid]), one);
  return [...all.values()].sort((one, other) => (other.receivedAt ?? "").localeCompare(one.receivedAt ?? ""));
}

const propertyNames = [
  "PPS_quarantined_count",
  "PPS_as_sender",
  "PPS_as_recipient",
  "PPS_last_seen",
  "PPS_folders",
  "PPS_max_spamscore",
] as const;

function propertiesOf(findings: Findings): Record<(typeof propertyNames)[number], string> {
  const all = merge(findings);
  const scores = all.map(({ spamScore }) => spamScore).filter((score) => score !== null);
  return {
    PPS_quarantined_count: String(all.length),
    PPS_as_sender: String(findings.asSender.length),
    PPS_as_recipient: String(findings.asRecipient.length),
    PPS_last_seen: all[0]?.receivedAt ?? "",
    PPS_folders: [...new Set(all.map(({ folder }) => folder))].join(", ").slice(0, 2048),
    PPS_max_spamscore: scores.length === 0 ? "" : String(Math.max(...scores)),
  };
}

function toEntity(findings: Findings): EnrichedEntity {
  const { identifier, type } = findings.entity;
  return { identifier, type, properties: propertiesOf(findings) };
}

function toRow(findings: Findings): string[] {
  const properties = propertiesOf(findings);
  return [findings.entity.identifier, ...propertyNames.map((name) => properties[name])];
}
