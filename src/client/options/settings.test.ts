import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { rootCertificates } from "node:tls";
import { expect, test } from "vitest";
import { temporaryDirectory } from "../../../test/temporary-directory.ts";
import type { PpsOptions } from "./options.ts";
import { readSettings } from "./settings.ts";

const whole: PpsOptions = { url: "https://pps.example.com", username: "api-admin", password: "correct horse" };
const folder = temporaryDirectory();

test("what is not given has the documented default", () => {
  const settings = readSettings(whole);
  expect(settings).toMatchObject({
    timeoutMs: 60_000,
    maxReplyBytes: 64 * 1024 * 1024,
    concurrency: 4,
    requestsPerSecond: undefined,
    retries: 3,
    proxy: undefined,
    now: Date.now,
    random: Math.random,
  });
  expect(settings.url.port).toBe("10000");
  expect(settings.tls.insecure).toBe(false);
  expect(settings.folders).toContainEqual({ name: "Quarantine", moduleType: "mail" });
  expect(settings.folders).toContainEqual({ name: "PCI", moduleType: "dlp" });
});

test.each<[string, Partial<PpsOptions>, RegExp]>([
  ["url", { url: "" }, /url is missing/],
  ["username", { username: " " }, /username is missing/],
  ["username", { username: "a:b" }, /colon/],
  ["password", { password: undefined }, /password is missing/],
  ["password", { passwordFile: "/x" }, /both given/],
  ["timeoutMs", { timeoutMs: 0 }, /timeoutMs takes a whole number/],
  ["timeoutMs", { timeoutMs: 1.5 }, /timeoutMs/],
  ["concurrency", { concurrency: 100 }, /from 1 to 64/],
  ["retries", { retries: -1 }, /retries/],
  ["requestsPerSecond", { requestsPerSecond: 0 }, /above 0/],
  ["ca", { ca: "/nowhere/ca.pem" }, /cannot be read \(ENOENT\)/],
  ["ca", { ca: "-----BEGIN PRIVATE KEY-----\nx\n-----END PRIVATE KEY-----" }, /no certificate/],
  ["ca", { ca: "-----BEGIN CERTIFICATE-----\nx\n-----END CERTIFICATE-----" }, /number 1 of 1/],
  ["ca", { ca: "-----BEGIN CERTIFICATE-----\ncut" }, /cannot be read/],
  ["folders", { folders: ["A", "a"] }, /twice/],
  ["folders", { folders: [" "] }, /blank/],
  ["ownDomains", { ownDomains: ["example.com", "exa mple.com"] }, /"exa mple.com", which is no domain/],
  ["ownDomains", { ownDomains: ["*.*.example.com"] }, /no domain/],
  ["ownDomains", { ownDomains: [""] }, /no domain/],
  ["ownDomains", { ownDomains: ["ann@example.com"] }, /no domain/],
  ["cloudUrl", { cloudUrl: "threatprotection-api.example" }, /cloudUrl does not begin with https/],
  ["cloudUrl", { cloudUrl: "http://cloud.example" }, /cloudUrl begins with http:.*unprotected/],
  ["cloudUrl", { cloudUrl: "https://cloud.example/api/v1" }, /goes on after the host and port/],
  ["cloudTokenUrl", { cloudTokenUrl: "http://auth.example/v1/token" }, /unprotected/],
  ["cloudTokenUrl", { cloudTokenUrl: "https://auth.example/v1/token?x=1" }, /goes on after the path/],
  ["cloudClientSecret", { cloudClientSecret: "a", cloudClientSecretFile: "/x" }, /both given/],
  ["cloudCallsPerMinute", { cloudCallsPerMinute: 0 }, /from 1 to 600/],
])("%s that cannot work is refused: %j", (field, options, complaint) => {
  expect(() => readSettings({ ...whole, ...options })).toThrow(expect.objectContaining({ code: "bad_input", field }));
  expect(() => readSettings({ ...whole, ...options })).toThrow(complaint);
});

test("a ca that is a file without PEM text is refused", async () => {
  const path = join(folder, "ca.der");
  await writeFile(path, "0\u0082");
  expect(() => readSettings({ ...whole, ca: path })).toThrow(/no PEM file/);
});

test("a ca may hold several certificates with words between them, all of them whole", async () => {
  const one = rootCertificates[0] ?? "";
  const ca = `Subject: one\n${one}\nSubject: two\n${rootCertificates[1]}\n`;
  expect(readSettings({ ...whole, ca }).tls.ca).toBe(ca);
  expect(() => readSettings({ ...whole, ca: `${ca}${one.slice(0, 200)}` })).toThrow(/number 3 of 3/);
});

test("a password file is read anew each time, its first line without the line break", async () => {
  const path = join(folder, "password");
  const { credentials } = readSettings({ ...whole, password: undefined, passwordFile: path });
  await writeFile(path, "first one\r\nsecond line\n");
  expect(await credentials.password()).toBe("first one");
  await writeFile(path, "  changed ");
  expect(await credentials.password()).toBe("  changed ");
  await writeFile(path, "\n");
  await expect(credentials.password()).rejects.toMatchObject({ code: "bad_input", field: "passwordFile" });
  await rm(path);
  await expect(credentials.password()).rejects.toThrow(/cannot be read \(ENOENT\)/);
});

test("own domains are known in lower case and ASCII, once each, and patterns stay patterns", () => {
  const ownDomains = ["Example.COM", "@example.com", "*.Bücher.example", "@*.example.net", "*.example", "example.org."];
  expect(readSettings({ ...whole, ownDomains }).ownDomains).toEqual([
    "example.com",
    "*.xn--bcher-kva.example",
    "*.example.net",
    "*.example",
    "example.org",
  ]);
  expect(readSettings(whole).ownDomains).toEqual([]);
});

const key = { cloudClientId: " id-1 ", cloudClientSecret: "open sesame", cloudClusterId: "example_hosted" };

test("the cloud API is reached at Proofpoint's addresses unless others are given", () => {
  const { cloud } = readSettings({ ...whole, ...key });
  expect(cloud.api.url.href).toBe("https://threatprotection-api.proofpoint.com/");
  expect(cloud.token.url.href).toBe("https://auth.proofpoint.com/v1/token");
  expect(cloud.callsPerMinute).toBe(10);
  expect(cloud.threatProtection).toMatchObject({ clusterId: "example_hosted", missing: [] });
  expect(cloud.key?.clientId).toBe("id-1");
  const other = readSettings({
    ...whole,
    cloudUrl: "https://127.0.0.1:9443",
    cloudTokenUrl: "http://127.0.0.1:9/a/token",
  });
  expect(other.cloud.api.url.href).toBe("https://127.0.0.1:9443/");
  expect(other.cloud.token.url.href).toBe("http://127.0.0.1:9/a/token");
});

test("what a key lacks is told with its option and its variable; the cluster may be named by a command", () => {
  const missing = (options: Partial<PpsOptions>) => readSettings({ ...whole, ...options }).cloud.threatProtection;
  const id = "the client id (cloudClientId, PPS_CLOUD_CLIENT_ID)";
  const secret = expect.stringMatching(
    /^the client secret \(.*cloudClientSecretFile, .*PPS_CLOUD_CLIENT_SECRET_FILE\)$/,
  );
  const clusterIdSetting = "cloudClusterId, PPS_CLOUD_CLUSTER_ID";
  expect(missing({})).toEqual({ missing: [id, secret], clusterIdSetting });
  expect(missing({ ...key, cloudClientSecret: undefined })).toMatchObject({ missing: [secret] });
  expect(missing({ ...key, cloudClientId: "" })).toMatchObject({ missing: [id] });
  expect(missing({ ...key, cloudClusterId: undefined })).toEqual({ missing: [], clusterIdSetting });
});

test("the addresses of the cloud API have their own way through the proxy", () => {
  const { cloud } = readSettings({
    ...whole,
    proxy: "http://proxy.example:3128",
    cloudTokenUrl: "http://127.0.0.1:9/t",
  });
  expect(cloud.api.proxy?.host).toBe("proxy.example:3128");
  expect(cloud.token.proxy).toBeUndefined();
});

test("a client secret comes from text, a function or a file that is read anew each time", async () => {
  const secretOf = (options: Partial<PpsOptions>) =>
    readSettings({ ...whole, cloudClientId: "id-1", ...options }).cloud.key?.clientSecret;
  expect(await secretOf({ cloudClientSecret: "open sesame" })?.()).toBe("open sesame");
  expect(await secretOf({ cloudClientSecret: async () => "later" })?.()).toBe("later");
  const path = join(folder, "client-secret");
  const fromFile = secretOf({ cloudClientSecretFile: path });
  await expect(fromFile?.()).rejects.toMatchObject({ code: "bad_input", field: "cloudClientSecretFile" });
  await writeFile(path, "first\n");
  expect(await fromFile?.()).toBe("first");
  await writeFile(path, "second\n");
  expect(await fromFile?.()).toBe("second");
});

test("a folder takes its module type from its suffix, else from the folders PPS brings along, else mail", () => {
  const folders = [
    "pci",
    "PCI Europe",
    "Contracts:dlp",
    "Time: 10:30",
    "Held:MAIL",
    { name: "X", moduleType: "dlp" as const },
  ];
  expect(readSettings({ ...whole, folders }).folders).toEqual([
    { name: "pci", moduleType: "dlp" },
    { name: "PCI Europe", moduleType: "mail" },
    { name: "Contracts", moduleType: "dlp" },
    { name: "Time: 10:30", moduleType: "mail" },
    { name: "Held", moduleType: "mail" },
    { name: "X", moduleType: "dlp" },
  ]);
});
