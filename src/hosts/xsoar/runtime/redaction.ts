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
  let finder = finderOf(secrets.concat(tokens));
  let tokenFinder = finderOf(tokens);
  return {
    redact: (text) => takeOut(text, finder),
    redactTokens: (text) => takeOut(text, tokenFinder),
    add(secret) {
      tokens.push(secret, toBase64(secret));
      finder = finderOf(secrets.concat(tokens));
      tokenFinder = finderOf(tokens);
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

/** Finds every way in which texts may write the secrets, the longest first; undefined where there is no secret. */
function finderOf(secrets: readonly string[]): RegExp | undefined {
  const written: string[] = [];
  secrets.forEach((secret) => {
    const asJson = [JSON.stringify(secret), toPythonJson(secret, "ascii")].map((text) => text.slice(1, -1));
    [secret, secret.replace(/\\/g, "\\\\"), encodeValue(secret)].concat(asJson).forEach((spelling) => {
      if (spelling !== "" && written.indexOf(spelling) < 0) written.push(spelling);
    });
  });
  if (written.length === 0) return undefined;
  written.sort((one, other) => other.length - one.length);
  return new RegExp(written.map((text) => text.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&")).join("|"), "g");
}

function takeOut(text: string, finder: RegExp | undefined): string {
  return finder === undefined ? text : text.replace(finder, standIn);
}
