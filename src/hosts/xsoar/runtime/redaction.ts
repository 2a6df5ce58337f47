import { toPythonJson } from "../entries/python-json.ts";
import { toBase64 } from "./base64.ts";
import { encodeValue } from "./uri-text.ts";

/** Takes secrets out of texts. */
export interface Redaction {
  /** Takes every secret out. */
  redact(text: string): string;
  /** Takes out only what cannot stand there by chance: a password may be a word that mail uses as well. */
  redactTokens(text: string): string;
  /** Counts a further secret in, such as a token that was fetched. */
  add(secret: string): void;
}

const standIn = "<XX_REPLACED>";

const secretKey = /key|private|password|secret|token|credentials|service_account/i;

/**
 * Knows the secrets of an instance: every text parameter, at any depth, whose name tells of one, its base64, and that of
 * `identifier:password`, each also as JSON, backslashes and addresses write it. The longest goes first, since one may be
 * part of another.
 */
export function createRedaction(params: Readonly<Record<string, unknown>>): Redaction {
  const secrets: string[] = [];
  const tokens: string[] = [];
  collect(params, secrets, tokens);
  let written = spell(secrets.concat(tokens));
  let writtenTokens = spell(tokens);
  return {
    redact: (text) => takeOut(text, written),
    redactTokens: (text) => takeOut(text, writtenTokens),
    add(secret) {
      tokens.push(secret, toBase64(secret));
      written = spell(secrets.concat(tokens));
      writtenTokens = spell(tokens);
    },
  };
}

function collect(params: Readonly<Record<string, unknown>>, secrets: string[], tokens: string[]): void {
  Object.keys(params).forEach((key) => {
    const value = params[key];
    if (typeof value === "string" && secretKey.test(key) && value !== "") {
      secrets.push(value, toBase64(value));
    } else if (typeof value === "object" && value !== null) {
      const inner = value as Record<string, unknown>;
      const { identifier, password } = inner;
      if (typeof identifier === "string" && typeof password === "string" && password !== "") {
        tokens.push(toBase64(`${identifier}:${password}`));
      }
      collect(inner, secrets, tokens);
    }
  });
}

/** Every way in which texts may write the secrets, the longest first, each once. */
function spell(secrets: readonly string[]): string[] {
  const written: string[] = [];
  secrets.forEach((secret) => {
    const asJson = [JSON.stringify(secret), toPythonJson(secret, "ascii")].map((text) => text.slice(1, -1));
    [secret, secret.replace(/\\/g, "\\\\"), encodeValue(secret)].concat(asJson).forEach((spelling) => {
      if (spelling !== "" && written.indexOf(spelling) < 0) written.push(spelling);
    });
  });
  return written.sort((one, other) => other.length - one.length);
}

/** What is left between secrets is looked through for the next one; the stand-ins are not, which may hold a short one. */
function takeOut(text: string, secrets: readonly string[]): string {
  return secrets
    .reduce((pieces, secret) => pieces.reduce((left: string[], piece) => left.concat(piece.split(secret)), []), [text])
    .join(standIn);
}
