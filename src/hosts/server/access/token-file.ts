import { readFileSync } from "node:fs";
import { PpsError } from "../../../core/errors.ts";
import { refuseIfOthersWrite } from "../state/state-directory.ts";
import { replaceFile } from "../state/whole-file.ts";
import { type Scope, scopes } from "./holder.ts";

/** A token as it is kept: all but the token itself. */
export interface StoredToken {
  id: string;
  name: string;
  scopes: Scope[];
  profiles: string[];
  /** Of the whole token, in hex. No salt: it stands for 32 random bytes, which nobody guesses. */
  sha256: string;
  created: string;
  revoked?: string;
}

/** The tokens in a file; none where there is no file. Throws PpsError `bad_input` for a file that is not as written here. */
export function readTokenFile(path: string): StoredToken[] {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === "ENOENT") return [];
    throw unusable(path, `it cannot be read (${code})`);
  }
  refuseIfOthersWrite(path, "600");
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    throw unusable(path, "it is not JSON");
  }
  const { version, tokens } = (content ?? {}) as { version?: unknown; tokens?: unknown };
  if (version !== 1 || !Array.isArray(tokens)) throw unusable(path, "it has no list of tokens of version 1");
  tokens.forEach((token: unknown, index) => {
    if (!isStoredToken(token)) throw unusable(path, `token ${index + 1} in it is damaged`);
  });
  return tokens;
}

export function writeTokenFile(path: string, tokens: readonly StoredToken[]): void {
  replaceFile(path, `${JSON.stringify({ version: 1, tokens }, undefined, 2)}\n`);
}

function isStoredToken(value: unknown): value is StoredToken {
  if (typeof value !== "object" || value === null) return false;
  const { id, name, scopes: rights, profiles, sha256, created, revoked } = value as Record<string, unknown>;
  return (
    isText(id) &&
    isText(name) &&
    isTextList(rights) &&
    rights.every((right) => (scopes as readonly string[]).includes(right)) &&
    isTextList(profiles) &&
    isText(sha256) &&
    /^[0-9a-f]{64}$/.test(sha256) &&
    isTime(created) &&
    (revoked === undefined || isTime(revoked))
  );
}

function isText(value: unknown): value is string {
  return typeof value === "string" && value !== "";
}

function isTextList(value: unknown): value is string[] {
  return Array.isArray(value) && value.every(isText);
}

function isTime(value: unknown): value is string {
  return isText(value) && !Number.isNaN(Date.parse(value));
}

function unusable(path: string, what: string): PpsError {
  return new PpsError("bad_input", `The token file ${path} cannot be used: ${what}.`, {
    hint: "Bring it back from a backup, or move it away and make new tokens with pps tokens create.",
  });
}
