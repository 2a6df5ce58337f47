import type { Json } from "../../src/core/steps.ts";

type Schema = { [keyword: string]: Json | undefined };

/** The keywords of JSON Schema 2020-12 that are used here, each with the type its value must have. */
const keywords: Record<string, (value: Json) => boolean> = {
  $ref: (value) => typeof value === "string" && value.startsWith("#/"),
  type: (value) => [value].flat().every((type) => types.includes(type as string)),
  enum: (value) => Array.isArray(value) && value.length > 0,
  const: () => true,
  anyOf: (value) => Array.isArray(value) && value.length > 0,
  properties: isObject,
  required: (value) => Array.isArray(value) && value.every((name) => typeof name === "string"),
  additionalProperties: (value) => typeof value === "boolean" || isObject(value),
  items: isObject,
  minItems: isCount,
  maxItems: isCount,
  minLength: isCount,
  maxLength: isCount,
  minimum: isNumber,
  maximum: isNumber,
  exclusiveMinimum: isNumber,
  pattern: (value) => typeof value === "string" && new RegExp(value, "u") !== undefined,
  format: (value) => ["date-time", "uri-reference"].includes(value as string),
  contentEncoding: (value) => value === "base64",
  contentMediaType: (value) => typeof value === "string" && /^[a-z]+\/[a-z0-9.+-]+$/.test(value),
  description: (value) => typeof value === "string" && value !== "",
  default: () => true,
  examples: Array.isArray,
};

const types = ["null", "boolean", "object", "array", "number", "integer", "string"];

function isObject(value: Json): boolean {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isNumber(value: Json): boolean {
  return typeof value === "number";
}

function isCount(value: Json): boolean {
  return Number.isInteger(value) && (value as number) >= 0;
}

/** What is wrong with a schema itself, by where it stands. Defaults and examples must satisfy it. */
export function schemaFaults(schema: Schema, at: string, resolve: (ref: string) => Schema): string[] {
  const faults = Object.entries(schema).flatMap(([keyword, value]) => {
    const check = keywords[keyword];
    if (check === undefined) return [`${at}: ${keyword} is no keyword`];
    return check(value as Json) ? [] : [`${at}: ${keyword} has a wrong value`];
  });
  for (const name of (schema.required as string[]) ?? []) {
    if (!Object.hasOwn((schema.properties as object) ?? {}, name))
      faults.push(`${at}: ${name} is required and unknown`);
  }
  for (const value of [
    ...((schema.examples as Json[]) ?? []),
    ...(schema.default === undefined ? [] : [schema.default]),
  ]) {
    faults.push(...valueFaults(value, schema, `${at}: ${JSON.stringify(value)}`, resolve));
  }
  const inner: [string, Schema][] = [
    ...Object.entries((schema.properties as Record<string, Schema>) ?? {}),
    ...((schema.anyOf as Schema[]) ?? []).map((one, index): [string, Schema] => [`anyOf ${index}`, one]),
    ...(schema.items === undefined ? [] : [["items", schema.items as Schema] as [string, Schema]]),
  ];
  return [...faults, ...inner.flatMap(([name, one]) => schemaFaults(one, `${at}.${name}`, resolve))];
}

/** What is wrong with a value by its schema. */
export function valueFaults(value: Json, schema: Schema, at: string, resolve: (ref: string) => Schema): string[] {
  if (schema.$ref !== undefined) return valueFaults(value, resolve(schema.$ref as string), at, resolve);
  const faults: string[] = [];
  const refuse = (keyword: string) => faults.push(`${at} breaks ${keyword}`);
  if (schema.type !== undefined && ![schema.type].flat().some((type) => isOfType(value, type as string)))
    refuse("type");
  if (schema.enum !== undefined && !(schema.enum as Json[]).includes(value)) refuse("enum");
  if (schema.const !== undefined && schema.const !== value) refuse("const");
  const branches = schema.anyOf as Schema[] | undefined;
  if (branches?.every((one) => valueFaults(value, one, at, resolve).length > 0)) refuse("anyOf");
  if (typeof value === "string") {
    if (value.length < Number(schema.minLength ?? 0)) refuse("minLength");
    if (value.length > Number(schema.maxLength ?? Infinity)) refuse("maxLength");
    if (schema.pattern !== undefined && !new RegExp(schema.pattern as string, "u").test(value)) refuse("pattern");
    if (schema.format === "date-time" && !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/.test(value)) refuse("format");
  }
  if (typeof value === "number") {
    if (value < Number(schema.minimum ?? -Infinity)) refuse("minimum");
    if (value > Number(schema.maximum ?? Infinity)) refuse("maximum");
    if (value <= Number(schema.exclusiveMinimum ?? -Infinity)) refuse("exclusiveMinimum");
  }
  if (Array.isArray(value)) {
    if (value.length < Number(schema.minItems ?? 0)) refuse("minItems");
    if (value.length > Number(schema.maxItems ?? Infinity)) refuse("maxItems");
    if (schema.items !== undefined) {
      value.forEach((item, index) => {
        faults.push(...valueFaults(item, schema.items as Schema, `${at}[${index}]`, resolve));
      });
    }
  } else if (typeof value === "object" && value !== null) {
    const properties = (schema.properties as Record<string, Schema>) ?? {};
    for (const name of (schema.required as string[]) ?? []) if (!Object.hasOwn(value, name)) refuse(`required ${name}`);
    for (const [name, member] of Object.entries(value)) {
      const known = Object.hasOwn(properties, name) ? properties[name] : undefined;
      if (known !== undefined) faults.push(...valueFaults(member, known, `${at}.${name}`, resolve));
      else if (schema.additionalProperties === false) refuse(`additionalProperties with ${name}`);
    }
  }
  return faults;
}

function isOfType(value: Json, type: string): boolean {
  switch (type) {
    case "null":
      return value === null;
    case "array":
      return Array.isArray(value);
    case "object":
      return isObject(value);
    case "integer":
      return Number.isInteger(value);
    default:
      return typeof value === type;
  }
}
