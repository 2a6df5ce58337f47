import { expect, onTestFinished, test } from "vitest";
import { type SimulatorOptions, startSimulator } from "../../simulator/index.ts";
import type { PpsOptions } from "../options/options.ts";
import { diagnose } from "./diagnose.ts";

const reader = { username: "reader", password: "reader-secret", modules: ["Quarantine"] as const };

/** What the doctor says of a real gateway, by check. */
async function examine(options: SimulatorOptions, client: Partial<PpsOptions> = {}) {
  const simulator = await startSimulator({ accounts: [reader], ...options });
  onTestFinished(simulator.stop);
  const { api: url, username, password, ca, client: clientCertificate } = simulator;
  const states: Record<string, string> = {};
  for await (const finding of diagnose({ url, username, password, ca, clientCertificate, ...client })) {
    states[finding.check] = finding.state;
  }
  return states;
}

test.each(["onprem", "pod"] as const)("a healthy gateway of the profile %s is found healthy", async (profile) => {
  expect(Object.values(await examine({ profile }))).toEqual(Array.from({ length: 8 }, () => "ok"));
});

test.each(["expired", "wrong-name"] as const)("a certificate that is %s keeps the password at home", async (tls) => {
  expect(await examine({ tls })).toMatchObject({ certificate: "fail", credentials: "skipped" });
});

test("a wrong password is told from a missing module, whatever the profile's denials look like", async () => {
  for (const profile of ["onprem", "pod"] as const) {
    expect(await examine({ profile }, { password: "wrong-secret" })).toMatchObject({ credentials: "fail" });
    expect(await examine({ profile }, { username: reader.username, password: reader.password })).toMatchObject({
      credentials: "ok",
      "module Quarantine": "ok",
      "module pss": "fail",
    });
  }
});

test("a gateway that asks for a client certificate is reached with one, and not without", async () => {
  expect(await examine({ asksClientCertificate: true })).toMatchObject({ credentials: "ok" });
  expect(await examine({ asksClientCertificate: true }, { clientCertificate: undefined })).toMatchObject({
    credentials: "fail",
  });
});
