import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { type Simulator, startSimulator } from "../../src/simulator/index.ts";
import { makeAuthority } from "../client/https-server.ts";
import {
  basic,
  behind,
  bundle,
  cutShort,
  document,
  type FeedServer,
  indicator,
  redirect,
  startFeeds,
  status,
  taxiiObjects,
} from "../feeds/feed-server.ts";
import { temporaryDirectory } from "../temporary-directory.ts";
import { cloudEnvironmentOf, environmentOf, type RunOptions, run } from "./terminal.ts";

const cwd = temporaryDirectory();
const terminal = { columns: 100 };
let simulator: Simulator;
let feeds: FeedServer;
let env: Record<string, string>;

beforeAll(async () => {
  const quirks = { "cloud-call-limit": "none" };
  simulator = await startSimulator({ seed: "cli-feed", profile: "pod", quirks });
  const authority = await makeAuthority();
  feeds = await startFeeds(authority);
  // All runs are one process here, whose calls with one key keep its rate together.
  save("config.yaml", ["profiles:", "  quick:", "    cloudCallsPerMinute: 600"]);
  save("ca.pem", [readFileSync(String(simulator.caPath), "utf8"), authority.cert]);
  const config = { PPS_CONFIG: join(cwd, "config.yaml"), PPS_PROFILE: "quick", PPS_CA: join(cwd, "ca.pem") };
  env = { ...environmentOf(simulator), ...cloudEnvironmentOf(simulator), ...config };
});
afterEach(() => {
  simulator.reset();
  feeds.seen.length = 0;
});
afterAll(() => Promise.all([simulator.stop(), feeds.close()]));

function pps(line: string, options: RunOptions = {}) {
  return run(line.split(" "), { env, cwd, ...options });
}

function save(name: string, lines: readonly string[]): string {
  writeFileSync(join(cwd, name), lines.join("\n"));
  return name;
}

/** What stands on the organisation's blocklist, by the gateway's own store. */
const blocked = () => simulator.organisationLists.entries("block").map(({ value }) => value);

const senders = (count: number) => Array.from({ length: count }, (_, index) => `s${index}@evil.test`);

test("on a terminal the plan of a file is shown with what is left out, asked about, and done", async () => {
  const file = save("feed.txt", ["billing@evil.test", "evil2.test", "gmail.com", "hxxps://evil[.]test/pay"]);
  const no = await pps(`blocklist feed --file ${file} --no-color`, { ...terminal, typed: "n\n" });
  expect(no).toMatchObject({ exitCode: 130, stdout: "" });
  expect(no.stderr).toMatch(/^planned +add +billing@evil\.test /m);
  expect(no.stderr).not.toMatch(/^left /m);
  expect(no.stderr).toContain(
    "The feed names 4 indicators; 2 entries to be blocked, 2 left out: 1 refused by the guard rails, 1 without a sender.\n",
  );
  expect(no.stderr).toContain("Block From Feed: --file feed.txt. Go ahead? [y/N] Nothing was done.\n");
  expect(blocked()).toEqual([]);
  const yes = await pps(`blocklist feed --file ${file} --no-color`, { ...terminal, typed: "y\n" });
  expect(yes.exitCode).toBe(0);
  expect(yes.stdout).toMatch(/^left +none +@gmail\.com\n +message line 3: Blocking @gmail\.com would stop everybody/m);
  expect(yes.stdout).toMatch(/^accepted +add +@evil2\.test\b/m);
  expect(blocked()).toEqual(["billing@evil.test", "@evil2.test"]);
  const again = await pps(`blocklist feed --file ${file} --no-color`, { ...terminal, typed: "" });
  expect(again.exitCode).toBe(0);
  expect(again.stderr).toContain("2 of the entries stand on the list already.\n");
});

test("without a terminal it needs --yes, and a dry run changes nothing", async () => {
  save("feed.txt", ["billing@evil.test"]);
  const refused = await pps("blocklist feed --file feed.txt");
  expect(refused).toMatchObject({ exitCode: 2, stdout: "" });
  expect(refused.stderr).toMatch(/^pps: Not done without --yes/);
  const dry = await pps("blocklist feed --file feed.txt --dry-run");
  expect(dry.stdout).toMatch(/^planned +add +billing@evil\.test +Would add; nothing was sent\.$/m);
  const { outcomes } = JSON.parse((await pps("blocklist feed --file feed.txt --dry-run --json")).stdout);
  expect(outcomes).toMatchObject([{ request: { body: { action: "add" } } }]);
  expect(blocked()).toEqual([]);
  const done = await pps("blocklist feed --file feed.txt --yes --json");
  expect(JSON.parse(done.stdout)).toMatchObject({
    outcomes: [{ outcome: "accepted", action: "add" }],
    counts: { accepted: 1 },
  });
});

test("the listing shows whose entry it is and until when", async () => {
  await pps(
    `blocklist feed --file ${save("feed.csv", ["sender,valid_until", "a@evil.test,2999-01-01"])} --label acme --expire-days 2 --yes`,
  );
  const { stdout } = await pps("blocklist list --jsonl");
  expect(JSON.parse(stdout)).toMatchObject({
    entry: "a@evil.test",
    managedBy: "acme",
    until: expect.stringMatching(/^20\d\d-/),
  });
});

test("a feed that has doubled stops an unasked run, asks on a terminal, and goes on when that is accepted", async () => {
  expect((await pps(`blocklist feed --file ${save("feed.txt", senders(20))} --yes --quiet`)).exitCode).toBe(0);
  save("feed.txt", senders(41));
  const stopped = await pps("blocklist feed --file feed.txt --yes");
  expect(stopped).toMatchObject({ exitCode: 5, stdout: "" });
  expect(stopped.stderr).toMatch(
    /^pps: The feed names 41 entries, more than double the 20 .* Nothing was changed\.\nhint: .*the jump is accepted/,
  );
  expect(blocked()).toHaveLength(20);
  const asked = await pps("blocklist feed --file feed.txt", { ...terminal, typed: "n\n" });
  expect(asked.exitCode).toBe(130);
  expect(asked.stderr).toContain("more than double the 20");
  expect(blocked()).toHaveLength(20);
  expect((await pps("blocklist feed --file feed.txt --yes --accept-jump --quiet")).exitCode).toBe(0);
  expect(blocked()).toHaveLength(41);
});

test("a feed that has emptied stops an unasked run", async () => {
  await pps(`blocklist feed --file ${save("feed.txt", senders(2))} --yes --quiet`);
  const { exitCode, stderr } = await pps(`blocklist feed --file ${save("empty.json", ["[]"])} --yes`);
  expect({ exitCode, stderr }).toEqual({
    exitCode: 5,
    stderr: expect.stringContaining("names nothing that can be blocked"),
  });
  expect(blocked()).toHaveLength(2);
});

test.each([
  ["text", "a@evil.test\nb@evil.test\n"],
  ["CSV", "sender,comment\na@evil.test,Phish\nb@evil.test,\n"],
  ["a STIX bundle", bundle([indicator("a@evil.test"), indicator("b@evil.test")])],
])("a feed is fetched as %s", async (_name, text) => {
  feeds.documents["/list"] = document(text);
  expect((await pps(`blocklist feed ${feeds.url}/list --yes`)).exitCode).toBe(0);
  expect(blocked()).toEqual(["a@evil.test", "b@evil.test"]);
});

test("a TAXII collection is read page by page, with its own credentials", async () => {
  const objects = senders(5).map((address) => indicator(address, { confidence: 80 }));
  for (const by of ["next", "date"] as const) {
    feeds.documents["/api/collections/c1/objects/"] = behind(
      basic("soc", "open sesame"),
      taxiiObjects(objects, { by }),
    );
    feeds.seen.length = 0;
    const own = {
      env: { ...env, PPS_FEED_USERNAME: "soc", PPS_FEED_PASSWORD: "open sesame", PPS_FEED_HOSTS: "127.0.0.1" },
    };
    const { exitCode } = await pps(`blocklist feed ${feeds.url}/api/collections/c1/ --min-confidence 70 --yes`, own);
    expect({ exitCode, pages: feeds.seen.length }).toEqual({ exitCode: 0, pages: 3 });
    expect(blocked()).toEqual(senders(5));
    simulator.reset();
  }
});

test.each([
  ["no credentials", status(401), 3, "asks for credentials"],
  ["nothing there", status(404), 4, "There is no feed at"],
  ["a server that is down", status(500), 8, "answered with status 500"],
  ["a sign-in page", document("<!DOCTYPE html><title>Sign in</title>", "text/html"), 8, "is a web page"],
  ["an answer that breaks off", cutShort("a@evil.test\n"), 7, "broke off before its end"],
  [
    "a redirect to plain HTTP",
    redirect("http://feeds.example.com/list"),
    8,
    "leads on to an address that is not followed",
  ],
])("%s ends with a code and one sentence, and changes nothing", async (_name, answer, exitCode, words) => {
  save("quick.yaml", ["profiles:", "  quick:", "    cloudCallsPerMinute: 600", "    retries: 0"]);
  await pps(`blocklist feed --file ${save("feed.csv", ["sender,valid_until", "old@evil.test,2999-01-01"])} --yes`);
  feeds.documents["/list"] = answer;
  const config = { PPS_CONFIG: join(cwd, "quick.yaml"), PPS_FEED_TOKEN: "hunter2-token" };
  const result = await pps(`blocklist feed ${feeds.url}/list?key=hunter2 --yes`, { env: { ...env, ...config } });
  expect(result).toMatchObject({ exitCode, stdout: "", stderr: expect.stringContaining(words) });
  expect(result.stderr).toMatch(/^pps: .*\nhint: .*\n$/);
  expect(result.stderr).not.toContain("hunter2");
  expect(blocked()).toEqual(["old@evil.test"]);
});

test.each([
  ["http://feeds.example.com/list", "begins with http://"],
  ["https://soc:hunter2@feeds.example.com/list", "holds a user name or password"],
  ["feeds.example.com", "begins with https://"],
])("the address %s is refused before anything is asked", async (url, words) => {
  const { exitCode, stderr } = await pps(`blocklist feed ${url} --yes`);
  expect({ exitCode, stderr }).toEqual({ exitCode: 2, stderr: expect.stringContaining(words) });
  expect(stderr.split("\n")[0]).not.toContain("hunter2");
});

test("exactly one of an address and a file is taken", async () => {
  for (const given of ["", " --file feed.txt https://feeds.example.com/list"]) {
    const { exitCode, stderr } = await pps(`blocklist feed --yes${given}`);
    expect({ exitCode, stderr }).toEqual({
      exitCode: 2,
      stderr: expect.stringContaining("Exactly one of URL and --file must be given."),
    });
  }
});

test("the question does not repeat what may be a key in an address", async () => {
  feeds.documents["/list"] = document("a@evil.test");
  const line = `blocklist feed ${feeds.url}/list?key=hunter2`;
  for (const { stderr } of [await pps(line), await pps(line, { ...terminal, typed: "n\n" })]) {
    expect(stderr).toContain(`Block From Feed: URL ${feeds.url}/list?...`);
    expect(stderr).not.toContain("hunter2");
  }
  const { stderr } = await pps("blocklist feed https://soc:hunter2@feeds.example.com/list");
  expect(stderr).toContain("Block From Feed: URL https://...@feeds.example.com/list");
  expect(stderr).not.toContain("hunter2");
});

test("the check of a configuration file reads the file with a feed's secret", async () => {
  const profile = ["profiles:", "  a:", "    url: https://pps.example.com", "    username: soc", "    password: x"];
  save("check.yaml", [...profile, "    feedTokenFile: token.txt"]);
  const missing = await pps(`config check --config ${join(cwd, "check.yaml")}`, { env: {} });
  expect(missing).toMatchObject({
    exitCode: 2,
    stdout: expect.stringMatching(/feed token file .*token\.txt cannot be read/),
  });
  save("token.txt", ["t0ken"]);
  expect((await pps(`config check --config ${join(cwd, "check.yaml")}`, { env: {} })).exitCode).toBe(0);
});
