import type { MailContents } from "../../core/mail-file.ts";

/** What comes after it in a header tells nothing that is looked for here. */
const longestHeader = 10_000;

/** Values of a header, topmost first; its name in lower case. */
export function headerValues({ headers }: MailContents, name: string): string[] {
  return headers
    .filter((header) => header.name.toLowerCase() === name)
    .map(({ value }) => value.slice(0, longestHeader));
}
