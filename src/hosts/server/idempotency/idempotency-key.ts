import { PpsError } from "../../../core/errors.ts";

/** The key a caller gave a change, so that a repeat of it is known. Throws PpsError `bad_input`. */
export function readKey(header: string | undefined): string | undefined {
  if (header === undefined) return undefined;
  if (/^[\x21-\x7e]{1,200}$/.test(header)) return header;
  throw new PpsError("bad_input", "Idempotency-Key takes 1 to 200 visible ASCII characters without blanks.", {
    field: "Idempotency-Key",
    hint: "A UUID for every change is a good one.",
  });
}
