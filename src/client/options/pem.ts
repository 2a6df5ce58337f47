import { X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import { PpsError } from "../../core/errors.ts";

/** True for PEM text, where the path of a PEM file may stand too. */
export function isPemText(textOrPath: string): boolean {
  return textOrPath.includes("-----BEGIN ");
}

/** PEM text as it is, or the content of the PEM file it names. Throws PpsError `bad_input` naming the option. */
export function readPem(name: string, textOrPath: string): string {
  if (isPemText(textOrPath)) return textOrPath;
  let text: string;
  try {
    text = readFileSync(textOrPath, "utf8");
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? "unreadable";
    throw refuse(name, `names the file ${textOrPath}, which cannot be read (${code}).`);
  }
  if (isPemText(text)) return text;
  throw refuse(
    name,
    `names the file ${textOrPath}, which is no PEM file.`,
    "Convert it with openssl x509 -inform der, or openssl pkcs12.",
  );
}

/** The certificates of an authority, every one whole: OpenSSL passes over broken ones without a word. */
export function readAuthority(name: string, textOrPath: string): string {
  const text = readPem(name, textOrPath);
  const blocks = text.match(/-----BEGIN CERTIFICATE-----[^-]*(?:-----END CERTIFICATE-----)?/g) ?? [];
  if (blocks.length === 0)
    throw refuse(name, "holds no certificate.", "It takes the authority's certificate, not a key.");
  blocks.forEach((block, index) => {
    try {
      new X509Certificate(block);
    } catch {
      throw refuse(name, `holds a certificate that cannot be read (number ${index + 1} of ${blocks.length}).`);
    }
  });
  return text;
}

function refuse(name: string, complaint: string, hint?: string): PpsError {
  return new PpsError("bad_input", `${name} ${complaint}`, { field: name, hint });
}
