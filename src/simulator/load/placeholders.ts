import { createCipheriv, createHash } from "node:crypto";

// In parts, so that no scanner takes this file for what it describes.
const eicar = ["X5O!P%@AP[4\\PZX54(P^)7CC)", "7}$EICAR-STANDARD-", "ANTIVIRUS-TEST-FILE!$H+H*"].join("");
const gtube = ["XJS*C4JDBQADN1.NSBN3*2IDNEN*", "GTUBE-STANDARD-", "ANTI-UBE-TEST-EMAIL*C.34X"].join("");

const texts: Record<string, string> = {
  EICAR: eicar,
  "EICAR-BASE64": Buffer.from(eicar).toString("base64"),
  GTUBE: gtube,
};

const placeholder = /\{\{(EICAR|EICAR-BASE64|GTUBE|RANDOM-BASE64:(\d+):([^}]*))\}\}/g;
const longest = 100_000_000;
const lineBytes = 57;

/**
 * Puts in what a sample file only names: `{{EICAR}}`, `{{EICAR-BASE64}}`, `{{GTUBE}}`, and `{{RANDOM-BASE64:BYTES:SEED}}`, an
 * attachment body of so many bytes in 76-column lines, the same for the same seed. All other bytes stay as they are, whatever
 * their charset.
 */
export function expandPlaceholders(sample: Buffer): Buffer {
  if (!sample.includes("{{")) return sample;
  const newline = sample.includes("\r\n") ? "\r\n" : "\n";
  const expanded = sample
    .toString("latin1")
    .replace(placeholder, (_all, name: string, bytes?: string, seed?: string) => {
      if (bytes === undefined) return texts[name] as string;
      return randomBase64(Number(bytes), seed ?? "", newline);
    });
  return Buffer.from(expanded, "latin1");
}

function randomBase64(bytes: number, seed: string, newline: string): string {
  if (bytes > longest) throw new Error(`a sample asks for ${bytes} random bytes; ${longest} is the most`);
  const body = seededBytes(bytes, seed);
  const lines: string[] = [];
  for (let at = 0; at < body.length; at += lineBytes) lines.push(body.toString("base64", at, at + lineBytes));
  return lines.join(newline);
}

// A stream cipher over zeros is the quickest even spread of bytes the platform has.
function seededBytes(count: number, seed: string): Buffer {
  const key = createHash("sha256").update(seed).digest();
  return createCipheriv("aes-256-ctr", key, Buffer.alloc(16)).update(Buffer.alloc(count));
}
