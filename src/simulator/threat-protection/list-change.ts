import { WrongRequest } from "../api/refusal.ts";
import type { Quirks } from "../quirks.ts";
import type { ListRefusals } from "./list-refusals.ts";
import type { OrganisationEntry, OrganisationList } from "./organisation-lists.ts";

/** One entry to be put on a list or taken off it. */
export interface ListChange {
  action: "add" | "delete";
  entry: OrganisationEntry;
}

const fieldNames = ["action", "attribute", "operator", "value", "comment"];
const attributes = ["$from", "$hfrom", "$ip", "$host", "$helo", "$rcpt"];
const operators = {
  block: ["equal", "not_equal", "contain", "not_contain"],
  safe: ["equal", "contain"],
} as const satisfies Record<OrganisationList, readonly string[]>;

const longestComment = 150;

/** The operators a list takes (pps-api.md 7 operator). */
function operatorsOf(list: OrganisationList, quirks: Quirks): readonly string[] {
  return quirks["cloud-operators"] === "all" ? [...operators.block, "is_in_list"] : operators[list];
}

/**
 * Reads the body of a `POST` to a list (pps-api.md 7 Change). Throws Refusal for what the server refuses and WrongRequest for
 * fields that do not exist. The comment may be left out, and is ignored when an entry is deleted.
 */
export function readListChange(
  body: unknown,
  list: OrganisationList,
  quirks: Quirks,
  refusals: ListRefusals,
): ListChange {
  if (typeof body !== "object" || body === null || Array.isArray(body)) throw refusals.make("bad-body");
  const fields = new Map<string, unknown>(Object.entries(body));
  const unknown = [...fields.keys()].find((name) => !fieldNames.includes(name));
  if (unknown !== undefined) throw new WrongRequest(`unknown field "${unknown}"`);

  const action = text("action");
  if (action !== "add" && action !== "delete") throw refusals.make("bad-field", "action");
  const attribute = text("attribute");
  if (!attributes.includes(attribute)) throw refusals.make("bad-field", "attribute");
  const operator = text("operator");
  if (!operatorsOf(list, quirks).includes(operator)) throw refusals.make("bad-operator");
  const value = text("value");
  if (value.trim() === "") throw refusals.make("empty-value");
  const comment = fields.has("comment") ? text("comment") : "";
  if (action === "add" && comment.length > longestComment) throw refusals.make("long-comment");
  return { action, entry: { attribute, operator, value, comment } };

  function text(name: string): string {
    const value = fields.get(name);
    if (typeof value !== "string") throw refusals.make("bad-field", name);
    return value;
  }
}
