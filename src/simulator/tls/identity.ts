import { X509Certificate } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Authority, createAuthority, type KeyPair, openAuthority } from "./authority.ts";

/** `expired` and `wrong-name` are signed by the true CA and fail only for the reason they name. */
export type CertificateKind = "good" | "expired" | "wrong-name";

/** A certificate of the user's own, PEM text. `ca` is what clients are told to trust; absent, the certificate itself. */
export interface GivenCertificate extends KeyPair {
  ca?: string;
}

/** What the gateway shows on its ports, and the file a client needs to trust it. */
export interface Identity extends KeyPair {
  ca: string;
  caPath: string;
  /** A certificate for clients, where they are asked for one. */
  client?: ClientCertificate;
}

/** A client's key and certificate, PEM text, and the files they stand in. */
export interface ClientCertificate extends KeyPair {
  certPath: string;
  keyPath: string;
}

/** Which certificates are wanted, and where they are kept. */
export interface IdentityOptions {
  /** Where CA and certificate are kept; read back when they are there already. */
  directory: string;
  kind: CertificateKind;
  given?: GivenCertificate;
  /** Whether clients must show a certificate of the CA. */
  asksClients: boolean;
  /** Milliseconds since 1970, of the machine's clock: clients judge by theirs, not by the gateway's. */
  now: number;
}

const day = 86_400_000;
const local = { dnsNames: ["localhost"], ipAddresses: ["127.0.0.1", "::1"] };
const names = {
  good: local,
  expired: local,
  "wrong-name": { dnsNames: ["elsewhere.example.net"], ipAddresses: [] },
  client: { dnsNames: ["api-client"], ipAddresses: [] },
};

/** Reads the certificates of the directory, or makes them at the first start. */
export async function loadIdentity({ directory, kind, given, asksClients, now }: IdentityOptions): Promise<Identity> {
  mkdirSync(directory, { recursive: true });
  if (given) {
    if (asksClients)
      throw new Error("With a certificate of your own there is no CA key to issue client certificates with.");
    // Under a name of its own, so that the made CA stays whole for the next start without it.
    const caPath = join(directory, "given-ca.pem");
    const ca = given.ca ?? given.cert;
    writeFileSync(caPath, ca);
    return { key: given.key, cert: given.cert, ca, caPath };
  }
  const caPath = join(directory, "ca.pem");
  const ca = await keptAuthority(directory, caPath, now);
  const server = await keptCertificate(directory, kind, ca, now);
  const identity = { key: server.key, cert: server.cert, ca: ca.cert, caPath };
  return asksClients ? { ...identity, client: await keptCertificate(directory, "client", ca, now) } : identity;
}

async function keptAuthority(
  directory: string,
  caPath: string,
  now: number,
): Promise<Pick<Authority, "cert" | "issue">> {
  const keyPath = join(directory, "ca.key");
  if (existsSync(keyPath) && existsSync(caPath)) {
    const pair = { key: readFileSync(keyPath, "utf8"), cert: readFileSync(caPath, "utf8") };
    const issue: Authority["issue"] = async (subject) => (await openAuthority(pair)).issue(subject);
    if (isValidFor(pair.cert, now)) return { cert: pair.cert, issue };
  }
  const made = await createAuthority(now);
  writeFileSync(keyPath, made.key, { mode: 0o600 });
  writeFileSync(caPath, made.cert);
  return made;
}

async function keptCertificate(
  directory: string,
  kind: CertificateKind | "client",
  ca: Pick<Authority, "cert" | "issue">,
  now: number,
): Promise<ClientCertificate> {
  const certPath = join(directory, `${kind}.pem`);
  const keyPath = join(directory, `${kind}.key`);
  if (existsSync(certPath) && existsSync(keyPath)) {
    const pair = { cert: readFileSync(certPath, "utf8"), key: readFileSync(keyPath, "utf8"), certPath, keyPath };
    const signed = new X509Certificate(pair.cert).verify(new X509Certificate(ca.cert).publicKey);
    if (signed && (kind === "expired" || isValidFor(pair.cert, now))) return pair;
  }
  const pair = await ca.issue({
    ...names[kind],
    role: kind === "client" ? "client" : "server",
    notBefore: now - (kind === "expired" ? 30 : 1) * day,
    notAfter: kind === "expired" ? now - day : now + 820 * day,
  });
  writeFileSync(keyPath, pair.key, { mode: 0o600 });
  writeFileSync(certPath, pair.cert);
  return { ...pair, certPath, keyPath };
}

// A certificate on its last day is made anew rather than dying under a running test.
const isValidFor = (pem: string, now: number) => Date.parse(new X509Certificate(pem).validTo) > now + day;
