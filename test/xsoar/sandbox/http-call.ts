import { Agent, type Dispatcher, interceptors, ProxyAgent, request } from "undici";

/** What a script asks of the server's `http`. */
export interface HttpOrder {
  url: string;
  request: {
    Method?: string;
    Body?: string;
    Headers?: Record<string, string[]>;
    Username?: string;
    Password?: string;
    SaveToFile?: boolean;
  };
  insecure: boolean;
  useProxy: boolean;
  noRedirect: boolean;
  timeoutMs: number;
}

/** A finished call; a status of -1 when no whole answer came, and then `text` says why. */
export interface EndedCall {
  status: number;
  text: string;
  headers: Record<string, string[]>;
  body: Buffer;
}

export interface HttpCaller {
  send(order: HttpOrder): Promise<EndedCall>;
  close(): Promise<void>;
}

/** Makes real calls as the server's HTTP client does, which is Go's. */
export function createHttpCaller({ ca, proxy }: { ca?: string; proxy?: string }): HttpCaller {
  const agents = new Map<string, Dispatcher>();
  const agentFor = (order: HttpOrder): Dispatcher => {
    const through = order.useProxy ? proxy : undefined;
    const key = JSON.stringify([order.insecure, through]);
    const known = agents.get(key);
    if (known !== undefined) return known;
    const tls = { rejectUnauthorized: !order.insecure, ...(ca === undefined ? {} : { ca }) };
    const made =
      through === undefined ? new Agent({ connect: tls }) : new ProxyAgent({ uri: through, requestTls: tls });
    agents.set(key, made);
    return made;
  };
  return {
    async send(order) {
      const agent = agentFor(order);
      const follow = interceptors.redirect({ maxRedirections: 10 });
      try {
        const answer = await request(order.url, {
          dispatcher: order.noRedirect ? agent : agent.compose(follow),
          method: (order.request.Method ?? "GET") as Dispatcher.HttpMethod,
          headers: { "user-agent": "Go-http-client/1.1", ...headersOf(order) },
          body: order.request.Body ?? null,
          headersTimeout: 0,
          bodyTimeout: 0,
          signal: AbortSignal.timeout(order.timeoutMs),
        });
        return {
          status: answer.statusCode,
          text: `${answer.statusCode} ${answer.statusText}`.trim(),
          headers: canonical(answer.headers),
          body: Buffer.from(await answer.body.arrayBuffer()),
        };
      } catch (error) {
        return { status: -1, text: failureText(error as Error, order.url), headers: {}, body: Buffer.alloc(0) };
      }
    },
    async close() {
      await Promise.all([...agents.values()].map((agent) => agent.destroy()));
    },
  };
}

function headersOf({ request: { Headers = {}, Username, Password } }: HttpOrder): Record<string, string[] | string> {
  if (Username === undefined) return Headers;
  const basic = Buffer.from(`${Username}:${Password ?? ""}`).toString("base64");
  return { ...Headers, Authorization: `Basic ${basic}` };
}

/** Names as Go writes them, such as `Content-Type`, each with all its values. */
function canonical(headers: Record<string, string | string[] | undefined>): Record<string, string[]> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name.toLowerCase().replace(/(^|-)[a-z]/g, (start) => start.toUpperCase()),
      [value ?? ""].flat(),
    ]),
  );
}

/** The server's words for a transport failure, which are those of Go's client. */
function failureText(error: Error & { code?: string; cause?: unknown }, url: string): string {
  const { host } = new URL(url);
  const cause = error.cause instanceof Error ? (error.cause as Error & { code?: string }) : error;
  const code = cause.code ?? error.code ?? "";
  if (error.name === "TimeoutError") return "timeout: request was not answered in time";
  if (/CERT|SELF_SIGNED|UNABLE_TO|ALTNAME/.test(code)) return `Get "${url}": x509: ${cause.message}`;
  if (code === "ENOTFOUND" || code === "EAI_AGAIN") return `Get "${url}": dial tcp: lookup ${host}: no such host`;
  if (code === "ECONNREFUSED") return `Get "${url}": dial tcp ${host}: connect: connection refused`;
  if (code === "ECONNRESET") return `Get "${url}": read tcp ${host}: read: connection reset by peer`;
  if (/proxy/i.test(cause.message)) return `Get "${url}": proxyconnect tcp: ${cause.message}`;
  return `Get "${url}": unexpected EOF`;
}
