import { describe, expect, onTestFinished, test } from "vitest";
import { type Simulator, type SimulatorOptions, startSimulator } from "../../simulator/index.ts";
import type { PpsOptions } from "../options/options.ts";
import { diagnose } from "./diagnose.ts";

const reader = { username: "reader", password: "reader-secret", modules: ["Quarantine"] as const };

/** What the doctor says of a real gateway, by check. */
async function examine(options: SimulatorOptions, client: (simulator: Simulator) => Partial<PpsOptions> = () => ({})) {
  const simulator = await startSimulator({ accounts: [reader], ...options });
  onTestFinished(simulator.stop);
  const { api: url, username, password, ca, client: clientCertificate } = simulator;
  const states: Record<string, string> = {};
  for await (const finding of diagnose({ url, username, password, ca, clientCertificate, ...client(simulator) })) {
    states[finding.check] = finding.state;
  }
  return states;
}

/** The whole way to a gateway's cloud API. */
function wholeCloud({ cloud, clientId, clientSecret, clusterId }: Simulator) {
  return {
    cloudUrl: String(cloud),
    cloudTokenUrl: `${cloud}/v1/token`,
    cloudClientId: clientId,
    cloudClientSecret: clientSecret,
    cloudClusterId: clusterId,
  };
}

test.each(["onprem", "pod"] as const)("a healthy gateway of the profile %s is found healthy", async (profile) => {
  const { "Threat Protection": cloud, ...rest } = await examine({ profile });
  expect(Object.values(rest)).toEqual(Array.from({ length: 9 }, () => "ok"));
  expect(cloud).toBe("skipped");
});

test.each(["expired", "wrong-name"] as const)("a certificate that is %s keeps the password at home", async (tls) => {
  expect(await examine({ tls })).toMatchObject({ certificate: "fail", credentials: "skipped" });
});

test("a wrong password is told from a missing module, whatever the profile's denials look like", async () => {
  for (const profile of ["onprem", "pod"] as const) {
    expect(await examine({ profile }, () => ({ password: "wrong-secret" }))).toMatchObject({ credentials: "fail" });
    expect(await examine({ profile }, () => ({ username: reader.username, password: reader.password }))).toMatchObject({
      credentials: "ok",
      "module Quarantine": "ok",
      "module pss": "fail",
      "module enduser": "warn",
    });
  }
});

test("a gateway that asks for a client certificate is reached with one, and not without", async () => {
  expect(await examine({ asksClientCertificate: true })).toMatchObject({ credentials: "ok" });
  expect(await examine({ asksClientCertificate: true }, () => ({ clientCertificate: undefined }))).toMatchObject({
    credentials: "fail",
  });
});

describe("the cloud API of a gateway on demand", () => {
  const key = "Threat Protection key";
  const lists = "Threat Protection lists";
  const narrow = { clientId: "narrow-key", clientSecret: "narrow-secret", modules: [] };
  test.each<[string, (simulator: Simulator) => Partial<PpsOptions>, object]>([
    ["is found well with a whole key", wholeCloud, { [key]: "ok", [lists]: "ok" }],
    [
      "tells a wrong secret",
      (simulator) => ({ ...wholeCloud(simulator), cloudClientSecret: "wrong-secret" }),
      { [key]: "fail", [lists]: "skipped" },
    ],
    [
      "tells a key without the module",
      (simulator) => ({
        ...wholeCloud(simulator),
        cloudClientId: narrow.clientId,
        cloudClientSecret: narrow.clientSecret,
      }),
      { [key]: "ok", [lists]: "fail" },
    ],
    [
      "tells another cluster",
      (simulator) => ({ ...wholeCloud(simulator), cloudClusterId: "elsewhere" }),
      { [key]: "ok", [lists]: "fail" },
    ],
    [
      "wants a cluster id, but can do without",
      (simulator) => ({ ...wholeCloud(simulator), cloudClusterId: undefined }),
      { [key]: "ok", [lists]: "warn" },
    ],
    [
      "cannot be tried with half a key",
      (simulator) => ({ ...wholeCloud(simulator), cloudClientSecret: undefined }),
      { [key]: "fail", [lists]: "skipped" },
    ],
  ])("%s", async (_name, client, states) => {
    expect(await examine({ profile: "pod", keys: [narrow] }, client)).toMatchObject({ clock: "ok", ...states });
  });
});
