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
