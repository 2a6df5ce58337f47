import type { Json } from "../../core/steps.ts";
import { isNo, readFacts } from "./facts.ts";
import type { Gathering } from "./gathering.ts";
import type { IntelFacts, IntelKind } from "./intel.ts";
import { findKind, readKindName, spellName } from "./kind-names.ts";

/** By which names a table or an object calls what it says of an indicator. */
const namesOf = {
  value: "indicator,indicators,value,values,ioc,iocs,indicator value,ioc value,entry,entries",
  kind: "type,kind,indicator type,ioc type",
  label: "description,comment,comments,note,notes,name,title,label,labels,tags,attribute tag,reason",
  confidence: "confidence,confidence level,confidence score",
  times:
    "first seen,last seen,date,created,modified,created at,updated at,updated,added,date added,date created,timestamp",
  validUntil: "valid until,expires,expires at,expiry,expiry date,expiration,expiration date",
  revoked: "revoked,deleted",
  toIds: "to ids",
};

type Part = keyof typeof namesOf;

/** Where in a row each part stands, several for some. */
export interface RowShape {
  /** Columns that hold indicators, with the kind their names tell. */
  values: { index: number; kind?: IntelKind }[];
  indexes: { [part in Part]: number[] };
}

/** Names of columns for a message to people. */
export const valueNames = "indicator, value, sender, email, domain, ip, url, subject";

/** Finds out what a row with these names says; undefined where none of them stands for an indicator. */
export function findShape(names: readonly string[]): RowShape | undefined {
  const spelled = names.map(spellName);
  const indexes = {} as { [part in Part]: number[] };
  (Object.keys(namesOf) as Part[]).forEach((part) => {
    indexes[part] = [];
    // In the order of the list: the likeliest name counts first.
    namesOf[part].split(",").forEach((name) => {
      spelled.forEach((other, index) => {
        if (other === name) indexes[part].push(index);
      });
    });
  });
  const [value] = indexes.value;
  const values: RowShape["values"] = value === undefined ? [] : [{ index: value }];
  if (value === undefined) {
    spelled.forEach((name, index) => {
      const kind = findKind(name);
      if (kind !== undefined) values.push({ index, kind });
    });
  }
  return values.length === 0 ? undefined : { values, indexes };
}

/** Takes up what one row says, or tells why it gives nothing; `cellOf` gives its cells. */
export function addRow(
  gathering: Gathering,
  place: string,
  { values, indexes }: RowShape,
  cellOf: (index: number) => Json | undefined,
): string | undefined {
  const first = (part: Part) => indexes[part].map(cellOf).filter((cell) => cell !== undefined && cell !== "")[0];
  const written = values.filter(({ index }) => textOf(cellOf(index)) !== "");
  if (written.length === 0) return "names no indicator";
  const type = textOf(first("kind"));
  const kinds = values[0]?.kind === undefined && type !== "" ? readKindName(type) : [];
  if ("reason" in kinds) return kinds.reason;
  if (isNo(first("toIds"))) return notForDetection;
  const facts = readFacts({
    label: first("label"),
    confidence: first("confidence"),
    times: indexes.times.map(cellOf),
    validUntil: first("validUntil"),
    revoked: first("revoked"),
  });
  written.forEach(({ index, kind }) => {
    addTyped(gathering, place, textOf(cellOf(index)), kind === undefined ? kinds : [kind], facts);
  });
  return undefined;
}

/** MISP marks so what is only told beside the indicators. */
export const notForDetection = "is not meant for detection (to_ids)";

/** Takes up a value whose type may be a composite: `evil.example|192.0.2.7` of `domain|ip` names two things. */
export function addTyped(
  gathering: Gathering,
  place: string,
  value: string,
  [kind, other]: readonly (IntelKind | "port")[],
  facts: IntelFacts,
): void {
  // File names may hold the sign; what follows the last never does.
  const at = other === undefined ? -1 : value.lastIndexOf("|");
  gathering.add(place, at < 0 ? value : value.slice(0, at), kind === "port" ? undefined : kind, facts);
  if (at >= 0 && other !== undefined && other !== "port") gathering.add(place, value.slice(at + 1), other, facts);
}

function textOf(cell: Json | undefined): string {
  return typeof cell === "string" ? cell.trim() : typeof cell === "number" ? String(cell) : "";
}
