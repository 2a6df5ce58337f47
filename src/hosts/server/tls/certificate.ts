import { webcrypto } from "node:crypto";

/** A private key and its certificate (and the chain above it), both PEM text. */
export interface KeyPair {
  key: string;
  cert: string;
}

/** Whom a certificate is for, and how long; milliseconds since 1970. */
export interface CertificateOrder {
  dnsNames: readonly string[];
  ipAddresses: readonly string[];
  notBefore: number;
  notAfter: number;
}

const algorithm = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };

/**
 * Makes a certificate that signs itself: clients trust it and nothing else by it, for it can sign no other. There is no
 * authority whose key could be stolen.
 */
export async function makeCertificate(order: CertificateOrder): Promise<KeyPair> {
  // Loading takes a tenth of a second, so only a start that has a certificate to make pays for it.
  await import("reflect-metadata");
  const x509 = await import("@peculiar/x509");
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: Buffer.from(webcrypto.getRandomValues(new Uint8Array(15))).toString("hex"),
    name: "CN=Proofpoint PS action server",
    keys,
    signingAlgorithm: algorithm,
    notBefore: new Date(order.notBefore),
    notAfter: new Date(order.notAfter),
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
      new x509.SubjectAlternativeNameExtension([
        ...order.dnsNames.map((value) => ({ type: "dns" as const, value })),
        ...order.ipAddresses.map((value) => ({ type: "ip" as const, value })),
      ]),
    ],
  });
  const key = x509.PemConverter.encode(await webcrypto.subtle.exportKey("pkcs8", keys.privateKey), "PRIVATE KEY");
  return { key: `${key}\n`, cert: `${certificate.toString("pem")}\n` };
}
