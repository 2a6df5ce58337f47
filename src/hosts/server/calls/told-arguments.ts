import { createHash } from "node:crypto";
import { fileBytes } from "../../../client/http/reply.ts";
import type { Command } from "../../../core/command.ts";
import type { MailFile } from "../../../core/mail-file.ts";

/** What a call was given, as it is written down and told apart from others: of a message its size and hash. */
export function tellArguments(
  { fields }: Pick<Command, "fields">,
  raw: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const told = Object.entries(raw).map(([name, value]) => {
    if (fields[name]?.kind !== "mail" || typeof value !== "object" || value === null) return [name, value];
    const bytes = fileBytes(value as MailFile);
    return [name, { sizeBytes: bytes.length, sha256: createHash("sha256").update(bytes).digest("hex") }];
  });
  return Object.fromEntries(told);
}
