import type { MiddlewareHandler } from "hono";

/** Lets no request body of more than so many bytes through, whether its length was announced or it came in chunks. */
export function limitBody(longest: number): MiddlewareHandler {
  return async (context, next) => {
    const { url, method, headers, body } = context.req.raw;
    const chunks: Uint8Array[] = [];
    let size = 0;
    for await (const chunk of body ?? []) {
      size += chunk.length;
      if (size > longest) return context.text("Request too large", 413);
      chunks.push(chunk);
    }
    context.req.raw = new Request(url, { method, headers, body: Buffer.concat(chunks) });
    await next();
  };
}
