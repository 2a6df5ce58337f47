import type { Command } from "../../../core/command.ts";
import { Problem } from "./problem.ts";

/** How a command may be called: a read by GET too, with its fields in the query. */
export function methodsOf({ effect }: Pick<Command, "effect">): readonly string[] {
  return effect === "read" ? ["POST", "GET"] : ["POST"];
}

/** Throws Problem `method_not_allowed`. */
export function requireMethod(method: string, allow: readonly string[]): void {
  if (allow.includes(method)) return;
  throw new Problem("method_not_allowed", `This address takes ${allow.join(" or ")}.`, { allow });
}
