import type { IncomingMessage } from "node:http";
import { createMailFile } from "../../../client/http/reply.ts";
import type { Command } from "../../../core/command.ts";
import { PpsError } from "../../../core/errors.ts";
import { quoteValue } from "../../../core/quoted-value.ts";
import { readBody } from "../limits/body.ts";
import { Problem } from "./problem.ts";

/** What a caller gave: values for the command's fields, not yet read, and how it is to go. */
export interface GivenInput {
  raw: Record<string, unknown>;
  dryRun: boolean;
}

/** Gathers the input of a GET from its query. A name that is repeated makes a list. */
export function inputOfQuery(command: Command, query: URLSearchParams): GivenInput {
  const raw = [...new Set(query.keys())].map((name) => {
    const values = query.getAll(name);
    if (values.length > 1 && command.fields[name]?.kind !== "list") {
      throw new PpsError(
        "bad_input",
        `The query gives ${quoteValue(name)} ${values.length} times, which takes one value.`,
        {
          field: name,
        },
      );
    }
    return [name, values.length > 1 ? values : values[0]];
  });
  return { raw: Object.fromEntries(raw), dryRun: false };
}

/**
 * Gathers the input of a POST from its body, a JSON object or nothing at all. Objects in a list, such as messages as a
 * listing gave them, become the JSON texts that fields read.
 */
export async function inputOfBody(
  command: Command,
  request: IncomingMessage,
  query: URLSearchParams,
  mostBytes: number,
): Promise<GivenInput> {
  const dryRun = readDryRun(command, query);
  const text = await readBody(request, mostBytes);
  if (text.trim() === "") return { raw: {}, dryRun };
  if (!/^application\/json\s*(;|$)/i.test(request.headers["content-type"] ?? "")) {
    throw new Problem("unsupported_media_type", "The body must be JSON, and say so: Content-Type: application/json.");
  }
  const body = parse(text);
  if (typeof body !== "object" || body === null || Array.isArray(body)) {
    throw new PpsError("bad_input", "The body must be a JSON object with the fields of the command.");
  }
  if (isDeeper(body, deepest)) throw new PpsError("bad_input", `The body is nested more than ${deepest} deep.`);
  const raw = Object.entries(body).map(([name, value]) => [name, readable(command, name, value)]);
  return { raw: Object.fromEntries(raw), dryRun };
}

// Deeper than anything meant; far deeper, whoever writes it as JSON again would run out of stack.
const deepest = 50;

function isDeeper(value: unknown, most: number): boolean {
  if (typeof value !== "object" || value === null) return false;
  return most === 0 || Object.values(value).some((inner) => isDeeper(inner, most - 1));
}

function readable(command: Command, name: string, value: unknown): unknown {
  if (command.fields[name]?.kind === "mail") return readMail(name, value);
  if (command.fields[name]?.kind !== "list" || !Array.isArray(value)) return value;
  return value.map((item) => (typeof item === "object" && item !== null ? JSON.stringify(item) : item));
}

/** JSON has no bytes: a message is given in base64. */
function readMail(name: string, value: unknown): unknown {
  if (value === null || value === "") return undefined;
  const bytes = typeof value === "string" ? readBase64(value) : undefined;
  if (bytes !== undefined) return createMailFile(bytes);
  throw new PpsError("bad_input", `${name} takes a raw message in base64.`, { field: name });
}

function readBase64(text: string): Buffer | undefined {
  const digits = text.replace(/\s+/g, "");
  // A single digit too many is a text that was cut.
  const isWhole = digits.replace(/=+$/, "").length % 4 !== 1;
  return isWhole && /^[A-Za-z0-9+/]+={0,2}$/.test(digits) ? Buffer.from(digits, "base64") : undefined;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The parser's own words quote the body, in which a password may stand.
    throw new PpsError("bad_input", "The body is no JSON that can be read.");
  }
}

function readDryRun(command: Command, query: URLSearchParams): boolean {
  const known = command.effect === "read" ? [] : ["dryRun"];
  const strange = [...query.keys()].find((name) => !known.includes(name));
  if (strange !== undefined) {
    throw new PpsError(
      "bad_input",
      `The query of a POST does not take ${quoteValue(strange)}; fields stand in the body.`,
      {
        field: strange,
      },
    );
  }
  const values = query.getAll("dryRun");
  // "Not" and "do" at once: whoever takes one of the two may send what was only to be looked at.
  if (values.length > 1) throw new PpsError("bad_input", "dryRun is given more than once.", { field: "dryRun" });
  const [value = null] = values;
  if (value === null || value === "false") return false;
  if (value === "true" || value === "") return true;
  throw new PpsError("bad_input", "dryRun takes true or false.", { field: "dryRun" });
}
