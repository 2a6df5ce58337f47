import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { temporaryDirectory } from "../../../test/temporary-directory.ts";
import { resolveOptions } from "./resolve-options.ts";
import { readSettings } from "./settings.ts";

const home = temporaryDirectory();
let configPath: string;
beforeAll(async () => {
  await mkdir(join(home, "proofpoint-ps"));
  configPath = join(home, "proofpoint-ps", "config.yaml");
  await writeFile(
    configPath,
    `default: production
profiles:
  production: { url: "https://pps.example.com", username: prod-admin, password: prod-secret, timeoutMs: 90000 }
  staging: { url: "https://staging.example.com", username: stage-admin, passwordFile: stage.secret }
`,
    { mode: 0o600 },
  );
});

const sourceOf = (resolved: Awaited<ReturnType<typeof resolveOptions>>, name: string) =>
  resolved.values.find((value) => value.name === name)?.source;

test("explicit beats environment, environment beats profile, and each value tells where it came from", async () => {
  const resolved = await resolveOptions({
    explicit: { username: "flag-admin" },
    env: { XDG_CONFIG_HOME: home, PPS_TIMEOUT_MS: "5000", PPS_USERNAME: "env-admin", PPS_PROFILE: "production" },
  });
  expect(resolved.options).toMatchObject({
    url: "https://pps.example.com",
    username: "flag-admin",
    password: "prod-secret",
    timeoutMs: 5000,
  });
  expect(resolved.profile).toBe("production");
  expect(resolved.configPath).toBe(configPath);
  expect(sourceOf(resolved, "username")).toBe("given");
  expect(sourceOf(resolved, "timeoutMs")).toBe("environment PPS_TIMEOUT_MS");
  expect(sourceOf(resolved, "url")).toBe("profile production");
  expect(resolved.values.find(({ name }) => name === "retries")).toMatchObject({ shown: "3", source: "default" });
  expect(sourceOf(resolved, "proxy")).toBe("not set");
});

test("for every option, the first layer that sets it decides", async () => {
  const layer = fc.record(
    {
      url: fc.constantFrom("https://a.example.com", "https://b.example.com"),
      username: fc.constantFrom("ann", "ben"),
      insecure: fc.boolean(),
      timeoutMs: fc.integer({ min: 1, max: 9 }),
    },
    { requiredKeys: [] },
  );
  const path = join(home, "layers.yaml");
  await fc.assert(
    fc.asyncProperty(layer, layer, layer, async (explicit, environment, profile) => {
      await writeFile(path, JSON.stringify({ profiles: { only: profile } }));
      const env = {
        PPS_URL: environment.url,
        PPS_USERNAME: environment.username,
        PPS_INSECURE: environment.insecure?.toString(),
        PPS_TIMEOUT_MS: environment.timeoutMs?.toString(),
      };
      const { options } = await resolveOptions({ explicit, env, configPath: path, profile: "only" });
      expect(options).toEqual({ url: "", username: "", ...profile, ...environment, ...explicit });
    }),
    { numRuns: 50 },
  );
});

test("the file's default profile is used when nothing is named", async () => {
  const resolved = await resolveOptions({ env: { XDG_CONFIG_HOME: home } });
  expect(resolved.options.username).toBe("prod-admin");
});

test("a profile's password never goes to an address that was given without naming the profile", async () => {
  for (const request of [
    { explicit: { url: "https://other.example.com" }, env: { XDG_CONFIG_HOME: home } },
    { env: { XDG_CONFIG_HOME: home, PPS_URL: "https://other.example.com" } },
  ]) {
    const resolved = await resolveOptions(request);
    expect(resolved.profile).toBeUndefined();
    expect(resolved.options.password).toBeUndefined();
  }
});

test("the password and the password file are one thing: the first layer with either decides", async () => {
  const file = await resolveOptions({
    profile: "production",
    env: { XDG_CONFIG_HOME: home, PPS_PASSWORD_FILE: "/run/secret" },
  });
  expect(file.options).toMatchObject({ passwordFile: "/run/secret" });
  expect(file.options.password).toBeUndefined();
  const text = await resolveOptions({ profile: "staging", env: { XDG_CONFIG_HOME: home, PPS_PASSWORD: "env-secret" } });
  expect(text.options.password).toBe("env-secret");
  expect(text.options.passwordFile).toBeUndefined();
});

test("the client secret and its file are one thing too, and neither is shown", async () => {
  const path = join(home, "cloud.yaml");
  await writeFile(path, "profiles:\n  a: { cloudClientId: id-1, cloudClientSecret: profile-secret }\n", {
    mode: 0o600,
  });
  const fromProfile = await resolveOptions({ configPath: path, env: {} });
  expect(fromProfile.options).toMatchObject({ cloudClientId: "id-1", cloudClientSecret: "profile-secret" });
  expect(JSON.stringify(fromProfile.values)).not.toContain("profile-secret");
  const env = { PPS_CLOUD_CLIENT_SECRET_FILE: "/run/secret", PPS_CLOUD_CLIENT_ID: "id-2" };
  const { options } = await resolveOptions({ configPath: path, profile: "a", env });
  expect(options).toMatchObject({ cloudClientId: "id-2", cloudClientSecretFile: "/run/secret" });
  expect(options.cloudClientSecret).toBeUndefined();
});

test("a profile's client secret never goes to an address of the cloud that was given without naming the profile", async () => {
  const path = join(home, "elsewhere.yaml");
  for (const secret of ["cloudClientSecret", "cloudClientSecretFile"] as const) {
    const cloud = `cloudClientId: id-1, ${secret}: somewhere`;
    await writeFile(path, `profiles:\n  a: { username: ann, ${cloud} }\n`, { mode: 0o600 });
    for (const request of [
      { env: { PPS_CLOUD_TOKEN_URL: "https://other.example.com/token" } },
      { explicit: { cloudUrl: "https://other.example.com" }, env: {} },
    ]) {
      const { options, warnings } = await resolveOptions({ ...request, configPath: path });
      expect(options).toMatchObject({ username: "ann", cloudClientId: "id-1" });
      expect(options[secret]).toBeUndefined();
      expect(warnings).toEqual([
        expect.stringMatching(/^cloud\w+ is given without .* of the profile a is not used\.$/),
      ]);
      const named = await resolveOptions({ ...request, configPath: path, profile: "a" });
      expect(named.options[secret]).toContain("somewhere");
    }
  }
});

test("a list in the environment is separated by commas", async () => {
  const env = { XDG_CONFIG_HOME: "/nowhere", PPS_OWN_DOMAINS: "example.com, *.example.com,," };
  const { options, values } = await resolveOptions({ env });
  expect(options.ownDomains).toEqual(["example.com", "*.example.com"]);
  expect(values.find(({ name }) => name === "ownDomains")).toMatchObject({ shown: "example.com, *.example.com" });
});

test("no password is shown, also not a proxy's", async () => {
  const resolved = await resolveOptions({
    explicit: { proxy: "http://walter:proxy-secret@proxy.example.com:3128" },
    env: { XDG_CONFIG_HOME: home },
  });
  const shown = JSON.stringify(resolved.values);
  expect(shown).not.toMatch(/prod-secret|proxy-secret/);
  expect(resolved.values.find(({ name }) => name === "password")?.shown).toBe("(set)");
  expect(resolved.values.find(({ name }) => name === "proxy")?.shown).toBe("http://(set)@proxy.example.com:3128");
});

test.each([
  ["walter:proxy-secret@proxy.example.com:3128", "(set)@proxy.example.com:3128"],
  ["http://walter:proxy@secret@proxy.example.com:3128", "http://(set)@proxy.example.com:3128"],
  ["http://walter:proxy/secret@proxy.example.com:3128", "http://(set)@proxy.example.com:3128"],
  ["http://proxy.example.com:3128", "http://proxy.example.com:3128"],
])("of the address %s no password is shown", async (address, shown) => {
  const { values } = await resolveOptions({
    explicit: { proxy: address, url: address },
    env: { XDG_CONFIG_HOME: home },
  });
  expect(values.find(({ name }) => name === "proxy")?.shown).toBe(shown);
  expect(values.find(({ name }) => name === "url")?.shown).toBe(shown);
});

test("a user name that is a mail address is shown whole", async () => {
  const explicit = { username: "api@example.com" };
  const { values } = await resolveOptions({ explicit, env: { XDG_CONFIG_HOME: home } });
  expect(values.find(({ name }) => name === "username")?.shown).toBe("api@example.com");
});

test("an environment that overrides a profile named by hand is warned about", async () => {
  const resolved = await resolveOptions({
    profile: "staging",
    env: { XDG_CONFIG_HOME: home, PPS_URL: "https://pps.example.com" },
  });
  expect(resolved.options.url).toBe("https://pps.example.com");
  expect(resolved.warnings).toEqual(["PPS_URL in the environment overrides url of the profile staging."]);
});

test.each([
  ["a profile that does not exist", { profile: "stagin" }, /no profile stagin/, "Did you mean staging?"],
  [
    "a file that does not exist",
    { configPath: "/nowhere/config.yaml" },
    /no configuration file \/nowhere/,
    "config init",
  ],
])("%s is refused with what to do", async (_name, request, message, hint) => {
  const error = await resolveOptions({ env: { XDG_CONFIG_HOME: home }, ...request }).catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ code: "bad_input", hint: expect.stringContaining(hint) });
  expect(String(error)).toMatch(message);
});

test("a profile without any file is refused", async () => {
  const env = { XDG_CONFIG_HOME: join(home, "elsewhere"), PPS_PROFILE: "production" };
  await expect(resolveOptions({ env })).rejects.toMatchObject({ code: "bad_input", field: "profile" });
});

test("several profiles without a default are refused, a single one is taken", async () => {
  const several = join(home, "several.yaml");
  await writeFile(several, "profiles:\n  a: { username: a }\n  b: { username: b }\n");
  await expect(resolveOptions({ configPath: several, env: {} })).rejects.toThrow(/several profiles/);
  const single = join(home, "single.yaml");
  await writeFile(single, "profiles:\n  a: { username: ann }\n");
  expect((await resolveOptions({ configPath: single, env: {} })).options.username).toBe("ann");
});

test.each([
  ["PPS_TIMEOUT_MS", "soon"],
  ["PPS_TIMEOUT_MS", "1.5"],
  ["PPS_INSECURE", "perhaps"],
])("%s=%s is refused by its name", async (name, value) => {
  await expect(resolveOptions({ env: { XDG_CONFIG_HOME: "/nowhere", [name]: value } })).rejects.toThrow(name);
});

test.each([
  ["1", true],
  ["yes", true],
  ["off", false],
  ["FALSE", false],
])("PPS_INSECURE=%s means %s", async (value, insecure) => {
  const resolved = await resolveOptions({ env: { XDG_CONFIG_HOME: "/nowhere", PPS_INSECURE: value } });
  expect(resolved.options.insecure).toBe(insecure);
});

test("an empty variable counts as not set", async () => {
  const env = { XDG_CONFIG_HOME: home, PPS_URL: "", PPS_TIMEOUT_MS: "", PPS_PROFILE: "" };
  expect((await resolveOptions({ env })).options.url).toBe("https://pps.example.com");
});

test("what is missing is told when a client is made, with every way to give it", async () => {
  const { options } = await resolveOptions({ env: { XDG_CONFIG_HOME: "/nowhere" } });
  expect(() => readSettings(options)).toThrow(/url is missing/);
  expect(() => readSettings({ ...options, url: "https://pps.example.com" })).toThrow(/username is missing/);
});
