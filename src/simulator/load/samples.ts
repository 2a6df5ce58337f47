import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Envelope } from "../mail.ts";
import { expandPlaceholders } from "./placeholders.ts";

/** One message of a directory of samples, ready to be sent. */
export interface Sample {
  name: string;
  envelope: Envelope;
  raw: Buffer;
  /** "deliver", or the folder a gateway with default rules holds it in; absent when envelopes.json does not say. */
  expect?: string;
}

interface Listed {
  from?: unknown;
  to?: unknown;
  expect?: unknown;
}

/**
 * Reads every .eml file of a directory, in order of name. Envelopes come from envelopes.json beside them:
 * `{"FILE": {"from": "...", "to": ["..."], "expect": "deliver" or a folder}}`. Throws an Error naming the file that lacks one.
 */
export function* readSamples(directory: string): Generator<Sample> {
  const envelopes = readEnvelopes(directory);
  for (const name of readdirSync(directory).sort()) {
    if (!name.endsWith(".eml")) continue;
    const { from, to, expect } = envelopes[name] ?? {};
    if (typeof from !== "string" || !Array.isArray(to) || !to.every((address) => typeof address === "string")) {
      throw new Error(`envelopes.json: ${name} needs "from" (text) and "to" (a list of addresses)`);
    }
    const raw = expandPlaceholders(readFileSync(join(directory, name)));
    yield { name, envelope: { from, to }, raw, ...(typeof expect === "string" ? { expect } : {}) };
  }
}

function readEnvelopes(directory: string): Record<string, Listed> {
  const path = join(directory, "envelopes.json");
  try {
    return JSON.parse(readFileSync(path, "utf8")) as Record<string, Listed>;
  } catch (cause) {
    throw new Error(`${path} cannot be read: ${(cause as Error).message}`, { cause });
  }
}
