import type { IncomingMessage } from "node:http";
import { PpsError } from "../../../core/errors.ts";
import { Problem } from "../routes/problem.ts";

/** Reads a request's body as UTF-8 text. Throws Problem `too_large` as soon as it is known to be longer. */
export async function readBody(request: IncomingMessage, mostBytes: number): Promise<string> {
  const tooLarge = () =>
    new Problem("too_large", `The body is larger than the ${mostBytes} bytes that are taken.`, {
      hint: "Divide the work over several calls; for a mail that is larger, start the server with a higher --max-body.",
    });
  if (Number(request.headers["content-length"] ?? 0) > mostBytes) throw tooLarge();
  const chunks: Buffer[] = [];
  let size = 0;
  // Left unread, the rest of a body that is too large would be read to its end by the loop's own cleaning up.
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > mostBytes) throw tooLarge();
    chunks.push(chunk);
  }
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(Buffer.concat(chunks));
  } catch {
    throw new PpsError("bad_input", "The body is not UTF-8.");
  }
}
