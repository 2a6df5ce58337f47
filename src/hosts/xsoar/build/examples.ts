import { readFileSync } from "node:fs";
import { parse } from "yaml";

/** A command that was run, and what came of it. */
export interface Example {
  /** As it is written in the War Room. */
  line: string;
  /** What the War Room showed. */
  shown: string;
  /** What went into context. */
  context?: object;
}

/** What the bundle showed and kept when it was run against the simulator, by command; a test runs them all again. */
export const examples: Readonly<Record<string, readonly Example[]>> = parse(
  readFileSync(new URL("./examples.yaml", import.meta.url), "utf8"),
  { version: "1.1" },
);
