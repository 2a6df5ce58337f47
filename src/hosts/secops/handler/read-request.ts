import {
  type ActionRequest,
  type EnvelopeRefusal,
  envelopeVersion,
  type GivenValue,
  type RunFacts,
  type TargetEntity,
} from "./envelope.ts";

/** Why something is no request: nothing was begun. */
export class EnvelopeError extends Error {
  readonly refusal: EnvelopeRefusal;

  constructor(refusal: EnvelopeRefusal) {
    super(refusal.error === "bad_request" ? refusal.message : "The version of the envelope is not supported.");
    this.name = "EnvelopeError";
    this.refusal = refusal;
  }
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i;

/** Reads a request (secops-platform.md 1.3); what is not known is passed over. Throws EnvelopeError. */
export function readRequest(text: string): ActionRequest {
  const body = asObject(parse(text), "The request");
  if (body.version !== envelopeVersion) {
    throw new EnvelopeError({ error: "unsupported_version", supported: [envelopeVersion] });
  }
  const requestId = readText(body.requestId, "requestId", 36);
  if (!uuid.test(requestId)) throw bad("requestId is no UUID of version 4.");
  const from = asObject(body.package, "package");
  return {
    version: envelopeVersion,
    requestId,
    package: {
      identifier: readText(from.identifier, "package.identifier", 150),
      version: readText(from.version, "package.version", 16),
    },
    action: readText(body.action, "action", 150),
    parameters: readValues(body.parameters, "parameters", 65_536),
    config: readValues(body.config, "config", 16_384),
    entities: readEntities(body.entities),
    context: readContext(body.context),
  };
}

function bad(message: string): EnvelopeError {
  return new EnvelopeError({ error: "bad_request", message });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The parser's own words quote the body, in which a password stands.
    throw bad("The request is no JSON that can be read.");
  }
}

function asObject(value: unknown, what: string): Record<string, unknown> {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  throw bad(`${what} is no JSON object.`);
}

function readText(value: unknown, what: string, longest: number): string {
  if (typeof value !== "string" || value === "") throw bad(`${what} is no text.`);
  if (value.length > longest) throw bad(`${what} is longer than ${longest} characters.`);
  return value;
}

function readValues(value: unknown, what: string, longestBytes: number): Record<string, GivenValue> {
  const entries = Object.entries(asObject(value ?? {}, what));
  if (entries.length > 50) throw bad(`${what} holds more than 50 values.`);
  for (const [name, each] of entries) {
    const isScalar = each === null || ["string", "number", "boolean"].includes(typeof each);
    if (!isScalar) throw bad(`${what} holds a value that is neither text, number, boolean nor null.`);
    if (name.length > 150) throw bad(`${what} holds a name of more than 150 characters.`);
    if (typeof each === "string" && Buffer.byteLength(each) > longestBytes) {
      throw bad(`${what} holds a value of more than ${longestBytes / 1024} KiB.`);
    }
  }
  // Without a prototype, so that a name such as __proto__ is a name.
  return Object.assign(Object.create(null), Object.fromEntries(entries)) as Record<string, GivenValue>;
}

function readEntities(value: unknown): TargetEntity[] {
  const list = value ?? [];
  if (!Array.isArray(list)) throw bad("entities is no list.");
  if (list.length > 500) throw bad("entities holds more than 500.");
  return list.map((each) => {
    const { identifier, type } = asObject(each, "An entity");
    return {
      identifier: readText(identifier, "The identifier of an entity", 2048),
      type: readText(type, "The type of an entity", 150),
    };
  });
}

function readContext(value: unknown): RunFacts {
  const context = asObject(value, "context");
  const text = (name: string): string | null => {
    const given = context[name];
    return given === undefined || given === null || given === "" ? null : readText(given, `context.${name}`, 256);
  };
  const { budgetMs } = context;
  const isBudget =
    typeof budgetMs === "number" && Number.isInteger(budgetMs) && budgetMs >= 1000 && budgetMs <= 590_000;
  if (!isBudget) throw bad("context.budgetMs is no whole number from 1000 to 590000.");
  return {
    caseId: text("caseId"),
    alertId: text("alertId"),
    environment: text("environment"),
    integrationInstance: text("integrationInstance"),
    workflowInstanceId: text("workflowInstanceId"),
    budgetMs,
  };
}
