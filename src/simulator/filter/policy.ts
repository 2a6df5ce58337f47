import { type FilterModule, type Finding, hold } from "./module.ts";
import type { Rules } from "./rules.ts";

/** House rules: file types nobody may send, inside archives too, and messages too large for comfort. */
export function createPolicyModule({ attachments, oversize }: Rules["policy"]): FilterModule {
  const extensions = new Set(attachments.extensions.map((extension) => extension.toLowerCase()));
  const types = new Set(attachments.types.map((type) => type.toLowerCase()));
  return {
    id: "policy",
    examine({ files, raw }) {
      const findings: Finding[] = [];
      const blocked = files.some(
        ({ name, type }) => extensions.has(extensionOf(name)) || types.has(type.toLowerCase()),
      );
      if (blocked) findings.push(hold(attachments.rule, attachments.folder));
      if (raw.length > oversize.megabytes * 1_000_000) findings.push(hold(oversize.rule, oversize.folder));
      return { findings };
    },
  };
}

// A trailing dot or blank is dropped by some systems when the file is opened, so it does not count here either.
const extensionOf = (name: string) => /\.([^.\s]+)[.\s]*$/.exec(name)?.[1]?.toLowerCase() ?? "";
