import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { afterEach, expect, test } from "vitest";
import { temporaryDirectory } from "../../../../test/temporary-directory.ts";
import { resolveQuirks } from "../../../simulator/index.ts";

const program = fileURLToPath(new URL("../../../../bin/pps.js", import.meta.url));
const children: ChildProcess[] = [];

const npmCommandBefore = process.env.npm_command;
afterEach(() => {
  if (npmCommandBefore === undefined) delete process.env.npm_command;
  else process.env.npm_command = npmCommandBefore;
  for (const child of children.splice(0)) child.kill("SIGKILL");
});

function pps(...words: string[]) {
  const child = spawn(process.execPath, [program, "simulator", ...words], {
    stdio: ["ignore", "pipe", "pipe"],
    // One that is killed cannot tidy up.
    env: { ...process.env, TMPDIR: temporaryDirectory() },
  });
  children.push(child);
  return child;
}

async function run(...words: string[]) {
  const child = pps(...words);
  const [out, err, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, "close")]);
  return { out, err, code };
}

async function firstOutput(child: ReturnType<typeof pps>, complete: (out: string) => boolean): Promise<string> {
  let out = "";
  for await (const chunk of child.stdout) {
    out += chunk;
    if (complete(out)) return out;
  }
  throw new Error(`ended after ${out}${await text(child.stderr)}`);
}

test("--json prints one line when ready, and Ctrl-C ends it cleanly", async () => {
  const child = pps("--json", "--password", "secret-1");
  const line = await firstOutput(child, (out) => out.endsWith("\n"));
  const ready = JSON.parse(line);
  expect(Object.keys(ready)).toEqual(["ready", "api", "smtp", "control", "username", "password", "ca"]);
  expect(ready).toMatchObject({ ready: true, username: "api-admin", password: "secret-1" });
  expect(ready.api).toMatch(/^https:\/\/127\.0\.0\.1:\d+$/);
  expect(ready.smtp).toMatch(/^127\.0\.0\.1:\d+$/);

  const message = {
    envelope: { from: "ann@shop.test", to: ["ben@example.com"] },
    raw: Buffer.from("Subject: Hi \u001b[31m\r\n\tfolded\r\n\r\nText\r\n").toString("base64"),
  };
  await fetch(`${ready.control}/messages`, { method: "POST", body: JSON.stringify(message) });
  const list = await run("mailbox", "--control", ready.control);
  expect(list).toMatchObject({ out: "     1  ben@example.com\n", code: 0 });
  const box = await run("mailbox", "ben@example.com", "--control", ready.control);
  expect(box.out).toMatch(/^ +1 {2}\S+Z {2}delivered {2}ann@shop\.test {2}Hi \\u\{1b\}\[31m folded\n$/);
  const raw = await run("mailbox", "ben@example.com", "--control", ready.control, "--raw", "1");
  expect(raw.out).toBe("Subject: Hi \u001b[31m\r\n\tfolded\r\n\r\nText\r\n");
  const json = await run("mailbox", "ben@example.com", "--control", ready.control, "--json");
  expect(JSON.parse(json.out)).toMatchObject({ address: "ben@example.com", messages: [{ raw: message.raw }] });
  const missing = await run("mailbox", "ben@example.com", "--control", ready.control, "--raw", "2");
  expect(missing).toMatchObject({ code: 4, err: expect.stringContaining("there is no number 2") });

  child.kill("SIGINT");
  expect(await once(child, "close")).toEqual([0, null]);
});

test("with profile pod the line and the panel say how to reach the cloud API too", async () => {
  const key = ["--profile", "pod", "--client-id", "key-1", "--client-secret", "it's secret", "--domain", "house.test"];
  const json = pps("--json", ...key);
  const ready = JSON.parse(await firstOutput(json, (out) => out.endsWith("\n")));
  const cloud = expect.stringMatching(/^https:\/\/127\.0\.0\.1:\d+$/);
  expect(ready).toMatchObject({ cloud, clientId: "key-1", clientSecret: "it's secret", clusterId: "lab-cluster" });
  expect(ready.ownDomains).toEqual(["house.test"]);

  const panel = await firstOutput(pps(...key), (out) => out.includes("mailbox --control"));
  const [, url] = /export PPS_CLOUD_URL=(\S+)\n/.exec(panel) ?? [];
  expect(url).toEqual(cloud);
  expect(panel).toContain(`export PPS_CLOUD_TOKEN_URL=${url}/v1/token\n`);
  expect(panel).toContain("export PPS_CLOUD_CLIENT_ID=key-1\n");
  expect(panel).toContain(`export PPS_CLOUD_CLIENT_SECRET='it'\\''s secret'\n`);
  expect(panel).toContain("export PPS_CLOUD_CLUSTER_ID=lab-cluster\n");
  expect(panel).toContain("export PPS_OWN_DOMAINS=house.test\n");
});

test("the quirks that its help gives as examples exist", async () => {
  const { out } = await run("--help");
  const named = [...out.matchAll(/--quirk ([\w-]+)=(\S+)/g)];
  expect(named.length).toBeGreaterThan(0);
  for (const [, name = "", value = ""] of named) expect(() => resolveQuirks("pod", { [name]: value })).not.toThrow();
});

test.each([
  ["exec", "npx pps"],
  ["run", "pps"],
])("started by npm %s, it shows commands that begin with %s", async (npmCommand, begin) => {
  process.env.npm_command = npmCommand;
  const child = pps();
  const panel = await firstOutput(child, (out) => out.includes("mailbox --control"));
  expect(panel).toMatch(new RegExp(`^ {4}${begin} quarantine list`, "m"));
  child.kill("SIGTERM");
  await once(child, "close");
});

test("for people it prints lines to paste into another shell", async () => {
  const child = pps("--profile", "pod", "--password", "it's");
  const panel = await firstOutput(child, (out) => out.includes("mailbox --control"));
  expect(panel).toContain("PPS simulator (pod) is ready");
  expect(panel).toMatch(/export PPS_URL=https:\/\/127\.0\.0\.1:\d+\n/);
  expect(panel).toContain(`export PPS_PASSWORD='it'\\''s'\n`);
  expect(panel).toMatch(/export PPS_CA=\S+ca\.pem\n/);
  child.kill("SIGTERM");
  expect(await once(child, "close")).toEqual([0, null]);
});

test.each([
  [["--api-port", "70000"], "0 to 65535"],
  [["--quirk", "nonsense"], "NAME=VALUE"],
  [["--quirk", "nonsense=1"], 'no quirk "nonsense"'],
  [["--account", "reader"], "NAME:PASSWORD:MODULE"],
  [["--account", "reader:secret:Mail"], "Quarantine, pss, enduser"],
  [["--cert", "a.pem"], "--key belong together"],
  [["--profile", "cloud"], "onprem, pod"],
  [["--cloud-port", "0"], "has no cloud API"],
])("%j is refused with a reason", async (words, reason) => {
  const { code, err } = await run(...words);
  expect(err).toContain(reason);
  expect(code).toBe(2);
});

test("a control address where nobody listens is told as one that cannot be reached", async () => {
  const { code, out, err } = await run("mailbox", "--control", "http://127.0.0.1:1");
  expect({ code, out }).toEqual({ code: 7, out: "" });
  expect(err).toMatch(/^pps: No simulator answers at http:\/\/127\.0\.0\.1:1: .*\nhint: /);
});
