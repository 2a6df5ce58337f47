import { chmod, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { temporaryDirectory } from "../../../test/temporary-directory.ts";
import { defaultConfigPath, readConfigFile } from "./config-file.ts";

const folder = temporaryDirectory();

let count = 0;
async function write(text: string, mode = 0o600) {
  const path = join(folder, `config-${++count}.yaml`);
  await writeFile(path, text);
  await chmod(path, mode);
  return path;
}

const whole = `
default: production
profiles:
  production:
    url: https://pps.example.com:10000
    username: api-admin
    passwordFile: secrets/pps
    ca: ./ca.pem
    clientCertificate:
      cert: client.pem
      key: /etc/pps/client.key
      passphrase: "1234"
    insecure: false
    proxy: system
    timeoutMs: 90000
    maxReplyBytes: 1000000
    concurrency: 2
    requestsPerSecond: 0.5
    retries: 1
    folders:
      - Quarantine
      - Contracts:dlp
      - { name: "Held, odd", moduleType: mail }
    ownDomains: [example.com, "*.example.com"]
    cloudClientId: id-1
    cloudClientSecretFile: secrets/cloud
    cloudClusterId: example_hosted
    cloudCallsPerMinute: 5
  staging:
    url: https://staging.example.com
`;

test("a file gives its profiles, with paths relative to its own folder", async () => {
  const file = await readConfigFile(await write(whole));
  expect(file?.defaultProfile).toBe("production");
  expect([...(file?.profiles.keys() ?? [])]).toEqual(["production", "staging"]);
  expect(file?.profiles.get("production")).toEqual({
    url: "https://pps.example.com:10000",
    username: "api-admin",
    passwordFile: join(folder, "secrets/pps"),
    ca: join(folder, "ca.pem"),
    clientCertificate: { cert: join(folder, "client.pem"), key: "/etc/pps/client.key", passphrase: "1234" },
    insecure: false,
    proxy: "system",
    timeoutMs: 90000,
    maxReplyBytes: 1000000,
    concurrency: 2,
    requestsPerSecond: 0.5,
    retries: 1,
    folders: ["Quarantine", "Contracts:dlp", { name: "Held, odd", moduleType: "mail" }],
    ownDomains: ["example.com", "*.example.com"],
    cloudClientId: "id-1",
    cloudClientSecretFile: join(folder, "secrets/cloud"),
    cloudClusterId: "example_hosted",
    cloudCallsPerMinute: 5,
  });
});

test("profiles may share what they have in common", async () => {
  const text = `profiles:
  one: &common { username: api-admin, timeoutMs: 1000 }
  two: { <<: *common, timeoutMs: 2000 }
`;
  const file = await readConfigFile(await write(text));
  expect(file?.profiles.get("two")).toEqual({ username: "api-admin", timeoutMs: 2000 });
});

test("a file whose aliases would grow without end is refused", async () => {
  const lists = Array.from({ length: 9 }, (_, index) => `  l${index + 1}: &l${index + 1} [${`*l${index},`.repeat(9)}]`);
  const text = `profiles:\n  l0: &l0 [a]\n${lists.join("\n")}\n`;
  await expect(readConfigFile(await write(text))).rejects.toMatchObject({ code: "bad_input" });
  await expect(readConfigFile(await write("profiles: *none\n"))).rejects.toMatchObject({ code: "bad_input" });
});

test("a file that is not there is no error by itself", async () => {
  expect(await readConfigFile(join(folder, "missing.yaml"))).toBeUndefined();
});

test("an empty file has no profiles", async () => {
  expect((await readConfigFile(await write("# nothing yet\n")))?.profiles.size).toBe(0);
});

test.each([
  [
    "an unknown option, with what was meant",
    "profiles:\n  a:\n    time-out-ms: 5\n",
    /line 3: profiles\.a\.time-out-ms is not known; did you mean timeoutMs\?/,
  ],
  [
    "an unknown option far from any",
    "profiles:\n  a:\n    colour: red\n",
    /line 3: profiles\.a\.colour is not known; known are url, /,
  ],
  ["an unknown key at the top", "profile:\n  a: {}\n", /line 1: profile is not known here/],
  ["a number in quotes", 'profiles:\n  a:\n    timeoutMs: "5"\n', /line 3: profiles\.a\.timeoutMs takes a number/],
  [
    "a password that YAML reads as a number",
    "profiles:\n  a:\n    password: 12345678\n",
    /line 3: profiles\.a\.password is a number here; put it in quotes/,
  ],
  ["a flag in words", "profiles:\n  a:\n    insecure: maybe\n", /profiles\.a\.insecure takes true or false/],
  [
    "a folder without its module type",
    "profiles:\n  a:\n    folders:\n      - Quarantine\n      - name: X\n",
    /line 5: profiles\.a\.folders\.1 must be a name/,
  ],
  ["folders as one text", "profiles:\n  a:\n    folders: Quarantine\n", /folders takes a list/],
  [
    "a client certificate without its key",
    "profiles:\n  a:\n    clientCertificate:\n      cert: x.pem\n",
    /clientCertificate\.key takes a text/,
  ],
  ["own domains as one text", "profiles:\n  a:\n    ownDomains: example.com\n", /ownDomains takes a list of texts/],
  ["an own domain that is a number", "profiles:\n  a:\n    ownDomains: [7]\n", /ownDomains\.0 must be a text/],
  [
    "both cloudClientSecret and cloudClientSecretFile",
    "profiles:\n  a:\n    cloudClientSecret: x\n    cloudClientSecretFile: y\n",
    /cloudClientSecretFile and cloudClientSecret are both given/,
  ],
  ["both password and passwordFile", "profiles:\n  a:\n    password: x\n    passwordFile: y\n", /both given/],
  ["a default that is no profile", "default: b\nprofiles:\n  a: {}\n", /line 1: default must be the name/],
  ["profiles as a list", "profiles:\n  - a\n", /profiles must be a mapping/],
  ["a file that is a list", "- a\n", /must be a mapping with the key profiles/],
  [
    "a key given twice",
    "profiles:\n  a:\n    url: https://a.example.com\n    url: https://b.example.com\n",
    /line 4: this is not valid YAML \(DUPLICATE_KEY\)/,
  ],
])("%s is refused with its place", async (_name, text, complaint) => {
  await expect(readConfigFile(await write(text))).rejects.toThrow(complaint);
  await expect(readConfigFile(await write(text))).rejects.toMatchObject({ code: "bad_input" });
});

test("every problem of a file is told at once", async () => {
  const path = await write("profiles:\n  a:\n    ulr: x\n    retries: many\n");
  await expect(readConfigFile(path)).rejects.toThrow(/line 3: .*did you mean url\?; line 4: .*retries takes a number/);
});

test("broken YAML is refused without repeating the line, in which a password may stand", async () => {
  const path = await write('profiles:\n  a:\n    password: "open sesame\n    url: x\n');
  const error = (await readConfigFile(path).catch((thrown: unknown) => thrown)) as Error;
  expect(error).toMatchObject({ code: "bad_input" });
  expect(`${error.message}${error.stack}${JSON.stringify(error)}`).not.toContain("sesame");
});

test.skipIf(process.platform === "win32")("a secret in a file that others can read is warned about", async () => {
  for (const name of ["password", "cloudClientSecret"]) {
    const text = `profiles:\n  a:\n    ${name}: open sesame\n`;
    const [warning] = (await readConfigFile(await write(text, 0o644)))?.warnings ?? [];
    expect(warning).toContain("chmod 600");
    expect(warning).not.toContain("sesame");
    expect((await readConfigFile(await write(text, 0o600)))?.warnings).toEqual([]);
  }
  expect((await readConfigFile(await write("profiles: {}\n", 0o644)))?.warnings).toEqual([]);
});

test("the user's own file stands below XDG_CONFIG_HOME or ~/.config", () => {
  const home = defaultConfigPath({ HOME: "/home/ann" });
  expect(home).toBe(join("/home/ann", ".config", "proofpoint-ps", "config.yaml"));
  const xdg = defaultConfigPath({ HOME: "/home/ann", XDG_CONFIG_HOME: "/xdg" });
  expect(xdg).toBe(join("/xdg", "proofpoint-ps", "config.yaml"));
});
