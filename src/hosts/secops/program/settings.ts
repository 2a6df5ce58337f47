import { readFileSync } from "node:fs";
import { asSentence } from "../../../commands/answers.ts";
import { PpsError } from "../../../core/errors.ts";
import type { HandlerSite } from "../handler/site.ts";

/** Names the file with the settings. */
const settingsVariable = "PPS_SECOPS_SETTINGS";

/** What the machine's owner allows the program, whatever an instance of the integration asks for. */
export type ProgramSettings = Pick<HandlerSite, "apiRoots" | "neverBlock" | "forbidsUnverified" | "optionsOf">;

interface Shape {
  apiRoots: string[];
  neverBlock: string[];
  ca: string;
  forbidsUnverified: boolean;
  feedHosts: string[];
}

const known: Record<keyof Shape, "list of texts" | "text" | "true or false"> = {
  apiRoots: "list of texts",
  neverBlock: "list of texts",
  ca: "text",
  forbidsUnverified: "true or false",
  feedHosts: "list of texts",
};

/**
 * Reads the file that the environment names: JSON with `apiRoots` (origins of PPS and of the cloud API that may be
 * called), `neverBlock` (own domains), `ca` (path of a PEM file), `forbidsUnverified` and `feedHosts` (hosts that feeds may
 * be fetched from, none unless named), all optional. Without the file any PPS may be called: then whoever may start the
 * program has the passwords anyway. Throws PpsError `bad_input`.
 */
export function readSettings(env: Readonly<Record<string, string | undefined>>): ProgramSettings {
  const path = env[settingsVariable] ?? "";
  const { ca, feedHosts, ...settings }: Partial<Shape> = path === "" ? {} : readShape(path);
  const shared = { ...(ca === undefined ? {} : { ca }), ...(feedHosts === undefined ? {} : { feedHosts }) };
  return {
    apiRoots: settings.apiRoots?.map((text) => readOrigin(path, text)),
    neverBlock: settings.neverBlock ?? [],
    forbidsUnverified: settings.forbidsUnverified ?? false,
    ...(Object.keys(shared).length === 0 ? {} : { optionsOf: () => shared }),
  };
}

function readShape(path: string): Partial<Shape> {
  const settings = parse(path);
  for (const [name, value] of Object.entries(settings)) {
    if (!Object.hasOwn(known, name)) {
      throw refuse(path, `knows no ${name}; it takes ${Object.keys(known).join(", ")}`);
    }
    const wanted = known[name as keyof Shape];
    if (!isA(wanted, value)) throw refuse(path, `needs a ${wanted} as ${name}`);
  }
  return settings;
}

function isA(wanted: string, value: unknown): boolean {
  if (wanted === "text") return typeof value === "string";
  if (wanted === "true or false") return typeof value === "boolean";
  return Array.isArray(value) && value.every((each) => typeof each === "string");
}

function parse(path: string): Partial<Shape> {
  let settings: unknown;
  try {
    settings = JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    throw refuse(path, `cannot be read: ${(error as Error).message}`);
  }
  if (typeof settings === "object" && settings !== null && !Array.isArray(settings)) return settings;
  throw refuse(path, "holds no JSON object");
}

function readOrigin(path: string, text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.href === `${url?.origin}/`) return url.origin;
  throw refuse(path, `names ${text}, which is no origin such as https://pps.example.com:10000`);
}

function refuse(path: string, complaint: string): PpsError {
  return new PpsError("bad_input", asSentence(`${settingsVariable}: the file ${path} ${complaint}`));
}
