import { readFileSync } from "node:fs";
import type { SecopsAction } from "../catalogue/action.ts";
import { shimScript } from "../python/shim.ts";
import { packageFacts } from "./package-facts.ts";
import { packageVersionText } from "./release-notes.ts";

/** The module that every action's script imports. */
export const bridgeName = "pps_bridge";

/** The bridge as the source tree has it; the same for all actions. */
export const bridgeScript = readFileSync(new URL(`../python/${bridgeName}.py`, import.meta.url), "utf8");

/** The script of an action as the source tree has it. */
export function shimOf(action: SecopsAction): string {
  return shimScript(action, { identifier: packageFacts.identifier, version: packageVersionText });
}
