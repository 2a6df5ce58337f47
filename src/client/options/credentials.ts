import { readFile } from "node:fs/promises";
import { PpsError } from "../../core/errors.ts";

/** Where the user name and password come from; the password is fetched anew for every request. */
export interface Credentials {
  username: string;
  password: () => string | Promise<string>;
}

/** A file that holds a secret: what it is called, and the option that names it. */
export interface SecretFile {
  path: string;
  what: string;
  field: string;
}

/** Reads the first line of a file each time it is called. The function throws PpsError `bad_input` when there is none. */
export function secretFromFile({ path, what, field }: SecretFile): () => Promise<string> {
  return async () => {
    let text: string;
    try {
      text = await readFile(path, "utf8");
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code ?? "unreadable";
      throw new PpsError("bad_input", `The ${what} ${path} cannot be read (${code}).`, {
        field,
        hint: "Check the path and that this user may read the file.",
      });
    }
    // Editors end a file with a line break that is no part of the secret.
    const secret = text.replace(/^\uFEFF/, "").split(/\r?\n/, 1)[0] ?? "";
    if (secret === "") throw new PpsError("bad_input", `The ${what} ${path} has an empty first line.`, { field });
    return secret;
  };
}

/** How a request shows who it is from, and how to blot that out of what comes back. */
export interface Authorization {
  /** The Authorization header; undefined where the body says it. */
  header: string | undefined;
  /** Takes out the header's token, which occurs nowhere by chance. */
  redactToken: (text: string) => string;
  /** Takes out the password too; in mail data it may be an ordinary word, so that this is for everything else. */
  redact: (text: string) => string;
}

/** Basic authentication in UTF-8, sent at once with every request (pps-api.md 1). */
export async function authorize(credentials: Credentials): Promise<Authorization> {
  const password = await credentials.password();
  if (typeof password !== "string" || password === "") {
    throw new PpsError("bad_input", "The password is empty.", { field: "password" });
  }
  const token = Buffer.from(`${credentials.username}:${password}`, "utf8").toString("base64");
  return {
    header: `Basic ${token}`,
    redactToken: createRedactor([token]),
    redact: createRedactor([token, password]),
  };
}

/** Blots out the given secrets; very short ones stay, since they are part of ordinary words. */
export function createRedactor(secrets: readonly string[]): (text: string) => string {
  const spellings = secrets
    .filter((secret) => secret.length >= 4)
    .flatMap((secret) => [
      secret,
      encodeURIComponent(secret.toWellFormed()),
      new URLSearchParams([["", secret]]).toString().slice(1),
      JSON.stringify(secret).slice(1, -1),
      toHtml(secret, "&#39;"),
      toHtml(secret, "&#x27;"),
    ]);
  // Longest first: a token may hold the password within it.
  const unique = [...new Set(spellings)].sort((a, b) => b.length - a.length);
  return (text) => unique.reduce((rest, secret) => rest.split(secret).join("[secret]"), text);
}

/** As a web page writes a text. */
function toHtml(text: string, apostrophe: string): string {
  const references: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
  return text.replace(/[&<>"']/g, (character) => references[character] ?? apostrophe);
}
