import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { exitCodes } from "../../src/hosts/cli/exit-codes.ts";
import { type Simulator, startSimulator } from "../../src/simulator/index.ts";
import { temporaryDirectory } from "../temporary-directory.ts";
import { environmentOf, run } from "./terminal.ts";

const root = join(dirname(fileURLToPath(import.meta.url)), "../..");
const samples = join(root, "samples/intel");

let simulator: Simulator;
let env: Record<string, string>;

beforeAll(async () => {
  simulator = await startSimulator({ seed: "cli-hunt", load: join(root, "samples/mail") });
  env = environmentOf(simulator);
});
afterAll(() => simulator.stop());

function fileOf(text: string): string {
  const path = join(mkdtempSync(join(temporaryDirectory(), "hunt-")), "indicators");
  writeFileSync(path, text);
  return path;
}

test("a table shows what became of each message and what names it", async () => {
  const columns = ["--columns", "state,sender,recipients,folders,indicators"];
  const { exitCode, stdout, stderr } = await run(["hunt", "shop@office-chairs.example", ...columns], { env });
  expect({ exitCode, stderr }).toEqual({
    exitCode: 0,
    stderr: expect.stringMatching(/^1 message\.\nPPS searches envelope senders alone: .*\n$/),
  });
  const [messages, indicators] = stdout.split("\n\n");
  expect(messages).toBe(
    `state      sender                      recipients              folders  indicators
delivered  shop@office-chairs.example  facilities@example.com           shop@office-chairs.example`,
  );
  expect(indicators).toMatch(/^By indicator\nindicator .*\nshop@office-chairs\.example +sender +1 +1 .* searched\n$/);
});

test("JSON has the messages and all that was counted", async () => {
  const line = ["hunt", "@parcels.test", "<won@mega-lotto.test>", "https://evil.example/", "--json"];
  const { exitCode, stdout } = await run(line, { env });
  expect(exitCode).toBe(0);
  const result = JSON.parse(stdout);
  expect(result).toMatchObject({
    indicators: [
      { indicator: "parcels.test", kind: "domain", messages: 1, recipients: 2, state: "searched" },
      { indicator: "won@mega-lotto.test", kind: "messageId", messages: 1, recipients: 3, state: "searched" },
      { indicator: "https://evil.example/", kind: "url", messages: 0, state: "not_searchable" },
    ],
    truncated: false,
    failed: false,
    until: null,
  });
  const sent = result.messages.map(({ sender, folders }: Record<string, unknown>) => [sender, folders]);
  expect(sent.sort()).toEqual([
    ["claims@mega-lotto.test", ["Quarantine"]],
    ["notice@parcels.test", ["Phish"]],
  ]);
  expect(result.recipients).toHaveLength(4);
  expect(result.timeline.length).toBeGreaterThan(0);
});

test("CSV has a line for each message, with every value", async () => {
  const { exitCode, stdout } = await run(["hunt", "notice@parcels.test", "--csv"], { env });
  expect(exitCode).toBe(0);
  const [heading, line = "", ...others] = stdout.trimEnd().split("\r\n");
  expect(heading).toBe(
    "guid,receivedAt,state,sender,recipients,subject,messageId,senderIp,folders,finalRule,indicators",
  );
  expect(line).toContain("held,notice@parcels.test,ana.lind@example.com; hr@example.com,");
  expect(others).toEqual([]);
});

test.each([
  [
    "indicators.txt",
    ["claims@mega-lotto.test", "it-service@examp1e.test", "notice@parcels.test", "shop@office-chairs.example"],
    /can ?not be searched for; the first because PPS does not search for links/,
  ],
  [
    "indicators.csv",
    ["claims@mega-lotto.test", "deals@cheap-meds.test", "vip@coin-double.test"],
    /Left out of the file: line 6 is of the type "cve"/,
  ],
  [
    "bundle.stix.json",
    ["archive@vendor.test", "claims@mega-lotto.test", "it-service@examp1e.test", "notice@parcels.test"],
    /Left out of the file: object 5 has a pattern with MATCHES/,
  ],
  [
    "event.misp.json",
    ["h.vogel@exarnple.example", "it-service@examp1e.test", "rechnung@lieferant.test", "support@mailbox-team.test"],
    /Left out of the file: attribute 4 is not meant for detection/,
  ],
])("the sample %s is hunted", async (name, senders, told) => {
  const { exitCode, stdout, stderr } = await run(["hunt", "--file", join(samples, name), "--jsonl"], { env });
  expect(exitCode).toBe(0);
  const found = stdout
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line).sender);
  expect(found.sort()).toEqual(senders);
  expect(stderr).toMatch(told);
});

test("nothing found is no error, and stdout has only what was looked for", async () => {
  expect(await run(["hunt", "nobody@evil.example"], { env })).toEqual({
    exitCode: 0,
    stdout: `
By indicator
indicator            kind    messages  recipients  state
nobody@evil.example  sender  0         0           searched
`,
    stderr: expect.stringMatching(/^0 messages/),
  });
});

test("a hunt that could not be made says so on stderr and by its exit code", async () => {
  const lineOf = (path: string) => run(["hunt", "--file", path], { env });
  expect(await lineOf(join(temporaryDirectory(), "is-not-there"))).toMatchObject({ exitCode: 2, stdout: "" });
  for (const [text, complaint] of [
    ["", /The file is empty/],
    ["nonsense\n", /names no indicator that can be used: line 1 holds "nonsense"/],
    ['{"type":"bundle","objects":[', /is JSON that breaks off or goes wrong on line 1/],
    ["<!DOCTYPE html>", /is a web page or XML/],
    ["name,score\nx,7\n", /has no column of indicators/],
  ] as const) {
    const { exitCode, stdout, stderr } = await lineOf(fileOf(text));
    expect({ exitCode, stdout, stderr }).toEqual({ exitCode: 2, stdout: "", stderr: expect.stringMatching(complaint) });
  }
  expect(await run(["hunt", "nonsense"], { env })).toMatchObject({ exitCode: 2, stdout: "" });
  expect(await run(["hunt"], { env })).toMatchObject({ exitCode: 2, stdout: "" });
});

test("hostile indicators reach no terminal", async () => {
  const { stdout, stderr } = await run(["hunt", "--file", fileOf("ok.example\n\u202eevil \u009b2J\n")], { env });
  expect(stdout + stderr).not.toMatch(/[\u202e\u009b]/);
});

test("only links and hashes are no hunt, which no program takes for nothing found", async () => {
  const { exitCode, stdout, stderr } = await run(["hunt", "hxxps[:]//evil[.]example/", "a".repeat(64)], { env });
  expect(exitCode).toBe(exitCodes.partial);
  expect(stdout).toMatch(/^# This list is not complete\. None of the indicators can be searched for/);
  expect(stderr).toContain("None of the indicators can be searched for");
});

test("a report is written of a hunt", async () => {
  const path = join(mkdtempSync(join(temporaryDirectory(), "hunt-")), "hunt.html");
  const { exitCode } = await run(["hunt", "@parcels.test", "--report", path], { env });
  expect(exitCode).toBe(0);
  expect(readFileSync(path, "utf8")).toContain("customs fee outstanding");
});
