import type { SideTable } from "../../../core/command.ts";
import type { PpsError } from "../../../core/errors.ts";
import type { Message } from "../../quarantine/message.ts";
import type { TraceRecord } from "../../trace/record.ts";

/** One thing looked at before a message is released; `detail` is a full sentence. */
export interface Check {
  name: string;
  /** `warn`: a person should know; `stop`: it is not released. */
  state: "ok" | "warn" | "stop";
  detail: string;
}

/** The checks as a list beside the outcomes. */
export const checkTable: SideTable = {
  name: "checks",
  title: "Checks",
  outputs: [
    { name: "name", type: "string", description: "What was looked at before the release." },
    { name: "state", type: "string", description: "ok, warn (a person should know) or stop (it is not released)." },
    { name: "detail", type: "string", description: "What was seen, as a sentence." },
  ],
  columns: ["state", "name", "detail"],
};

/** A held message with what its trace says. */
export interface Suspect {
  message: Message;
  trace: readonly TraceRecord[];
  /** Why its trace could not be read, or not to its end. */
  traceError?: PpsError | undefined;
}

/** The check that stands in the way, if any does. */
export function findStop(checks: readonly Check[]): Check | undefined {
  return checks.filter(({ state }) => state === "stop")[0];
}
