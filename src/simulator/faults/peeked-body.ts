import { once } from "node:events";
import type { IncomingMessage } from "node:http";

const most = 1_000_000;

/** Reads a request body of announced length and puts it back, so that the next reader finds it whole. */
export async function peekBody(request: IncomingMessage): Promise<Buffer> {
  const length = Math.min(most, Number(request.headers["content-length"] ?? 0));
  const chunks: Buffer[] = [];
  let total = 0;
  while (total < length && !request.readableEnded) {
    const chunk = request.read() as Buffer | null;
    if (chunk === null) await once(request, "readable");
    else {
      chunks.push(chunk);
      total += chunk.length;
    }
  }
  const body = Buffer.concat(chunks);
  if (body.length > 0) request.unshift(body);
  return body;
}
