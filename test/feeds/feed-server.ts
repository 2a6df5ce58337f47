import type { ServerResponse } from "node:http";
import type { Authority } from "../../src/simulator/tls/authority.ts";
import { type Answering, type Seen, startHttps, type TestServer } from "../client/https-server.ts";

/** Documents by their path, without the query; a test may change them while the server runs. */
export type Documents = Record<string, Answering>;

export interface FeedServer extends TestServer {
  documents: Documents;
}

/** A real HTTPS server that keeps feeds; what it does not keep is 404. */
export async function startFeeds(authority: Authority, documents: Documents = {}): Promise<FeedServer> {
  const server = await startHttps(authority, (request, response, socket) => {
    const answer = documents[pathOf(request)];
    if (answer === undefined) return status(404)(request, response, socket);
    return answer(request, response, socket);
  });
  return { ...server, documents };
}

const pathOf = ({ url }: Seen) => url.split("?")[0] ?? "";

const queryOf = ({ url }: Seen) => new URLSearchParams(url.split("?")[1] ?? "");

/** A document as it is. */
export function document(text: string, type = "text/plain"): Answering {
  return (_request, response) => send(response, 200, text, type);
}

/** A status, with nothing to read. */
export function status(code: number, headers: Record<string, string> = {}): Answering {
  return (_request, response) => response.writeHead(code, headers).end();
}

export function redirect(to: string, code = 302): Answering {
  return status(code, { location: to });
}

/** The first answers, one after another; then the last of them again and again. */
export function inTurn(...answers: Answering[]): Answering {
  let next = 0;
  return (...given) => answers[Math.min(next++, answers.length - 1)]?.(...given);
}

/** Promises more than it sends, and hangs up. */
export function cutShort(text: string): Answering {
  return (_request, response, socket) => {
    response.writeHead(200, { "content-length": String(text.length + 100) });
    response.write(text, () => socket.destroy());
  };
}

/** Lets nobody in who does not show this. */
export function behind(authorization: string, answer: Answering): Answering {
  return (request, response, socket) => {
    const isLetIn = request.headers.authorization === authorization;
    return isLetIn ? answer(request, response, socket) : status(401)(request, response, socket);
  };
}

/** As Basic authentication writes it. */
export const basic = (username: string, password: string) =>
  `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}`;

/** The objects of a TAXII 2.1 collection; `by` is how the next page is asked for. */
export function taxiiObjects(
  objects: readonly object[],
  { most = 2, by = "next" }: { most?: number; by?: "next" | "date" } = {},
): Answering {
  return (request, response) => {
    if (!String(request.headers.accept).startsWith("application/taxii+json")) return send(response, 406, "", "");
    const query = queryOf(request);
    const start = by === "next" ? Number(query.get("next") ?? 0) : indexOfDate(query.get("added_after"));
    const end = Math.min(start + Math.min(most, Number(query.get("limit") ?? most)), objects.length);
    const more = end < objects.length;
    response.setHeader("x-taxii-date-added-last", dateAt(end - 1));
    const body = { more, ...(more && by === "next" ? { next: String(end) } : {}), objects: objects.slice(start, end) };
    return send(response, 200, JSON.stringify(body), "application/taxii+json;version=2.1");
  };
}

/** Objects were added a second apart. */
const dateAt = (index: number) => new Date(Date.UTC(2026, 0, 1) + index * 1000).toISOString();
const indexOfDate = (date: string | null) => (date === null ? 0 : (Date.parse(date) - Date.UTC(2026, 0, 1)) / 1000 + 1);

/** A STIX 2.1 indicator of a sender. */
export function indicator(address: string, more: object = {}) {
  return {
    type: "indicator",
    spec_version: "2.1",
    id: `indicator--00000000-0000-4000-8000-${Buffer.from(address).toString("hex").slice(-12).padStart(12, "0")}`,
    pattern: `[email-message:from_ref.value = '${address}']`,
    pattern_type: "stix",
    created: "2026-03-01T00:00:00Z",
    modified: "2026-03-01T00:00:00Z",
    valid_from: "2026-03-01T00:00:00Z",
    ...more,
  };
}

export function bundle(objects: readonly object[]): string {
  return JSON.stringify({ type: "bundle", id: "bundle--00000000-0000-4000-8000-000000000000", objects });
}

function send(response: ServerResponse, code: number, text: string, type: string) {
  return response.writeHead(code, { "content-type": type }).end(text);
}
