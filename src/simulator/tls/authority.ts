import { webcrypto } from "node:crypto";
import type { X509Certificate } from "@peculiar/x509";

/** A private key and its certificate (and the chain above it), both PEM text. */
export interface KeyPair {
  key: string;
  cert: string;
}

/** What a certificate says of itself. Times are milliseconds since 1970. */
export interface CertificateSubject {
  dnsNames: string[];
  ipAddresses: string[];
  /** Whether it proves a server or a client. */
  role: "server" | "client";
  notBefore: number;
  notAfter: number;
}

/** A certificate authority that can issue. */
export interface Authority extends KeyPair {
  issue(subject: CertificateSubject): Promise<KeyPair>;
}

const algorithm = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };
const day = 86_400_000;

// Loading takes a tenth of a second, so only a start that has a certificate to make pays for it.
async function loadLibrary() {
  await import("reflect-metadata");
  return import("@peculiar/x509");
}

type Library = Awaited<ReturnType<typeof loadLibrary>>;

const newKeys = () => webcrypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);

async function keyPem(x509: Library, key: webcrypto.CryptoKey): Promise<string> {
  return x509.PemConverter.encode(await webcrypto.subtle.exportKey("pkcs8", key), "PRIVATE KEY");
}

const serialNumber = () => Buffer.from(webcrypto.getRandomValues(new Uint8Array(15))).toString("hex");

/** Makes a new certificate authority, valid for ten years from a day before `now`. */
export async function createAuthority(now: number): Promise<Authority> {
  const x509 = await loadLibrary();
  const keys = await newKeys();
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: serialNumber(),
    name: "CN=PPS simulator CA",
    keys,
    signingAlgorithm: algorithm,
    notBefore: new Date(now - day),
    notAfter: new Date(now + 3650 * day),
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return authority(x509, certificate, keys.privateKey, await keyPem(x509, keys.privateKey));
}

/** The authority that was written down earlier. Throws when key and certificate cannot be read. */
export async function openAuthority(pair: KeyPair): Promise<Authority> {
  const x509 = await loadLibrary();
  const encoded = x509.PemConverter.decode(pair.key)[0];
  if (!encoded) throw new Error("the CA key file holds no private key");
  const signingKey = await webcrypto.subtle.importKey("pkcs8", encoded, algorithm, false, ["sign"]);
  return authority(x509, new x509.X509Certificate(pair.cert), signingKey, pair.key);
}

function authority(
  x509: Library,
  certificate: X509Certificate,
  signingKey: webcrypto.CryptoKey,
  key: string,
): Authority {
  return {
    key,
    cert: certificate.toString("pem"),
    async issue(subject) {
      const keys = await newKeys();
      const issued = await x509.X509CertificateGenerator.create({
        serialNumber: serialNumber(),
        subject: `CN=${subject.dnsNames[0] ?? subject.ipAddresses[0] ?? "gateway"}`,
        issuer: certificate.subject,
        publicKey: keys.publicKey,
        signingKey,
        signingAlgorithm: algorithm,
        notBefore: new Date(subject.notBefore),
        notAfter: new Date(subject.notAfter),
        extensions: [
          new x509.BasicConstraintsExtension(false, undefined, true),
          new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
          new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage[`${subject.role}Auth`]]),
          new x509.SubjectAlternativeNameExtension([
            ...subject.dnsNames.map((value) => ({ type: "dns" as const, value })),
            ...subject.ipAddresses.map((value) => ({ type: "ip" as const, value })),
          ]),
          await x509.AuthorityKeyIdentifierExtension.create(certificate),
        ],
      });
      return { key: await keyPem(x509, keys.privateKey), cert: issued.toString("pem") };
    },
  };
}
