import { describe, expect, test } from "vitest";
import { parameters } from "../integration/parameters.ts";
import { readCredentials, readSettings } from "./settings.ts";

const params = { url: "https://pps.example.com:10000", credentials: { identifier: "ann", password: "hush" } };

test("an instance with nothing but address and credentials has every default", () => {
  expect(readSettings(params)).toMatchObject({
    url: "https://pps.example.com:10000",
    credentials: { username: "ann", password: "hush" },
    insecure: false,
    useProxy: false,
    timeoutSeconds: 60,
    ownDomains: [],
    cloud: {
      url: "https://threatprotection-api.proofpoint.com",
      tokenUrl: "https://auth.proofpoint.com/v1/token",
      key: undefined,
      threatProtection: { missing: [expect.stringContaining("Client ID"), expect.stringContaining("Client Secret")] },
    },
  });
  expect(readSettings(params).folders.length).toBeGreaterThan(20);
});

test("the address of the API itself is taken for that of the server", () => {
  expect(readSettings({ ...params, url: "https://pps.example.com:10000/rest/v1/" }).url).toBe(params.url);
});

describe("credentials", () => {
  test.each<[string, unknown, { username: string; password: string }]>([
    ["typed in", { identifier: " ann ", password: " hush " }, { username: "ann", password: " hush " }],
    [
      "of a vault, where the server's own script did not get to them",
      { identifier: "", password: "", credentials: { vaultInstanceId: "v1", user: "bob", password: "deep" } },
      { username: "bob", password: "deep" },
    ],
    [
      "of a vault, where it did",
      { identifier: "bob", password: "deep", credentials: { vaultInstanceId: "v1", user: "bob", password: "deep" } },
      { username: "bob", password: "deep" },
    ],
    [
      "with a password of their own beside stored ones",
      { identifier: "ann", password: "own", credentials: { user: "bob", password: "deep" } },
      { username: "ann", password: "own" },
    ],
    ["that are absent", null, { username: "", password: "" }],
    ["that are no object", "ann:hush", { username: "", password: "" }],
  ])("%s are read", (_how, param, read) => {
    expect(readCredentials(param)).toEqual(read);
  });

  test.each([
    [undefined, "Username is missing"],
    [{ identifier: "ann" }, "Password is missing"],
    [{ identifier: "ann:b", password: "hush" }, "Username holds a colon"],
  ])("%j are refused", (credentials, why) => {
    expect(() => readSettings({ ...params, credentials })).toThrow(`The parameter ${why}`);
  });
});

test.each([
  [true, true],
  ["TRUE", true],
  ["yes", true],
  [false, false],
  ["", false],
  [null, false],
  [undefined, false],
])("the mark %j means %s", (given, read) => {
  expect(readSettings({ ...params, unsecure: given, proxy: given })).toMatchObject({ insecure: read, useProxy: read });
});

test.each([
  ["90", 90],
  [5, 5],
  ["", 60],
  [null, 60],
])("the timeout %j means %i seconds", (timeout, seconds) => {
  expect(readSettings({ ...params, timeout }).timeoutSeconds).toBe(seconds);
});

test.each(["0", "-1", "1.5", "a minute", "3601"])("the timeout %j is refused", (timeout) => {
  expect(() => readSettings({ ...params, timeout })).toThrow("Request Timeout takes whole seconds from 1 to 3600");
});

test("a mark that is neither is refused rather than taken for no", () => {
  expect(() => readSettings({ ...params, unsecure: "maybe" })).toThrow("Trust any certificate (not secure) takes true");
});

test.each([
  ["one a line", "Phish\r\nTax, 2026\nPCI:dlp\n"],
  ["as a JSON array", '["Phish", "Tax, 2026", "PCI:dlp"]'],
])("folders are read %s, so that names may hold commas", (_how, folders) => {
  expect(readSettings({ ...params, folders }).folders).toEqual([
    { name: "Phish", moduleType: "mail" },
    { name: "Tax, 2026", moduleType: "mail" },
    { name: "PCI", moduleType: "dlp" },
  ]);
});

test("names on one line are divided at commas", () => {
  expect(readSettings({ ...params, folders: "Phish, Audit" }).folders.map(({ name }) => name)).toEqual([
    "Phish",
    "Audit",
  ]);
  expect(readSettings({ ...params, own_domains: "example.com,*.Müller.example" }).ownDomains).toEqual([
    "example.com",
    "*.xn--mller-kva.example",
  ]);
});

test("an own domain that is none is named", () => {
  expect(() => readSettings({ ...params, own_domains: "not a domain" })).toThrow(
    'The parameter Own Domains holds "not a domain", which is no domain.',
  );
});

test("what a sentence calls a parameter is what the settings page calls it", () => {
  const displayed = parameters.flatMap(({ display, displayPassword = "" }) => [display, displayPassword]);
  for (const name of [
    ...["Server URL", "Username", "Password", "Trust any certificate (not secure)", "Use system proxy settings"],
    ...[
      "Request Timeout",
      "Own Domains",
      "Threat Protection Cluster ID",
      "Threat Protection Client ID",
      "Threat Protection Client Secret",
    ],
    ...["Threat Protection API URL", "Threat Protection Token URL"],
  ]) {
    expect(displayed.filter((display) => display.startsWith(name))).not.toEqual([]);
  }
});
