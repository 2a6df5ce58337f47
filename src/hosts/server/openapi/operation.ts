import { areaOf } from "../../../commands/index.ts";
import type { Command } from "../../../core/command.ts";
import { inputSchema, type JsonSchema, resultSchema } from "../../../core/json-schema.ts";
import type { Json } from "../../../core/steps.ts";
import { neededScopes } from "../access/holder.ts";
import { type AnswerForm, formsOf, mediaTypes } from "../routes/answer-form.ts";
import { exampleInput } from "./example-input.ts";
import { type Part, problemStatuses, refTo } from "./shared-parts.ts";

/** A command as it is called by POST, with its fields in a JSON body. */
export function postOperation(command: Command): Part {
  const isChange = command.effect !== "read";
  const example = exampleInput(command);
  const schema = bodySchema(command);
  const parameters = ["profile", "deadline", ...(isChange ? ["idempotencyKey", "dryRun"] : [])];
  return {
    ...describe(command, command.name),
    parameters: parameters.map((name) => refTo("parameters", name)),
    requestBody: {
      required: (schema.required as Json[]).length > 0,
      content: { "application/json": { schema, ...(example === undefined ? {} : { example }) } },
    },
    responses: responses(command, "POST"),
  };
}

/** A read as it is called by GET, with its fields in the query. */
export function getOperation(command: Command): Part {
  const { properties, required } = inputSchema(command.fields) as { properties: Part; required: string[] };
  const fields = Object.entries(properties).map(([name, written]): Part => {
    const { description, ...schema } = written as JsonSchema;
    return {
      name,
      in: "query",
      ...(description === undefined ? {} : { description }),
      required: required.includes(name),
      schema,
    };
  });
  return {
    ...describe(command, `${command.name}.get`),
    parameters: [...fields, refTo("parameters", "profile"), refTo("parameters", "deadline")],
    responses: responses(command, "GET"),
  };
}

function describe(command: Command, operationId: string): Part {
  const scopes = neededScopes(command).join(" and ");
  return {
    operationId,
    summary: command.title,
    description: `${command.description}\n\nNeeds the scope ${scopes}. Effect: ${command.effect}.`,
    tags: [areaOf(command.name)],
  };
}

/** As the catalogue has it; an object in a list, such as a message as a listing gave it, is taken for its JSON text. */
function bodySchema(command: Command): JsonSchema {
  const schema = inputSchema(command.fields);
  const properties = schema.properties as { [name: string]: JsonSchema };
  for (const name of Object.keys(properties)) {
    const property = properties[name];
    if (property?.type !== "array") continue;
    property.items = { anyOf: [property.items as JsonSchema, { type: "object" }] };
  }
  return schema;
}

function responses(command: Command, method: "GET" | "POST"): Part {
  const content = Object.fromEntries(formsOf(command).map((form) => [mediaTypes[form], bodyOf(form, command)]));
  const replayed: Part = command.effect === "read" ? {} : { "Idempotency-Replayed": refTo("headers", "replayed") };
  // Only a change may carry a key, and only a POST a body.
  const never = [...(command.effect === "read" ? [409] : []), ...(method === "GET" ? [413, 415] : [])];
  const problems = [...problemStatuses.keys()].filter((status) => !never.includes(status));
  return {
    "200": {
      description: answered(command),
      headers: { "X-Request-Id": refTo("headers", "requestId"), ...replayed },
      content,
    },
    ...Object.fromEntries(problems.map((status) => [String(status), refTo("responses", `problem${status}`)])),
  };
}

function answered({ file, list, effect }: Command): string {
  if (file) return "The raw message.";
  if (list === undefined) return "The result.";
  const more =
    effect === "read" ? "`truncated` tells whether it is complete." : "Look at each outcome, or at `counts`.";
  return `The ${list} and what stands beside them. ${more}`;
}

function bodyOf(form: AnswerForm, command: Command): Part {
  if (form === "mail") return { schema: { type: "string", description: "A message as it came (RFC 5322)." } };
  if (form === "page") {
    return {
      schema: { type: "string", description: "A report for people: an HTML page that needs nothing beside it." },
    };
  }
  if (form === "json") return { schema: resultSchema(command) };
  return {
    schema: {
      type: "string",
      description: `A line of JSON for each of the ${command.list}, and a last one: {"summary": {...}}, or {"error": {...}} with a problem. Without either, the list was cut off.`,
    },
  };
}
