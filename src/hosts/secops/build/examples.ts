import { readFileSync } from "node:fs";
import { parse } from "yaml";
import type { ActionReply, EnrichedEntity, GivenValue, TargetEntity } from "../handler/envelope.ts";

/** A run of an action, and what came of it. */
export interface ActionExample extends Pick<ActionReply, "state" | "result" | "message" | "json" | "tables"> {
  /** Parameters that were not left as they start. */
  given: Readonly<Record<string, GivenValue>>;
  /** The entities it was run on. */
  on?: readonly TargetEntity[];
  enriched?: readonly EnrichedEntity[];
  /** Names of the files it gave. */
  files?: readonly string[];
}

/** Replies of the handler over the simulator, by the action's name; a test runs them all again. */
export const actionExamples: Readonly<Record<string, readonly ActionExample[]>> = parse(
  readFileSync(new URL("./examples.yaml", import.meta.url), "utf8"),
  { version: "1.1" },
);
