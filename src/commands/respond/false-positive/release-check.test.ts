import { describe, expect, test } from "vitest";
import { type Message, readMessage } from "../../quarantine/message.ts";
import { readTraceRecord } from "../../trace/record.ts";
import type { WireRecord } from "../../wire.ts";
import { judgeRelease } from "./release-check.ts";

const trace = [readTraceRecord({ Quarantine_Folder: "Bulk" })];
const messageIn = (folder: string, ...messagestatus: WireRecord[]) =>
  readMessage({ folder, localguid: "4:2:6", ...(messagestatus.length === 0 ? {} : { messagestatus }) }, "");

const released = { statusdesc: "Released", date: "2026-03-04 12:12:57" };
const fresh = { statusdesc: "New", date: "2026-03-04 12:12:51" };

function judge(message: Message, more: { settled?: Message; copies?: Message[]; isNamed?: boolean } = {}) {
  return judgeRelease({ message, trace }, { copies: [message], isNamed: false, ...more });
}

describe("a message in a folder that holds mail", () => {
  test.each([
    [[fresh], "PPS notes no release of it, and it was not seen among deleted mail."],
    [[], "PPS does not tell what was done with it; it was not seen among deleted mail."],
  ])("with %j passes, and no more is said than is known", (statuses, detail) => {
    expect(judge(messageIn("Bulk", ...statuses)).check).toEqual({ name: "released", state: "ok", detail });
  });

  test.each<[string, WireRecord[], string]>([
    [
      "its newest release",
      [fresh, { ...released, date: "2026-03-04 12:00:00" }, released],
      "Released, 2026-03-04T12:12:57Z",
    ],
    ["a release without a time", [{ statusdesc: "released by\n\u001b[31mann" }], "released by [31mann"],
    ["words that only speak of one", [{ statusdesc: "Release requested", date: 7 }], "Release requested"],
  ])("is stopped by %s, wherever it lies and whatever is named", (_what, statuses, note) => {
    for (const folder of ["Bulk", "Audit"]) {
      for (const isNamed of [false, true]) {
        expect(judge(messageIn(folder, ...statuses), { isNamed })).toEqual({
          check: {
            name: "released",
            state: "stop",
            detail: `PPS notes that it was released already (${note}): another release would deliver it again.`,
          },
          outcome: "unchanged",
          hint: expect.stringContaining(`quarantine release takes it from ${folder} by its local id 4:2:6`),
        });
      }
    }
  });

  test("is stopped by the release of another copy of it", () => {
    const message = messageIn("Bulk", fresh);
    const copies = [message, messageIn("Quarantine", released)];
    expect(judge(message, { copies })).toMatchObject({ check: { state: "stop" }, outcome: "unchanged" });
  });

  test("is released only from a folder that was named, where somebody moved it", () => {
    const message = messageIn("Audit");
    expect(judge(message)).toMatchObject({ check: { state: "stop" }, outcome: "refused" });
    expect(judge(message, { isNamed: true }).check).toMatchObject({ state: "warn" });
    const untraced = judgeRelease({ message, trace: [] }, { copies: [message], isNamed: false });
    expect(untraced.check).toMatchObject({ state: "ok" });
  });
});

describe("a message among deleted mail", () => {
  test("is told with what PPS notes of it, cleaned", () => {
    const settled = messageIn("Deleted", { statusdesc: "Released\n\u001b[31m" }, { statusdesc: "New" });
    expect(judge(settled, { settled, isNamed: true })).toMatchObject({
      check: {
        name: "released",
        state: "stop",
        detail: "It lies in Deleted: released or deleted already. PPS notes: Released [31m, New.",
      },
      outcome: "unchanged",
    });
  });

  test.each([
    [
      "Smart Send Released",
      [fresh],
      "unchanged",
      "It lies in Smart Send Released: released or deleted already. PPS notes: New.",
    ],
    ["Deleted", [], "refused", "It lies in Deleted, and PPS does not tell whether it was released or deleted."],
    [
      "Deleted",
      [fresh],
      "refused",
      "It lies in Deleted and PPS notes no release of it (New): it was probably deleted, and nobody received it.",
    ],
  ])("in %s with %j comes to %s", (folder, statuses, outcome, detail) => {
    const settled = messageIn(folder, ...statuses);
    expect(judge(settled, { settled })).toMatchObject({
      check: { state: "stop", detail },
      outcome,
      hint: expect.stringContaining(`takes it from ${folder} by its local id 4:2:6`),
    });
  });
});
