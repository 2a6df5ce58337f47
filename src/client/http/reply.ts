import type { IncomingHttpHeaders } from "node:http";
import type { MailFile } from "../../core/mail-file.ts";
import { findRequestId } from "../../core/request-id.ts";
import type { Reply } from "../../core/steps.ts";
import type { Authorization } from "../options/credentials.ts";

/** An answer as it came over the wire. */
export interface RawReply {
  status: number;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

/** Turns an HTTP answer into what commands read, with the credentials blotted out where a page repeats them. */
export function readReply(
  raw: RawReply,
  expect: "text" | "file",
  authorization: Pick<Authorization, "redact" | "redactToken">,
): Reply {
  const headers = readHeaders(raw.headers, authorization.redactToken);
  const requestId = findRequestId(headers, authorization.redact);
  const success = raw.status >= 200 && raw.status < 300;
  const asFile = expect === "file" && success;
  const text = asFile ? "" : decode(raw.body, headers["content-type"]);
  const isData = success && /^\s*[[{]/.test(text);
  return {
    status: raw.status,
    headers,
    text: isData ? authorization.redactToken(text) : authorization.redact(text),
    ...(asFile ? { file: createMailFile(raw.body) } : {}),
    ...(requestId === undefined ? {} : { requestId }),
  };
}

/** Bytes as commands hold them. */
export function createMailFile(bytes: Uint8Array): MailFile {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return { handle: bytes, sizeBytes: bytes.byteLength, head: view.toString("latin1", 0, 512) };
}

/** The bytes of a downloaded message. */
export function fileBytes(file: MailFile): Uint8Array {
  if (file.handle instanceof Uint8Array) return file.handle;
  throw new TypeError("This file is none of this client's.");
}

function readHeaders(headers: IncomingHttpHeaders, redact: (text: string) => string): Record<string, string> {
  const read: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    // Cookies are of no use here and would only be one more secret to keep.
    if (value === undefined || name === "set-cookie") continue;
    read[name.toLowerCase()] = redact(Array.isArray(value) ? value.join(", ") : value);
  }
  return read;
}

function decode(body: Buffer, contentType: string | undefined): string {
  const charset = /charset\s*=\s*"?([^";\s]+)/i.exec(contentType ?? "")?.[1] ?? "utf-8";
  try {
    return new TextDecoder(charset).decode(body);
  } catch {
    return new TextDecoder().decode(body);
  }
}
