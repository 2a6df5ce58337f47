import { Writable } from "node:stream";
import { expect, test } from "vitest";
import type { Pps } from "../../../client/pps.ts";
import { findCommand } from "../../../commands/index.ts";
import type { Command } from "../../../core/command.ts";
import { PpsError } from "../../../core/errors.ts";
import { anonymousHolder } from "../access/holder.ts";
import type { AuditLog } from "../audit/audit-log.ts";
import { createLog } from "../observe/log.ts";
import { carryOutOnRecord } from "./audited-call.ts";

/** A disk that is full from the record of this kind on. */
function fullFrom(kind: "intent" | "outcome"): AuditLog {
  const full = () => Promise.reject(new PpsError("busy", "no space"));
  const intent = async () => ({ sequence: 1 }) as Awaited<ReturnType<AuditLog["intent"]>>;
  return { intent: kind === "intent" ? full : intent, outcome: full, head: () => "", close: async () => {} };
}

async function release(audit: AuditLog, fault?: Error) {
  let sent = 0;
  const logged: string[] = [];
  const pps = {
    async execute() {
      sent++;
      if (fault !== undefined) throw fault;
      return { counts: {}, notes: [] };
    },
  } as unknown as Pps;
  const log = createLog(
    new Writable({ write: (chunk, _encoding, done) => done(void logged.push(String(chunk)) as undefined) }),
  );
  const call = {
    command: findCommand("quarantine.release") as Command,
    raw: {},
    dryRun: false,
    profile: { name: "lab", pps },
    requestId: "one",
    signal: new AbortController().signal,
  };
  const end = await carryOutOnRecord(call, anonymousHolder, () => {}, { audit, log });
  return { end, sent, logged };
}

test("a change that cannot be written down is not sent", async () => {
  const { end, sent, logged } = await release(fullFrom("intent"));
  expect(sent).toBe(0);
  expect(end.error).toMatchObject({ code: "not_recorded" });
  expect(logged).toHaveLength(1);
});

test("an outcome that cannot be written down is told to the caller all the same, and the log says so", async () => {
  const { end, sent, logged } = await release(fullFrom("outcome"));
  expect(sent).toBe(1);
  expect(end.summary).toEqual({ counts: {}, notes: [] });
  expect(logged).toHaveLength(1);
});

test("a fault of the server in the middle of a change says whether anything was sent, and nothing of itself", async () => {
  const { end } = await release(fullFrom("outcome"), new TypeError("secret"));
  expect(end.error).toMatchObject({ code: "fault", details: { mayHaveHappened: false } });
  expect((end.error as Error).message).not.toContain("secret");
});
