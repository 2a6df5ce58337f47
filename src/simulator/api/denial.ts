import type { Quirks } from "../quirks.ts";

const titles = { 401: "Unauthorized", 403: "Forbidden" } as const;

/** The answer to wrong credentials (401, asking for better ones) or a lacking module (403); its body is not public (pps-api.md 1). */
export function denial(status: 401 | 403, quirks: Quirks, challenge = 'Basic realm="Proofpoint"'): Response {
  const title = titles[status];
  const headers: Record<string, string> = status === 401 ? { "WWW-Authenticate": challenge } : {};
  const answer = (type: string, body: string) =>
    new Response(body, { status, headers: { ...headers, "Content-Type": type } });
  switch (quirks["denied-body"]) {
    case "text":
      return answer("text/plain", title);
    case "html":
      return answer(
        "text/html",
        `<html><head><title>${status} ${title}</title></head><body><h1>${title}</h1></body></html>`,
      );
    case "json":
      return answer("application/json", JSON.stringify({ status, error: title }));
    case "empty":
      return new Response(null, { status, headers });
  }
}
