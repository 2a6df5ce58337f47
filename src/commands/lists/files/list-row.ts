/** One entry of a list file, as it is written there. */
export interface ListRow {
  entry: string;
  /** In our words or in PPS's own. */
  attribute?: string;
  operator?: string;
  comment?: string;
  date?: string;
  /** Where it stands: `line 7` or `item 3`. */
  place: string;
}

/** A list file, read. */
export interface ListFile {
  rows: ListRow[];
  /** The file says of itself that it lacks entries. */
  isIncomplete: boolean;
}

/** What may stand in a row, and by which names a file may call it, the likeliest first. */
const namesOf = {
  entry: [
    ["entry", "entries", "pattern"],
    ["value", "values"],
    ["sender", "senders", "sender address"],
    ["address", "addresses", "email address"],
    ["email", "emails", "e-mail", "mail"],
    ["domain", "domains"],
    ["ip", "ips", "ip address"],
    ["indicator", "indicators"],
  ],
  attribute: [["attribute"]],
  operator: [["operator"]],
  comment: [["comment", "comments"], ["note", "notes"], ["description"], ["reason"]],
  date: [["date"], ["added", "date added"], ["created", "date created"]],
} as const;

export type RowPart = keyof typeof namesOf;

/** The names of entries that people are told of. */
export const entryNames = namesOf.entry.map(([name]) => name).join(", ");

/** Where each part stands among the names; -1 where it does not. */
export function findParts(names: readonly string[]): Record<RowPart, number> {
  const spelled = names.map((name) =>
    name
      .trim()
      .toLowerCase()
      .replace(/[\s_]+/g, " "),
  );
  const findPart = (part: RowPart) => {
    let place = -1;
    (namesOf[part] as readonly (readonly string[])[]).forEach((spellings) => {
      spelled.forEach((name, index) => {
        if (place < 0 && spellings.indexOf(name) >= 0) place = index;
      });
    });
    return place;
  };
  return {
    entry: findPart("entry"),
    attribute: findPart("attribute"),
    operator: findPart("operator"),
    comment: findPart("comment"),
    date: findPart("date"),
  };
}

/** A row of parts that may be missing or blank. */
export function toRow(place: string, partOf: (part: RowPart) => string): ListRow {
  const row: ListRow = { entry: partOf("entry").trim(), place };
  (["attribute", "operator", "comment", "date"] as const).forEach((part) => {
    const text = partOf(part).trim();
    if (text !== "") row[part] = text;
  });
  return row;
}
