import { createRequire } from "node:module";
import { createSecureContext, getCACertificates, type SecureContext } from "node:tls";
import type { Dispatcher, Pool as PoolType } from "undici";
import { PpsError } from "../../core/errors.ts";
import type { Settings, TlsSettings } from "../options/settings.ts";
import type { Endpoint } from "./endpoint.ts";

// All of undici takes twice as long to load as its pool, and every call of the command line would wait for it. The
// package states no entry points of its own, so that its parts can be named; its version is pinned.
const load = createRequire(import.meta.url);

/** How TLS connections are made; the context is built once, since reading all roots takes a while. */
export interface TlsConnect {
  secureContext: SecureContext;
  rejectUnauthorized: boolean;
}

/** Throws PpsError `bad_input` for a certificate or key that cannot be used. */
export function createTlsConnect(tls: TlsSettings): TlsConnect {
  try {
    const secureContext = createSecureContext({
      minVersion: "TLSv1.2",
      // Without an own authority Node's roots are used as they are; a given list would replace them.
      ...(tls.ca === undefined ? {} : { ca: [...getCACertificates("default"), tls.ca] }),
      ...(tls.cert === undefined ? {} : { cert: tls.cert }),
      ...(tls.key === undefined ? {} : { key: tls.key }),
      ...(tls.passphrase === undefined ? {} : { passphrase: tls.passphrase }),
    });
    return { secureContext, rejectUnauthorized: !tls.insecure };
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? "unreadable";
    throw new PpsError("bad_input", `The certificate authority or client certificate cannot be used (${code}).`, {
      hint: "Check that ca and clientCertificate are whole PEM files, that the key belongs to the certificate, and its passphrase.",
    });
  }
}

/** For a proxy that is spoken to by TLS: always checked, and without our client certificate, which is for PPS alone. */
export function createProxyTls(tls: TlsSettings): TlsConnect {
  return createTlsConnect({ ca: tls.ca, cert: undefined, key: undefined, passphrase: undefined, insecure: false });
}

/** The connections to one endpoint: a pool of its own, through the proxy where there is one. */
export function createDispatcher(
  { url, proxy, tls }: Pick<Endpoint, "url" | "proxy" | "tls">,
  { timeoutMs: timeout, concurrency }: Pick<Settings, "timeoutMs" | "concurrency">,
): Dispatcher {
  // HTTP/1.1 alone: there a request is known to be unsent until its connection stands.
  const connect = { ...createTlsConnect(tls), allowH2: false, timeout };
  // The transport keeps one deadline for the whole request, so that undici's own are out of the way.
  const pool = { connections: concurrency, pipelining: 1, headersTimeout: 0, bodyTimeout: 0 };
  if (proxy === undefined) {
    const Pool = load("undici/lib/dispatcher/pool.js") as typeof PoolType;
    return new Pool(url.origin, { ...pool, connect });
  }
  // Its tunnels need what the whole package adds to its parts.
  const { ProxyAgent } = load("undici") as typeof import("undici");
  return new ProxyAgent({
    ...pool,
    uri: proxy.href,
    requestTls: connect,
    proxyTls: {
      allowH2: false,
      timeout,
      ...(proxy.protocol === "https:" ? createProxyTls(tls) : {}),
    },
  });
}
