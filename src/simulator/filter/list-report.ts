import type { ModuleId } from "../mail.ts";
import type { OrganisationList } from "../threat-protection/organisation-lists.ts";
import { type Finding, hold, type Report } from "./module.ts";
import type { Rules } from "./rules.ts";
import type { ListedGroup } from "./sender-lists.ts";

/** The modules that do not look at mail from safe senders; all others do (pps-api.md 7). */
export const skippedWhenSafe: readonly ModuleId[] = ["spam", "bulk"];

/** What lists say, as a report of the spam module: every rule that fired, of which those of the winning side have effect. */
export function judgeLists(
  { block, safe }: ListedGroup,
  { blocked, folder }: Rules["lists"],
  precedence: OrganisationList,
): Report & { isSafe: boolean } {
  const isSafe = safe.length > 0 && (block.length === 0 || precedence === "safe");
  const stop = (rule: string): Finding =>
    blocked === "hold" ? hold(rule, folder) : { rule, outcome: { action: blocked } };
  const findings = [...block.map((rule) => (isSafe ? { rule } : stop(rule))), ...safe.map((rule) => ({ rule }))];
  return { isSafe, findings };
}
