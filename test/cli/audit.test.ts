import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { readCsv } from "../../src/core/csv.ts";
import { openAuditLog } from "../../src/hosts/server/audit/audit-log.ts";
import { linesOf, logPath, releaseCall, writeLog } from "../server/audit-lab.ts";
import { temporaryDirectory } from "../temporary-directory.ts";
import { run } from "./terminal.ts";

const whole = dirname(await writeLog());

test("verify says that a log is intact, and which hash to keep elsewhere", async () => {
  const { exitCode, stdout, stderr } = await run(["audit", "verify", "--state", whole]);
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/^intact {3}yes\nrecords {2}8\nlast {5}\d{4}-\S+Z\nhead {5}[0-9a-f]{64}\n$/);
  expect(stderr).toContain("note: line 5: the writer before died in the middle of a record; record 5 tells of it.\n");
  expect(stderr).toContain("Without a recorded outcome: 1; pps audit list shows them.\n");
  const head = stdout.trim().slice(-64);
  const later = await run(["audit", "verify", "--state", whole, "--head", head]);
  expect(later.stderr).toContain("The record with the known head is there; 0 came after it.\n");
});

test("verify ends with 8 and names the line of what was altered, and list does not hide it", async () => {
  const path = logPath();
  const lines = linesOf(`${whole}/audit.jsonl`);
  writeFileSync(path, `${lines.with(1, (lines[1] ?? "").replace("soar", "roas")).join("\n")}\n`);
  const state = dirname(path);
  const verify = await run(["audit", "verify", "--state", state]);
  expect(verify).toMatchObject({ exitCode: 8, stdout: expect.stringMatching(/^intact {3}no\n/) });
  expect(verify.stderr).toContain("line 2: the record does not agree with its own hash.\n");
  expect(verify.stderr).toContain("The audit log is not as it was written; keep the file as it is.\n");
  const json = await run(["audit", "verify", "--json", "--state", state]);
  expect(JSON.parse(json.stdout)).toMatchObject({ ok: false, problems: [{ line: 2 }] });
  for (const args of [["list"], ["list", "--json"], ["export"], ["export", "--jsonl"]]) {
    const shown = await run(["audit", ...args, "--state", state]);
    expect(shown).toMatchObject({ exitCode: 8, stderr: expect.stringContaining("line 2: the record does not agree") });
  }
});

test("a log that was cut at its end is found by a head that was kept", async () => {
  const path = logPath();
  const { stdout } = await run(["audit", "verify", "--state", whole]);
  writeFileSync(path, `${linesOf(`${whole}/audit.jsonl`).slice(0, -2).join("\n")}\n`);
  const state = dirname(path);
  expect(await run(["audit", "verify", "--state", state])).toMatchObject({ exitCode: 0 });
  const { exitCode, stderr } = await run(["audit", "verify", "--state", state, "--head", stdout.trim().slice(-64)]);
  expect(exitCode).toBe(8);
  expect(stderr).toContain("the end was cut off, or the log was written anew");
});

test("list shows each change with what became of it", async () => {
  const { exitCode, stdout, stderr } = await run(["audit", "list", "--state", whole]);
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
  const rows = stdout.split("\n").map((line) => line.replace(/^\d{4}-\d\d-\d\dT\S+Z +/, "").replace(/ {2,}/g, " | "));
  expect(rows).toEqual([
    "time | who | command | profile | state | message | requestId",
    "soar | quarantine.release | lab | done | 1 done | req-1",
    "soar | quarantine.delete | lab | unknown | The server ended before an outcome was recorded; look before you repeat it. | req-2",
    "hélpdesk | blocklist.add | lab | failed | 1 refused | req-3",
    "",
  ]);
});

test("a change whose server was killed before its outcome is shown as unknown, and as running before that", async () => {
  const path = logPath();
  const state = dirname(path);
  const module = new URL("../../src/hosts/server/audit/audit-log.ts", import.meta.url).href;
  const script = `import { openAuditLog } from ${JSON.stringify(module)};
    const log = await openAuditLog(${JSON.stringify(path)});
    await log.intent(${JSON.stringify(releaseCall)});
    process.stdout.write("sent");
    process.stdin.resume().on("end", () => process.exit(log.head().length));`;
  const child = spawn(process.execPath, ["--no-warnings", "--input-type=module", "-e", script], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  await once(child.stdout, "data");
  const list = async () => JSON.parse((await run(["audit", "list", "--json", "--state", state])).stdout).calls;
  expect(await list()).toMatchObject([{ requestId: "req-1", state: "running", ended: null }]);
  await expect(openAuditLog(path)).rejects.toThrow("Another server is writing the audit log");
  const ended = once(child, "exit");
  child.kill("SIGKILL");
  await ended;
  const unknown = [{ requestId: "req-1", state: "unknown", ended: null, outcomeHash: null }];
  expect(await list()).toMatchObject(unknown);
  const next = await openAuditLog(path);
  expect(await list()).toMatchObject(unknown);
  await next.close();
  expect(await list()).toMatchObject(unknown);
  expect(await run(["audit", "verify", "--state", state])).toMatchObject({ exitCode: 0 });
});

test.each([
  [
    ["--who", "soar"],
    ["req-1", "req-2"],
  ],
  [["--command", "blocklist.add"], ["req-3"]],
  [["--who", "soar", "--command", "blocklist.add"], []],
  [
    ["--since", "1h"],
    ["req-1", "req-2", "req-3"],
  ],
  [["--until", "1h"], []],
  [["--since", "2099-01-01"], []],
])("list and export take %j", async (flags, expected) => {
  const list = await run(["audit", "list", "--json", "--state", whole, ...flags]);
  const idOf = ({ requestId }: { requestId: string }) => requestId;
  expect(JSON.parse(list.stdout).calls.map(idOf)).toEqual(expected);
  const lines = await run(["audit", "export", "--jsonl", "--state", whole, ...flags]);
  const calls = lines.stdout.split("\n").filter(Boolean);
  expect(calls.map((line) => idOf(JSON.parse(line)))).toEqual(expected);
});

test("export gives everything that is known of a change, as CSV and as JSON", async () => {
  const csv = await run(["audit", "export", "--state", whole]);
  const [heading, ...rows] = readCsv(csv.stdout, ",").rows.map(({ cells }) => cells);
  const first = Object.fromEntries((heading ?? []).map((name, at) => [name, rows[0]?.[at]]));
  const records = linesOf(`${whole}/audit.jsonl`).map((line) => (line.includes('"kind":') ? line : "{}"));
  expect(first).toMatchObject({
    sequence: "2",
    who: "soar",
    tokenId: "1f3c9a2b",
    command: "quarantine.release",
    state: "done",
    arguments: '{"folder":"Quarantine","localGuids":["2:15:1","2:15:2"]}',
    items: '{"localGuid":"2:15:1","outcome":"done"}',
    ppsRequestIds: "pps-1",
    outcomeHash: JSON.parse(records[2] ?? "").hash,
  });
  expect(rows).toHaveLength(3);
  const json = await run(["audit", "export", "--json", "--state", whole]);
  expect(JSON.parse(json.stdout).calls[2]).toMatchObject({ who: "hélpdesk", arguments: { comment: "ünwanted 🦊" } });
});

test("what a caller wrote does nothing to a terminal or a spreadsheet", async () => {
  const path = logPath();
  const log = await openAuditLog(path);
  const intent = await log.intent({ ...releaseCall, profile: "\u001b[31mred", arguments: { comment: "=1+1" } });
  await log.outcome(intent, { items: [{ entry: "=cmd()", outcome: "done" }] });
  await log.close();
  const state = dirname(path);
  for (const args of [["list"], ["list", "--json"], ["export"], ["export", "--jsonl"]]) {
    expect((await run(["audit", ...args, "--state", state])).stdout).not.toContain("\u001b");
  }
});

test("a log that was moved away is read by its own name", async () => {
  const cwd = temporaryDirectory();
  writeFileSync(join(cwd, "audit-2026.jsonl"), readFileSync(`${whole}/audit.jsonl`));
  const verify = await run(["audit", "verify", "--file", "audit-2026.jsonl"], { cwd });
  expect(verify).toMatchObject({ exitCode: 0, stdout: expect.stringContaining("records  8\n") });
  const list = await run(["audit", "list", "--file", "audit-2026.jsonl", "--json"], { cwd });
  expect(JSON.parse(list.stdout).calls).toHaveLength(3);
});

test("no change in the log is said on stderr, and no log at all is an error", async () => {
  const path = logPath();
  await (await openAuditLog(path)).close();
  const none = await run(["audit", "list", "--state", dirname(path)]);
  expect(none).toEqual({ exitCode: 0, stdout: "", stderr: "No change is recorded that fits.\n" });
  const state = temporaryDirectory();
  for (const verb of ["verify", "list", "export"]) {
    const { exitCode, stdout, stderr } = await run(["audit", verb, "--state", state]);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
    expect(stderr).toContain(`pps: There is no audit log ${state}/audit.jsonl.\n`);
  }
});

test.each([
  [["list", "--since", "soon"], '--since is no time: "soon"'],
  [["verify", "--head", "abc"], "--head takes 64 hexadecimal digits"],
  [["export", "--jsonl", "--csv"], "cannot be used with"],
  [["list", "--file", "audit.jsonl"], "cannot be used with"],
])("%j is refused", async (args, sentence) => {
  const { exitCode, stderr } = await run(["audit", ...args, "--state", whole]);
  expect(exitCode).toBe(2);
  expect(stderr).toContain(sentence);
});

test("reading a log changes nothing in it", async () => {
  const path = `${whole}/audit.jsonl`;
  const before = readFileSync(path);
  await run(["audit", "verify", "--state", whole]);
  await run(["audit", "export", "--state", whole]);
  expect(readFileSync(path).equals(before)).toBe(true);
});
