import type { MailAuthentication } from "../../core/mail-file.ts";

const mostVerdicts = 50;
const longestDetail = 300;

/**
 * Reads Authentication-Results headers (RFC 8601), topmost first. Only those of the server that wrote the topmost one
 * count: those below may come from the sender.
 */
export function readAuthentication(headers: readonly string[]): MailAuthentication[] {
  const parsed = headers.map(splitParts);
  const server = readServer(parsed[0]);
  return parsed
    .filter((parts) => readServer(parts) === server)
    .flatMap((parts) => parts.slice(1).flatMap(readVerdict))
    .slice(0, mostVerdicts);
}

/** Who wrote the topmost of these headers, by its own word (RFC 8601, 2.5: authserv-id), in lower case; "" where it says none. */
export function readAuthenticationServer([topmost]: readonly string[]): string {
  return topmost === undefined ? "" : readServer(splitParts(topmost));
}

function readServer(parts: readonly string[] | undefined): string {
  return (
    (parts?.[0] ?? "")
      .replace(/\([^()]*\)/g, " ")
      .trim()
      .split(/\s+/)[0]
      ?.toLowerCase() ?? ""
  );
}

function readVerdict(part: string): MailAuthentication[] {
  const match = /^\s*([a-z0-9_-]+)(?:\s*\/\s*\d+)?\s*=\s*([a-z0-9_-]+)([\s\S]*)$/i.exec(part);
  if (match === null) return [];
  const [, method = "", result = "", rest = ""] = match;
  const detail = rest.replace(/\s+/g, " ").trim().slice(0, longestDetail);
  return [{ method: method.toLowerCase(), result: result.toLowerCase(), detail }];
}

/** Splits at semicolons that stand neither in quotes nor in a comment. */
function splitParts(header: string): string[] {
  const parts: string[] = [];
  let part = "";
  let depth = 0;
  let quoted = false;
  for (let at = 0; at < header.length; at++) {
    const character = header.charAt(at);
    if (character === "\\") {
      part += header.slice(at, at + 2);
      at++;
      continue;
    }
    if (character === '"' && depth === 0) quoted = !quoted;
    if (!quoted && character === "(") depth++;
    if (!quoted && character === ")" && depth > 0) depth--;
    if (character === ";" && !quoted && depth === 0) {
      parts.push(part);
      part = "";
    } else part += character;
  }
  parts.push(part);
  return parts;
}
