import type { Command, Output } from "./command.ts";
import type { Field, Fields } from "./fields.ts";
import type { Json } from "./steps.ts";

/** A JSON Schema (2020-12); plain data, in the dialect that OpenAPI 3.1 and tool catalogues share. */
export type JsonSchema = { [keyword: string]: Json };

/** What a command takes. Every property accepts what its field reads; rules over several fields are not in it. */
export function inputSchema(fields: Fields): JsonSchema {
  const properties: { [name: string]: Json } = {};
  const required: string[] = [];
  Object.keys(fields).forEach((name) => {
    const field = fields[name];
    if (field === undefined) return;
    properties[name] = fieldSchema(field);
    if (field.required && field.default === undefined) required.push(name);
  });
  return { type: "object", properties, required, additionalProperties: false };
}

/** What a command gives: its list beside the rest, or one object. Values PPS leaves out are absent or null. */
export function resultSchema(command: Pick<Command, "list" | "outputs" | "tables">): JsonSchema {
  const one = itemSchema(command.outputs);
  if (command.list === undefined) return one;
  const lists: { [name: string]: Json } = {};
  lists[command.list] = { type: "array", items: one };
  (command.tables ?? []).forEach(({ name, title, outputs }) => {
    lists[name] = { type: "array", items: itemSchema(outputs), description: title };
  });
  return { type: "object", properties: lists, required: [command.list] };
}

function itemSchema(outputs: readonly Output[]): JsonSchema {
  const properties: { [name: string]: Json } = {};
  outputs.forEach((output) => {
    properties[output.name] = outputSchema(output);
  });
  return { type: "object", properties };
}

function outputSchema(output: Output): JsonSchema {
  const description = output.description;
  switch (output.type) {
    case "time":
      return { type: ["string", "null"], format: "date-time", description };
    case "list":
      return { type: ["array", "null"], description };
    default:
      return { type: [output.type, "null"], description };
  }
}

function fieldSchema(field: Field): JsonSchema {
  const schema = valueSchema(field);
  schema.description = field.description;
  const standard = field.default === undefined ? undefined : typedValue(field, field.default);
  if (standard !== undefined) schema.default = standard;
  if (field.example !== undefined) schema.examples = [typedValue(field, field.example)];
  return schema;
}

function valueSchema(field: Field): JsonSchema {
  switch (field.kind) {
    case "text":
    case "pattern":
      return { type: "string", minLength: 1, maxLength: field.maxLength };
    case "time":
      return { type: "string", minLength: 1, maxLength: 100 };
    case "integer": {
      const number: JsonSchema = { type: "integer", minimum: field.min, maximum: field.max };
      return field.orAll ? { anyOf: [number, { const: "all" }] } : number;
    }
    case "choice":
      return { type: "string", enum: field.values.slice() };
    case "flag":
      return { type: "boolean" };
    case "list":
      return {
        type: "array",
        items: { type: "string", minLength: 1, maxLength: field.maxLength },
        minItems: 1,
        maxItems: field.maxItems,
      };
    case "object":
      return { type: "object" };
    case "file":
      return { type: "string", maxLength: field.maxLength };
    case "mail":
      return {
        type: "string",
        contentEncoding: "base64",
        contentMediaType: "message/rfc822",
        maxLength: Math.ceil(field.maxBytes / 3) * 4,
      };
  }
}

/** Defaults and examples are written as a user types them; a schema wants them in the property's own type. */
function typedValue(field: Field, written: string): Json {
  switch (field.kind) {
    case "integer":
      return /^-?\d+$/.test(written) ? Number(written) : written;
    case "flag":
      return written === "true" || written === "yes";
    case "list":
      return field.separator === "comma" ? written.split(",") : [written];
    case "object":
      return JSON.parse(written) as Json;
    default:
      return written;
  }
}
