import { createPrivateKey, X509Certificate } from "node:crypto";
import { mkdirSync, readFileSync } from "node:fs";
import { isIP } from "node:net";
import { hostname } from "node:os";
import { join } from "node:path";
import { PpsError } from "../../../core/errors.ts";
import { refuseIfOthersRead, refuseIfOthersWrite } from "../state/state-directory.ts";
import { replaceFile } from "../state/whole-file.ts";
import { type KeyPair, makeCertificate } from "./certificate.ts";

/** What the server shows to its callers. */
export interface Identity extends KeyPair {
  /** SHA-256 of the certificate, as `openssl x509 -fingerprint -sha256` prints it. */
  fingerprint: string;
  /** The file callers need to trust a made certificate; absent with one of your own. */
  certificatePath?: string;
  /** It was made just now: whoever trusted an earlier one must be given this. */
  isNew: boolean;
}

const day = 86_400_000;

/** Reads a certificate of your own. Throws PpsError `bad_input` where key and certificate do not belong together. */
export function readIdentity({ cert, key }: KeyPair): Identity {
  const certificate = readOr("certificate", () => new X509Certificate(cert));
  const privateKey = readOr("private key", () => createPrivateKey(key));
  if (!certificate.checkPrivateKey(privateKey)) {
    throw new PpsError("bad_input", "The private key does not belong to the certificate of the server.", {
      hint: "Give the server's own certificate first in its file, before those that signed it.",
    });
  }
  return { cert, key, fingerprint: certificate.fingerprint256, isNew: false };
}

function readOr<T>(what: string, read: () => T): T {
  try {
    return read();
  } catch {
    throw new PpsError("bad_input", `The ${what} of the server is no PEM that can be read.`, {
      hint: "A private key must stand in its file without a passphrase.",
    });
  }
}

/**
 * Reads the made certificate back, or makes one: at the first start, when it ends soon, or when `host` is not in it.
 * Throws PpsError `bad_input` where others can read the key or change the directory.
 */
export async function keepIdentity(directory: string, host: string, now: number = Date.now()): Promise<Identity> {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const certificatePath = join(directory, "server.pem");
  const keyPath = join(directory, "server.key");
  refuseIfOthersWrite(directory, "700");
  const kept = readKept(certificatePath, keyPath);
  if (kept !== undefined) refuseIfOthersRead(keyPath);
  if (kept !== undefined && isFit(kept, host, now)) return { ...kept, certificatePath };
  const made = await makeCertificate({
    ...namesFor(host, [hostname()]),
    notBefore: now - day,
    notAfter: now + 820 * day,
  });
  replaceFile(keyPath, made.key);
  replaceFile(certificatePath, made.cert);
  return { ...readIdentity(made), certificatePath, isNew: true };
}

function readKept(certificatePath: string, keyPath: string): Identity | undefined {
  try {
    return readIdentity({ cert: readFileSync(certificatePath, "utf8"), key: readFileSync(keyPath, "utf8") });
  } catch {
    // Missing, or left half made by a start that was killed: it is made anew.
    return undefined;
  }
}

function namesFor(host: string, others: readonly string[] = []): { dnsNames: string[]; ipAddresses: string[] } {
  const dnsNames = new Set(["localhost", ...others.map((name) => name.toLowerCase())]);
  const ipAddresses = new Set(["127.0.0.1", "::1"]);
  if (isIP(host) === 0) dnsNames.add(host.toLowerCase());
  // All addresses at once are no name to be reached by.
  else if (!/^[0.:]+$/.test(host)) ipAddresses.add(host);
  return { dnsNames: [...dnsNames], ipAddresses: [...ipAddresses] };
}

/** The machine's own name is not asked for: with a new one, as every container has, callers would have to trust anew. */
function isFit({ cert }: KeyPair, host: string, now: number): boolean {
  const certificate = new X509Certificate(cert);
  const { dnsNames, ipAddresses } = namesFor(host);
  return (
    Date.parse(certificate.validTo) > now + 30 * day &&
    dnsNames.every((name) => certificate.checkHost(name) !== undefined) &&
    ipAddresses.every((address) => certificate.checkIP(address) !== undefined)
  );
}
