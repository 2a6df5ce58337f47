import { X509Certificate } from "node:crypto";
import { chmodSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { temporaryDirectory } from "../../../../test/temporary-directory.ts";
import { makeCertificate } from "./certificate.ts";
import { keepIdentity, readIdentity } from "./identity.ts";

const day = 86_400_000;

test("the made key is its owner's alone, and the certificate signs nothing but itself", async () => {
  const directory = temporaryDirectory();
  const { cert } = await keepIdentity(directory, "127.0.0.1");
  expect(statSync(join(directory, "server.key")).mode & 0o077).toBe(0);
  const certificate = new X509Certificate(cert);
  expect(certificate.ca).toBe(false);
  expect(certificate.verify(certificate.publicKey)).toBe(true);
});

test.each([
  ["the host has another name", { host: "pps-gate.example.com" }],
  ["it ends within a month", { host: "127.0.0.1", now: Date.now() + 800 * day }],
  ["its key is lost", { host: "127.0.0.1", lost: "server.key" }],
])(
  "a certificate is made anew when %s",
  async (_why, { host, now, lost }: { host: string; now?: number; lost?: string }) => {
    const directory = temporaryDirectory();
    const first = await keepIdentity(directory, "127.0.0.1");
    if (lost !== undefined) rmSync(join(directory, lost));
    const second = await keepIdentity(directory, host, now);
    expect(second.isNew).toBe(true);
    expect(second.fingerprint).not.toBe(first.fingerprint);
    if (host !== "127.0.0.1") expect(new X509Certificate(second.cert).checkHost(host)).toBe(host);
  },
);

test("a certificate outlives the machine's own name, which is another in every new container", async () => {
  const directory = temporaryDirectory();
  const made = await makeCertificate({
    dnsNames: ["localhost", "the-container-before"],
    ipAddresses: ["127.0.0.1", "::1"],
    notBefore: Date.now() - day,
    notAfter: Date.now() + 800 * day,
  });
  writeFileSync(join(directory, "server.key"), made.key, { mode: 0o600 });
  writeFileSync(join(directory, "server.pem"), made.cert);
  expect(await keepIdentity(directory, "0.0.0.0")).toMatchObject({ isNew: false, cert: made.cert });
});

test("a made key that others can read, and a place where they can put their own, are refused", async () => {
  const directory = temporaryDirectory();
  await keepIdentity(directory, "127.0.0.1");
  const key = join(directory, "server.key");
  chmodSync(key, 0o640);
  await expect(keepIdentity(directory, "127.0.0.1")).rejects.toThrow(`${key} can be read by other users`);
  chmodSync(key, 0o600);
  chmodSync(directory, 0o770);
  await expect(keepIdentity(directory, "127.0.0.1")).rejects.toThrow(`${directory} can be changed by other users`);
});

test("a key of another certificate, and what is no PEM, are refused in a sentence", async () => {
  const [one, other] = [
    await keepIdentity(temporaryDirectory(), "::1"),
    await keepIdentity(temporaryDirectory(), "::1"),
  ];
  expect(() => readIdentity({ cert: one.cert, key: other.key })).toThrow("does not belong to the certificate");
  expect(() => readIdentity({ cert: "x", key: one.key })).toThrow("The certificate of the server is no PEM");
});
