import type { Advice } from "../http/advice.ts";

const address = "Check the address of the feed";
const way = "this machine, or its proxy (option proxy, PPS_PROXY), must be let through to it";

/** For whoever keeps a feed, anywhere on the Internet or in the site's own network. */
export const feedAdvice: Advice = {
  "connection-refused": `${address}, and the firewall: ${way}.`,
  "no-route": `Check the network and firewall: ${way}.`,
  "connect-timeout": `A firewall may be dropping the connection: ${way}.`,
  "tls-unknown-authority":
    "Give the certificate of the authority that signed it, or of the proxy's (option ca, PPS_CA).",
  "tls-expired": "Whoever keeps the feed has to renew it; check this machine's clock too.",
  "tls-not-spoken": `${address} and its port.`,
  "tls-client-certificate":
    "Feeds that want a client certificate are not supported; fetch it yourself and hand it over as a file.",
  "tls-other": "TLS 1.2 or newer is spoken; a proxy or firewall on the way may be in between.",
  "connect-reset": "Try again; if it stays so, a proxy or firewall on the way may be blocking the connection.",
  timeout: "Try again, or raise the timeout (option timeoutMs, PPS_TIMEOUT_MS).",
  reset: "Try again; the server of the feed or a proxy may be overloaded.",
  "cut-short": "Try again; the server of the feed or a proxy may be overloaded.",
  "not-http": `${address} and its port.`,
  redirect: `${address}: it may have moved.`,
};
