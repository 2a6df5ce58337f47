import { readFileSync } from "node:fs";

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
export const examples: Readonly<Record<string, readonly Example[]>> = JSON.parse(
  readFileSync(new URL("./examples.json", import.meta.url), "utf8"),
);
