/** What to do about the failures whose remedy depends on who was asked: one sentence each. */
export interface Advice {
  "connection-refused": string;
  "no-route": string;
  "connect-timeout": string;
  "tls-unknown-authority": string;
  "tls-expired": string;
  "tls-not-spoken": string;
  "tls-client-certificate": string;
  "tls-other": string;
  "connect-reset": string;
  timeout: string;
  reset: string;
  "cut-short": string;
  "not-http": string;
  redirect: string;
}

/** For PPS, which stands in the site's own network or in Proofpoint's. */
export const ppsAdvice: Advice = {
  "connection-refused": "Check the host and port; the PPS API listens on port 10000.",
  "no-route": "Check the network, VPN and firewall between this machine and PPS.",
  "connect-timeout": "A firewall may be dropping the connection; the PPS API listens on port 10000.",
  "tls-unknown-authority":
    "Give the certificate of the authority that signed it (option ca, PPS_CA); on premises it is often PPS's own.",
  "tls-expired": "Renew the certificate on PPS, and check this machine's clock.",
  "tls-not-spoken": "Check the port; the PPS API listens on port 10000.",
  "tls-client-certificate": "Give the option clientCertificate with a certificate that PPS trusts.",
  "tls-other": "PPS needs TLS 1.2 or newer; pps doctor shows the certificate and the protocol.",
  "connect-reset": "Try again; if it stays so, something between this machine and PPS may be blocking TLS.",
  timeout: "Narrow the search or raise the timeout (option timeoutMs, PPS_TIMEOUT_MS).",
  reset:
    "Try again; PPS or a proxy may be restarting or overloaded, or may ask for a client certificate (option clientCertificate).",
  "cut-short": "Try again; PPS or a proxy may be restarting or overloaded.",
  "not-http": "Check the host and port; the PPS API listens on port 10000.",
  redirect: "Check the address: it must be that of the PPS API (port 10000), not of a login page or portal.",
};

/** For a server of Proofpoint's cloud, whose address stands in the option and variable named. */
export function cloudAdvice(option: string, variable: string): Advice {
  const address = `Check the address (option ${option}, ${variable})`;
  const way = "this machine, or its proxy (option proxy, PPS_PROXY), must be let through to it";
  return {
    "connection-refused": `${address}, and the firewall: ${way}.`,
    "no-route": `Check the network and firewall: ${way}.`,
    "connect-timeout": `A firewall may be dropping the connection: ${way}.`,
    "tls-unknown-authority":
      "A proxy or firewall on the way may be reading the connection: give the certificate of its authority (option ca, PPS_CA).",
    "tls-expired": "Check this machine's clock, and whether a proxy or firewall on the way answers instead.",
    "tls-not-spoken": `${address}.`,
    "tls-client-certificate": `${address}; the cloud asks for no client certificate, and none is sent there.`,
    "tls-other": "TLS 1.2 or newer is spoken; a proxy or firewall on the way may be in between.",
    "connect-reset": "Try again; if it stays so, a proxy or firewall on the way may be blocking the connection.",
    timeout: "Try again, or raise the timeout (option timeoutMs, PPS_TIMEOUT_MS).",
    reset: "Try again; the service or a proxy may be overloaded.",
    "cut-short": "Try again; the service or a proxy may be overloaded.",
    "not-http": `${address}.`,
    redirect: `${address}: redirects are not followed, so that no secret reaches another server.`,
  };
}
