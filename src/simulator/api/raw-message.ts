import type { RouteParts } from "./parts.ts";

/** The raw mail with this guid from whatever folder, or a 404 (pps-api.md 3). Letter case counts. */
export function rawMessage({ store, quirks, refusals }: RouteParts, guid: string): Response {
  const message = store.findByGuid(guid);
  if (message !== undefined) {
    return new Response(new Uint8Array(store.raw(message)), {
      headers: { "Content-Type": quirks["raw-content-type"] },
    });
  }
  switch (quirks["raw-absent-body"]) {
    case "text":
      return new Response(refusals.make("gone", guid).message, { status: 404 });
    case "html":
      return new Response("<html><head><title>404 Not Found</title></head><body><h1>Not Found</h1></body></html>", {
        status: 404,
        headers: { "Content-Type": "text/html" },
      });
    case "empty":
      return new Response(null, { status: 404 });
  }
}
