import { appendFileSync, readFileSync, truncateSync, writeFileSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import { abandon, linesOf, logPath, releaseCall, writeLog } from "../../../../test/server/audit-lab.ts";
import { openAuditLog } from "./audit-log.ts";
import { type AuditRecord, formatRecord, hashOf } from "./audit-record.ts";
import { verifyAudit } from "./verification.ts";

const whole = await writeLog();
const bytes = readFileSync(whole);
const lines = linesOf(whole);

/** What verify says of the same log with other content. */
async function verifyContent(content: string | Uint8Array, head?: string) {
  const path = logPath();
  writeFileSync(path, content);
  return verifyAudit(path, head === undefined ? {} : { head });
}

const joined = (some: readonly string[]) => some.map((line) => `${line}\n`).join("");

test("a log as it was written is intact, also where a writer died in it", async () => {
  const result = await verifyAudit(whole);
  expect(result).toMatchObject({ ok: true, records: 8, unfinished: 1, problems: [] });
  expect(result.head).toBe((JSON.parse(lines.at(-1) ?? "") as AuditRecord).hash);
  expect(result.notes).toEqual([
    { line: 5, what: "the writer before died in the middle of a record; record 5 tells of it" },
  ]);
});

test("any single byte altered is found", async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), async (at, by) => {
      const altered = Buffer.from(bytes);
      altered[at] = ((altered[at] ?? 0) + by) % 256;
      expect((await verifyContent(altered)).ok).toBe(false);
    }),
    { numRuns: 400 },
  );
});

test("any byte put in or taken out is found", async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat(bytes.length), fc.nat(255), fc.boolean(), async (at, byte, isCut) => {
      fc.pre(!isCut || at < bytes.length);
      const middle = isCut ? Buffer.alloc(0) : Buffer.of(byte);
      const altered = Buffer.concat([bytes.subarray(0, at), middle, bytes.subarray(isCut ? at + 1 : at)]);
      expect((await verifyContent(altered)).ok).toBe(false);
    }),
    { numRuns: 300 },
  );
});

test("a line removed anywhere but at the end is found, and at the end by a known head", async () => {
  const { head } = await verifyAudit(whole);
  for (const at of lines.keys()) {
    const result = await verifyContent(joined(lines.toSpliced(at, 1)), head ?? "");
    expect(result.ok).toBe(false);
  }
  const shorter = await verifyContent(joined(lines.slice(0, -1)));
  expect(shorter).toMatchObject({ ok: true });
  expect(shorter.notes.at(-1)?.what).toMatch(/no orderly end is marked and no server is writing/);
});

test("a line doubled or moved anywhere is found", async () => {
  const place = fc.nat(lines.length - 1);
  await fc.assert(
    fc.asyncProperty(place, fc.nat(lines.length), async (from, to) => {
      expect((await verifyContent(joined(lines.toSpliced(to, 0, lines[from] ?? "")))).ok).toBe(false);
    }),
    { numRuns: 60 },
  );
  await fc.assert(
    fc.asyncProperty(place, place, async (one, other) => {
      fc.pre(one !== other);
      const swapped = lines.with(one, lines[other] ?? "").with(other, lines[one] ?? "");
      expect((await verifyContent(joined(swapped))).ok).toBe(false);
    }),
    { numRuns: 60 },
  );
});

test("a record rewritten with a hash that fits it is found by the next one", async () => {
  const record = JSON.parse(lines[1] ?? "") as AuditRecord & { who: string };
  record.who = "somebody-else";
  record.hash = hashOf(record);
  const result = await verifyContent(joined(lines.with(1, formatRecord(record))));
  expect(result.problems).toEqual([
    { line: 3, what: "it does not follow the record above: one of the two was replaced" },
  ]);
});

test("each problem is told once, at its line", async () => {
  const altered = (lines[1] ?? "").replace("Quarantine", "Elsewhere");
  const result = await verifyContent(joined(lines.with(1, altered).toSpliced(6, 1)));
  expect(result.problems).toEqual([
    { line: 2, what: "the record does not agree with its own hash" },
    { line: 7, what: "record 6 is missing before it" },
  ]);
  const doubled = await verifyContent(joined(lines.toSpliced(3, 0, lines[1] ?? "")));
  expect(doubled.problems).toEqual([{ line: 4, what: "record 2 stands behind record 3: it was doubled or moved" }]);
});

test("bytes that are no text are found, also where they stand for a sign that is there to be one", async () => {
  const path = logPath();
  const log = await openAuditLog(path);
  await log.intent({ ...releaseCall, arguments: { folder: "half a sign: \ufffd" } });
  await log.close();
  expect(await verifyAudit(path)).toMatchObject({ ok: true });
  const altered = readFileSync(path).toString("latin1").replace("\u00ef\u00bf\u00bd", "\u00ff");
  expect(await verifyContent(Buffer.from(altered, "latin1"))).toMatchObject({ ok: false });
});

test("a record with blanks put in is found, although it means the same", async () => {
  const result = await verifyContent(joined(lines.with(1, `${lines[1]} `)));
  expect(result.problems[0]).toEqual({ line: 2, what: "the record is not written as the log writes it" });
});

test("a known head shows how many records came after it, and a foreign one that the log is another", async () => {
  const fifth = JSON.parse(lines[3] ?? "") as AuditRecord;
  expect(await verifyAudit(whole, { head: fifth.hash })).toMatchObject({ ok: true, sinceKnownHead: 4 });
  const foreign = await verifyAudit(whole, { head: "0".repeat(64) });
  expect(foreign).toMatchObject({ ok: false, sinceKnownHead: null });
  expect(foreign.problems[0]?.what).toMatch(/the end was cut off, or the log was written anew/);
});

test("half a line at the end is told until a writer has taken note of it", async () => {
  const path = logPath();
  await abandon(await openAuditLog(path), path);
  const before = await verifyAudit(path);
  expect(before.problems).toEqual([
    { line: 2, what: "the last line is not whole: the writer died while it wrote, or the file was cut" },
  ]);
  await (await openAuditLog(path)).close();
  expect(await verifyAudit(path)).toMatchObject({ ok: true, records: 3 });
});

test("a writer that dies a second time, while it takes note of half a line, is taken note of as well", async () => {
  const path = logPath();
  await abandon(await openAuditLog(path), path);
  appendFileSync(path, '\n{"fragment":{"byt');
  await (await openAuditLog(path)).close();
  const result = await verifyAudit(path);
  expect(result).toMatchObject({ ok: true, records: 3 });
  expect(result.notes).toEqual([
    { line: 2, what: "the writer before died in the middle of a record; record 2 tells of it" },
  ]);
});

test("a log that is being written is intact, also with half a record on its way", async () => {
  const path = logPath();
  const log = await openAuditLog(path);
  await log.intent(releaseCall);
  expect(await verifyAudit(path)).toMatchObject({ ok: true, records: 2, unfinished: 1, notes: [], head: log.head() });
  const { length } = readFileSync(path);
  appendFileSync(path, '{"half');
  expect(await verifyAudit(path)).toMatchObject({ ok: true, records: 2 });
  truncateSync(path, length);
  await log.close();
});

test("a file that is no audit log, and one that is not there, are not taken for an intact log", async () => {
  expect((await verifyContent("one\ntwo\n")).ok).toBe(false);
  expect((await verifyContent('{"kind":"intent"}\n')).problems[0]?.what).toBe("the line is not a record of this log");
  await expect(verifyAudit(logPath())).rejects.toMatchObject({ code: "bad_input" });
});

test("an emptied log is not intact, for a log begins with a record", async () => {
  const what = "the log is empty, and it begins with a record: all of it was cut off";
  expect(await verifyContent("")).toMatchObject({ ok: false, records: 0, problems: [{ line: 1, what }] });
});
