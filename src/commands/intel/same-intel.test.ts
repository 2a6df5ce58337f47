import fc from "fast-check";
import { expect, test } from "vitest";
import type { IntelKind } from "./intel.ts";
import { readIntel } from "./read-intel.ts";

const read = (text: string) => readIntel(text, { field: "file" });

/** An indicator of each kind that all formats can say. */
const named: fc.Arbitrary<{ kind: IntelKind; value: string }> = (() => {
  const label = fc.stringMatching(/^[a-z][a-z0-9-]{0,10}[a-z0-9]$/);
  const domain = fc.tuple(label, fc.constantFrom("example", "test", "example.org")).map((parts) => parts.join("."));
  const address = fc
    .tuple(fc.stringMatching(/^[a-z][a-z0-9._+]{0,10}[a-z0-9]$/), domain)
    .map((parts) => parts.join("@"));
  const words = fc
    .stringMatching(/^[A-Za-zäß][A-Za-z0-9 ,;'"\\|#äß!?-]{0,30}[A-Za-z0-9]$/)
    .filter((text) => !/ {2}/.test(text));
  const of = (kind: IntelKind, values: fc.Arbitrary<string>) => values.map((value) => ({ kind, value }));
  return fc.oneof(
    of("sender", address),
    of("replyTo", address),
    of("recipient", address),
    of("domain", domain),
    of("ip", fc.ipV4()),
    of(
      "ip",
      fc.ipV6().filter((ip) => ip === ip.toLowerCase()),
    ),
    of(
      "url",
      domain.map((name) => `https://${name}/a?b=1`),
    ),
    of("subject", words),
    of("attachment", words),
    of("hash", fc.stringMatching(/^[0-9a-f]{64}$/)),
    of("messageId", address),
  );
})();

const mispTypes: { [kind in string]: string } = {
  sender: "email-src",
  replyTo: "email-reply-to",
  recipient: "email-dst",
  domain: "domain",
  ip: "ip-src",
  url: "url",
  subject: "email-subject",
  attachment: "email-attachment",
  hash: "sha256",
  messageId: "email-message-id",
};

const stixPaths: { [kind in string]: string } = {
  sender: "email-message:from_ref.value",
  replyTo: "email-message:additional_header_fields.'Reply-To'",
  recipient: "email-message:to_refs[*].value",
  domain: "domain-name:value",
  ip: "ipv4-addr:value",
  url: "url:value",
  subject: "email-message:subject",
  attachment: "file:name",
  hash: "file:hashes.'SHA-256'",
  messageId: "email-message:message_id",
};

test("the same indicators are read from every format they are written in", () => {
  const quoted = (text: string) => `'${text.replace(/[\\']/g, "\\$&")}'`;
  fc.assert(
    fc.property(fc.array(named, { minLength: 1, maxLength: 10 }), (indicators) => {
      const cell = (text: string) => `"${text.replaceAll('"', '""')}"`;
      const written = {
        text: indicators.map(({ kind, value }) => `${kind}: ${value}`).join("\n"),
        csv: ["type,value", ...indicators.map(({ kind, value }) => `${kind},${cell(value)}`)].join("\r\n"),
        json: JSON.stringify(indicators),
        misp: JSON.stringify({
          Event: {
            Attribute: indicators.map(({ kind, value }) => ({ type: mispTypes[kind], value, to_ids: true })),
          },
        }),
        stix: JSON.stringify({
          type: "bundle",
          objects: indicators.map(({ kind, value }) => ({
            type: "indicator",
            id: "indicator--1",
            pattern_type: "stix",
            pattern: `[${stixPaths[kind]} = ${quoted(value)}]`,
          })),
        }),
      };
      for (const [format, text] of Object.entries(written)) {
        const result = read(text);
        expect(result).toMatchObject({ format, skipped: [] });
        expect(result.intel.map(({ kind, value }) => ({ kind, value }))).toEqual(indicators);
      }
    }),
  );
});
