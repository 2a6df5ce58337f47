import type { OutgoingHttpHeaders, ServerResponse } from "node:http";

/** A whole answer that was written but has not left yet. */
export interface CapturedAnswer {
  status: number;
  headers: OutgoingHttpHeaders;
  body: Buffer;
}

type Callback = () => void;

/** Holds back whatever is written to a response until its end; from then on the response is as new. */
export function captureAnswer(response: ServerResponse): Promise<CapturedAnswer> {
  const chunks: Buffer[] = [];
  let headers: OutgoingHttpHeaders = {};
  const take = (chunk: unknown, rest: unknown[]) => {
    const encoding = typeof rest[0] === "string" ? (rest[0] as BufferEncoding) : "utf8";
    if (typeof chunk === "string") chunks.push(Buffer.from(chunk, encoding));
    else if (chunk instanceof Uint8Array) chunks.push(Buffer.from(chunk));
  };
  const call = (candidates: unknown[]) => {
    (candidates.find((candidate) => typeof candidate === "function") as Callback | undefined)?.();
  };
  return new Promise((resolve) => {
    const heldBack = {
      writeHead(status: number, ...rest: unknown[]) {
        response.statusCode = status;
        headers = { ...headers, ...namedHeaders(rest.at(-1)) };
        return response;
      },
      flushHeaders() {},
      write(chunk: unknown, ...rest: unknown[]) {
        take(chunk, rest);
        call(rest);
        return true;
      },
      end(...all: unknown[]) {
        take(all[0], all.slice(1));
        for (const name of Object.keys(heldBack)) Reflect.deleteProperty(response, name);
        headers = { ...response.getHeaders(), ...headers };
        for (const name of response.getHeaderNames()) response.removeHeader(name);
        resolve({ status: response.statusCode, headers, body: Buffer.concat(chunks) });
        call(all);
        return response;
      },
    };
    Object.assign(response, heldBack);
  });
}

// Headers come as an object, or as one flat list of names and values.
function namedHeaders(given: unknown): OutgoingHttpHeaders {
  if (typeof given !== "object" || given === null) return {};
  if (!Array.isArray(given)) return lowerCased(Object.entries(given));
  const pairs = Array.from(
    { length: given.length / 2 },
    (_, at) => [String(given[2 * at]), given[2 * at + 1]] as const,
  );
  return lowerCased(pairs);
}

const lowerCased = (pairs: readonly (readonly [string, unknown])[]) =>
  Object.fromEntries(pairs.map(([name, value]) => [name.toLowerCase(), value])) as OutgoingHttpHeaders;
