import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { temporaryDirectory } from "../../../test/temporary-directory.ts";
import { readFeedSettings } from "./feed-settings.ts";
import type { PpsOptions } from "./options.ts";
import { resolveOptions } from "./resolve-options.ts";

const read = (options: Partial<PpsOptions>, environment: Record<string, string> = {}) =>
  readFeedSettings({ url: "", username: "", ...options }, environment);

test("nothing needs to be set: feeds come from any host, without credentials and without a proxy", () => {
  const { hosts, credentials, proxyFor } = read({});
  expect({ hosts, credentials, proxy: proxyFor(new URL("https://feeds.example.com")) }).toEqual({
    hosts: undefined,
    credentials: undefined,
    proxy: undefined,
  });
});

test.each([
  ["feeds.example.com", "feeds.example.com"],
  [" FEEDS.example.com ", "feeds.example.com"],
  ["bücher.example", "xn--bcher-kva.example"],
  ["192.0.2.7", "192.0.2.7"],
  ["2001:DB8::7", "[2001:db8::7]"],
  ["[2001:db8::7]", "[2001:db8::7]"],
])("the host %j is %s", (written, host) => {
  expect(read({ feedHosts: [written] }).hosts).toEqual([host]);
});

test("an empty list means none", () => {
  expect(read({ feedHosts: [] }).hosts).toEqual([]);
});

test.each([
  "",
  "https://feeds.example.com",
  "feeds.example.com/list",
  "feeds.example.com:8443",
  "soc@feeds.example.com",
  "feeds.example.com?x",
  "two words",
])("%j is no host", (written) => {
  expect(() => read({ feedHosts: [written] })).toThrow(
    expect.objectContaining({
      code: "bad_input",
      field: "feedHosts",
      hint: expect.stringContaining("feeds.example.com"),
    }),
  );
});

describe("credentials", () => {
  const path = join(temporaryDirectory(), "secret");

  test.each<[Partial<PpsOptions>, string | undefined, string]>([
    [{ feedUsername: "soc", feedPassword: "open sesame" }, "soc", "open sesame"],
    [{ feedUsername: "soc", feedPassword: async () => "open sesame" }, "soc", "open sesame"],
    [{ feedUsername: "soc", feedPasswordFile: path }, "soc", "from the file"],
    [{ feedToken: "t0ken" }, undefined, "t0ken"],
    [{ feedTokenFile: path }, undefined, "from the file"],
  ])("%j are read", async (options, username, secret) => {
    writeFileSync(path, "from the file\n");
    const { credentials } = read(options);
    expect(credentials?.username).toBe(username);
    expect(await credentials?.secret()).toBe(secret);
  });

  test.each<[Partial<PpsOptions>, string]>([
    [{ feedUsername: "soc" }, "feedPassword"],
    [{ feedPassword: "hunter2" }, "feedUsername"],
    [{ feedUsername: "so:c", feedPassword: "hunter2" }, "feedUsername"],
    [{ feedUsername: "soc", feedPassword: "hunter2", feedPasswordFile: "x" }, "feedPassword"],
    [{ feedToken: "hunter2", feedTokenFile: "x" }, "feedToken"],
    [{ feedToken: "hunter2", feedUsername: "soc" }, "feedToken"],
    [{ feedToken: "hunter2", feedPassword: "hunter2" }, "feedToken"],
  ])("%j contradict each other or lack something", (options, field) => {
    expect(() => read(options)).toThrow(
      expect.objectContaining({ code: "bad_input", field, message: expect.not.stringContaining("hunter2") }),
    );
  });
});

test("the proxy is the one of PPS, and follows the environment where that is asked for", () => {
  const url = new URL("https://feeds.example.com/list");
  expect(read({ proxy: "http://proxy.example.com:3128" }).proxyFor(url)?.host).toBe("proxy.example.com:3128");
  const environment = { HTTPS_PROXY: "http://proxy.example.com:3128", NO_PROXY: "inner.example.com" };
  const { proxyFor } = read({ proxy: "system" }, environment);
  expect(proxyFor(url)?.host).toBe("proxy.example.com:3128");
  expect(proxyFor(new URL("https://inner.example.com/list"))).toBeUndefined();
});

test("the environment sets them, and secrets are only said to be set", async () => {
  const env = {
    HOME: temporaryDirectory(),
    PPS_FEED_HOSTS: "feeds.example.com, taxii.example.com",
    PPS_FEED_USERNAME: "soc",
    PPS_FEED_PASSWORD: "hunter2",
  };
  const { options, values } = await resolveOptions({ env });
  expect(options).toMatchObject({ feedHosts: ["feeds.example.com", "taxii.example.com"], feedUsername: "soc" });
  const shown = Object.fromEntries(values.map((value) => [value.name, value.shown]));
  expect(shown).toMatchObject({
    feedHosts: "feeds.example.com, taxii.example.com",
    feedUsername: "soc",
    feedPassword: "(set)",
    feedToken: "",
  });
});
