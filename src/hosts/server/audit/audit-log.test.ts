import { chmodSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { linesOf, logPath, releaseCall, writeLog } from "../../../../test/server/audit-lab.ts";
import { temporaryDirectory } from "../../../../test/temporary-directory.ts";
import { PpsError } from "../../../core/errors.ts";
import { openAuditLog } from "./audit-log.ts";
import { createLineWriter } from "./line-writer.ts";
import { verifyAudit } from "./verification.ts";

test("a change is on record before it is sent, and its outcome afterwards", async () => {
  const path = logPath();
  const log = await openAuditLog(path, { now: () => Date.UTC(2026, 10, 21, 8) });
  const intent = await log.intent(releaseCall);
  const written = linesOf(path);
  expect(JSON.parse(written[1] ?? "")).toEqual({
    ...releaseCall,
    kind: "intent",
    sequence: 2,
    time: "2026-11-21T08:00:00.000Z",
    previous: JSON.parse(written[0] ?? "").hash,
    hash: log.head(),
  });
  const items = [
    { localGuid: "2:15:1", folder: "Quarantine", outcome: "accepted", message: "Subject: pay rise", requestId: "p-1" },
    {
      localGuid: "2:15:2",
      folder: "Quarantine",
      outcome: "not_found",
      message: "gone",
      code: "not_found",
      status: 404,
    },
  ];
  await log.outcome(intent, { items, ppsRequestIds: ["p-1", "p-2"] });
  await log.close();
  expect(JSON.parse(linesOf(path)[2] ?? "")).toMatchObject({
    kind: "outcome",
    intent: 2,
    requestId: "req-1",
    state: "partial",
    items: [
      { localGuid: "2:15:1", folder: "Quarantine", outcome: "accepted", requestId: "p-1" },
      { localGuid: "2:15:2", folder: "Quarantine", outcome: "not_found", code: "not_found", status: 404 },
    ],
    ppsRequestIds: ["p-1", "p-2"],
  });
  expect(readFileSync(path, "utf8")).not.toContain("pay rise");
});

test.each([
  ["done", { items: [{ outcome: "done" }, { outcome: "unchanged" }] }],
  ["done", { items: [] }],
  ["partial", { items: [{ outcome: "done" }, { outcome: "failed" }] }],
  ["failed", { items: [{ outcome: "refused" }] }],
  ["failed", { error: new PpsError("denied", "No.") }],
  ["partial", { items: [{ outcome: "done" }], error: new PpsError("unreachable", "Gone.") }],
  ["unknown", { items: [{ outcome: "done" }, { outcome: "unknown" }] }],
  ["unknown", { error: new PpsError("unreachable", "Cut off.", { mayHaveHappened: true }) }],
  ["unknown", { error: new TypeError("a fault with hunter2 in it") }],
])("a call is %s after %j", async (state, outcome) => {
  const path = logPath();
  const log = await openAuditLog(path);
  expect(await log.outcome(await log.intent(releaseCall), outcome)).toMatchObject({ state });
  await log.close();
  expect(readFileSync(path, "utf8")).not.toContain("hunter2");
});

test("the log is its owner's alone, and refused where others can write it", async () => {
  const path = logPath();
  await (await openAuditLog(path)).close();
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(statSync(`${path}.lock`).mode & 0o777).toBe(0o600);
  chmodSync(path, 0o620);
  await expect(openAuditLog(path)).rejects.toMatchObject({ code: "bad_input", hint: `chmod 600 ${path}` });
});

test("a second writer is refused until the first has ended", async () => {
  const path = logPath();
  const first = await openAuditLog(path);
  await expect(openAuditLog(path)).rejects.toThrow(`Another server is writing the audit log ${path}.`);
  await first.close();
  await (await openAuditLog(path)).close();
  expect(await verifyAudit(path)).toMatchObject({ ok: true, records: 4 });
});

test("calls at the same time stand in one chain", async () => {
  const path = logPath();
  const log = await openAuditLog(path);
  const call = async (number: number) => {
    const intent = await log.intent({ ...releaseCall, requestId: `req-${number}` });
    await log.outcome(intent, { items: [{ outcome: "done", localGuid: `${number}` }] });
  };
  await Promise.all(Array.from({ length: 50 }, (_, number) => call(number)));
  await log.close();
  expect(await verifyAudit(path)).toMatchObject({ ok: true, records: 102, unfinished: 0 });
});

test("a log is continued where it ended, however long its last record is", async () => {
  const path = await writeLog();
  for (const length of [60_000, 65_300, 200_000]) {
    const log = await openAuditLog(path);
    const entries = ["x".repeat(length)];
    await log.outcome(await log.intent({ ...releaseCall, arguments: { entries } }), {
      items: [{ entry: entries[0], outcome: "done" }],
    });
    await log.close();
  }
  expect(await verifyAudit(path)).toMatchObject({ ok: true, records: 20 });
});

test("a log whose last record was altered is not continued", async () => {
  const path = await writeLog();
  writeFileSync(path, readFileSync(path, "utf8").replace(/"closed"(?=[^\n]*\n$)/, '"closet"'));
  await expect(openAuditLog(path)).rejects.toMatchObject({
    code: "bad_input",
    message: `The audit log ${path} cannot be continued: at its end, the line is not a record of this log.`,
  });
});

test("some other file is not taken for a log, and a directory that is not there is named", async () => {
  const path = logPath();
  writeFileSync(path, "alpha\nbeta\n", { mode: 0o600 });
  await expect(openAuditLog(path)).rejects.toThrow("cannot be continued: at its end, there is no record in it.");
  expect(readFileSync(path, "utf8")).toBe("alpha\nbeta\n");
  const nowhere = join(temporaryDirectory(), "none", "audit.jsonl");
  await expect(openAuditLog(nowhere)).rejects.toMatchObject({
    code: "bad_input",
    message: `The audit log ${nowhere} cannot be written (ENOENT).`,
  });
});

test.skipIf(process.platform !== "linux")("once a record could not be written, no change is let through", async () => {
  // A device that takes nothing stands for a full disk.
  const { open } = await import("node:fs/promises");
  const full = await open("/dev/full", "a");
  const writer = createLineWriter(full);
  const failures = await Promise.allSettled([writer.write("one"), writer.write("two")]);
  expect(failures.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
  await expect(writer.write("three")).rejects.toMatchObject({
    code: "busy",
    message: expect.stringContaining("ENOSPC"),
  });
  await full.close();
});

test("what PPS says of a call with a secret is not recorded, for it may quote it", async () => {
  const path = logPath();
  const log = await openAuditLog(path);
  const error = new PpsError("refused", 'PPS refused: "hunter2" is too short.');
  const refuse = async (given: Record<string, unknown>) =>
    (await log.outcome(await log.intent({ ...releaseCall, arguments: given }), { error })).error;
  expect(await refuse({ fields: { password: "hunter2" } })).toEqual({
    code: "refused",
    message: "Not recorded, since the call carried a secret.",
  });
  expect(await refuse({ fields: { firstname: "Ann" } })).toEqual({ code: "refused", message: error.message });
  await log.close();
});

test("arguments nested beyond measure are recorded as far as anybody reads them", async () => {
  const path = logPath();
  const log = await openAuditLog(path);
  const deep = `${'{"a":'.repeat(15_000)}1${"}".repeat(15_000)}`;
  const { arguments: recorded } = await log.intent({ ...releaseCall, arguments: { fields: JSON.parse(deep) } });
  await log.close();
  expect(JSON.stringify(recorded)).toContain('{"a":"***"}');
  expect(await verifyAudit(path)).toMatchObject({ ok: true });
});

test("a writer that failed once writes nothing more, even if it could again", async () => {
  const written: string[] = [];
  const file = {
    appendFile: async (text: string) => {
      written.push(text);
      if (written.length === 1) throw Object.assign(new Error("no room"), { code: "ENOSPC" });
    },
    datasync: async () => {},
  };
  const writer = createLineWriter(file);
  await expect(writer.write("one")).rejects.toMatchObject({ code: "busy" });
  await expect(writer.write("two")).rejects.toMatchObject({ code: "busy" });
  expect(written).toEqual(["one\n"]);
});

const secretKey = fc.constantFrom(
  "password",
  "Passwd",
  "newPassword",
  "client_secret",
  "apiKey",
  "accessToken",
  "passphrase",
);
const anyArguments = fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 3 }));

test("no value under a name of secrets is ever written", async () => {
  const path = logPath();
  const log = await openAuditLog(path);
  const secret = "hunter2-Ω";
  await fc.assert(
    fc.asyncProperty(
      anyArguments,
      secretKey,
      fc.constantFrom("flat", "nested", "text", "list", "cut"),
      async (other, key, form) => {
        const holding = { ...other, [key]: secret };
        const forms = {
          flat: holding,
          nested: { fields: { deep: [holding] } },
          text: { fields: JSON.stringify(holding) },
          list: { items: [JSON.stringify({ inner: holding })] },
          cut: { fields: JSON.stringify({ [key]: secret }).slice(0, -1) },
        };
        const record = await log.intent({ ...releaseCall, arguments: forms[form] });
        expect(JSON.stringify(record)).not.toContain("hunter2");
      },
    ),
    { numRuns: 200 },
  );
  await log.close();
  expect(readFileSync(path, "utf8")).not.toContain("hunter2");
  const { problems, records } = await verifyAudit(path);
  const lines = linesOf(path);
  expect(problems.map(({ line, what }) => ({ line, what, text: lines[line - 1] }))).toEqual([]);
  expect(records).toBe(202);
});

test("whatever the arguments are, the chain holds and they can be read again", async () => {
  const path = logPath();
  const log = await openAuditLog(path);
  await fc.assert(
    fc.asyncProperty(fc.dictionary(fc.string({ unit: "binary" }), fc.anything({ withDate: true })), async (given) => {
      await log.intent({ ...releaseCall, arguments: given });
    }),
    { numRuns: 200 },
  );
  await log.close();
  expect(await verifyAudit(path)).toMatchObject({ ok: true });
});
