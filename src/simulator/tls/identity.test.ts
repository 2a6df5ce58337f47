import { readFileSync } from "node:fs";
import { request } from "node:https";
import { join } from "node:path";
import { expect, test } from "vitest";
import { temporaryDirectory } from "../../../test/temporary-directory.ts";
import { type CertificateKind, loadIdentity } from "./identity.ts";
import { openSecureListener } from "./secure-listener.ts";

const directory = temporaryDirectory();

const load = (kind: CertificateKind) => loadIdentity({ directory, kind, asksClients: false, now: Date.now() });

async function visit(kind: CertificateKind, host = "127.0.0.1"): Promise<string> {
  const identity = await load(kind);
  const listener = await openSecureListener({
    port: 0,
    identity,
    listener: (_request, response) => response.end("hello"),
    refuses: () => false,
  });
  try {
    return await new Promise((resolve) => {
      const visitor = request({ host, port: listener.port, ca: readFileSync(identity.caPath) }, (response) => {
        response.setEncoding("utf8").on("data", resolve);
      });
      visitor.on("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
      visitor.end();
    });
  } finally {
    await listener.close();
  }
}

test("a client that trusts the CA file reaches the gateway by address and by name", async () => {
  expect(await visit("good")).toBe("hello");
  expect(await visit("good", "localhost")).toBe("hello");
});

test("an expired certificate fails for its age, one for another name for its name", async () => {
  expect(await visit("expired")).toBe("CERT_HAS_EXPIRED");
  expect(await visit("wrong-name")).toBe("ERR_TLS_CERT_ALTNAME_INVALID");
});

test("a second start shows the same CA and certificate, so that clients need not be told again", async () => {
  const first = await load("good");
  const second = await load("good");
  expect([second.ca, second.cert, second.key]).toEqual([first.ca, first.cert, first.key]);
});

test("certificates are made anew once they are about to end", async () => {
  const first = await load("good");
  const decades = await loadIdentity({
    directory,
    kind: "good",
    asksClients: false,
    now: Date.now() + 4000 * 86_400_000,
  });
  expect(decades.ca).not.toBe(first.ca);
});

test("a given certificate is shown as it is, and trusted by itself where no CA comes with it", async () => {
  const made = await load("good");
  const given = await loadIdentity({
    directory,
    kind: "good",
    given: made,
    asksClients: false,
    now: Date.now(),
  });
  expect([given.cert, readFileSync(given.caPath, "utf8")]).toEqual([made.cert, made.ca]);
  expect((await load("good")).cert).toBe(made.cert);
  const alone = await loadIdentity({
    directory: join(directory, "alone"),
    kind: "good",
    asksClients: false,
    given: { cert: made.cert, key: made.key },
    now: Date.now(),
  });
  expect(readFileSync(alone.caPath, "utf8")).toBe(made.cert);
});
