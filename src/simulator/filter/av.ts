import { type FilterModule, hold } from "./module.ts";
import type { Rules } from "./rules.ts";

/** Known signatures anywhere in the message: in its raw bytes, in decoded attachments, in archives and attached messages. */
export function createAvModule(rules: Rules["av"]): FilterModule {
  const signatures = rules.signatures.map(({ name, parts }) => ({ name, bytes: Buffer.from(parts.join("")) }));
  return {
    id: "av",
    examine(mail) {
      const places = [mail.raw, Buffer.from(mail.text), ...mail.files.map((file) => file.content)];
      const viruses = signatures
        .filter(({ bytes }) => places.some((place) => place.includes(bytes)))
        .map(({ name }) => name);
      return { viruses, findings: viruses.length > 0 ? [hold("virus", rules.folder)] : [] };
    },
  };
}
