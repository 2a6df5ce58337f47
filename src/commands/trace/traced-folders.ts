import { spellFolders } from "../site-folders.ts";
import type { TraceRecord } from "./record.ts";

/** The folders that trace records name, where mail was put and where it is now, each once. */
export function tracedFolders(records: readonly TraceRecord[]): string[] {
  const names: string[] = [];
  records.forEach((record) => {
    [record.quarantineFolder, record.currentFolder].forEach((name) => {
      if (typeof name === "string" && name !== "") names.push(name);
    });
  });
  return spellFolders([], names);
}
