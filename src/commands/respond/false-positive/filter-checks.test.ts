import { describe, expect, test } from "vitest";
import type { Json } from "../../../core/steps.ts";
import { readMessage } from "../../quarantine/message.ts";
import { defaultFolders } from "../../site-folders.ts";
import { readTraceRecord } from "../../trace/record.ts";
import type { WireRecord } from "../../wire.ts";
import { checkFilters } from "./filter-checks.ts";

/** The states of the checks of a message with this record and trace. */
function judge(record: WireRecord, trace: WireRecord[] = [{ Final_Rule: "spam.definite" }], allowsDlp = false) {
  const suspect = { message: readMessage(record, "Quarantine"), trace: trace.map((one) => readTraceRecord(one)) };
  const checks = checkFilters(suspect, defaultFolders, allowsDlp);
  return Object.fromEntries(checks.map(({ name, state }) => [name, state]));
}

const clean = { virus: "ok", dlp: "ok", phish: "ok" };

describe("viruses", () => {
  test.each(["Virus", "zerohour", "Probable Virus", "Malware", "Attachment Defense"])("folder %s stops", (folder) => {
    expect(judge({ folder })).toEqual({ ...clean, virus: "stop" });
  });

  test.each<[string, WireRecord]>([
    ["a virus that was found", { Virus_Names: "EICAR" }],
    ["a rule of the virus module that decided", { Final_Rule: "av.virus" }],
    [
      "a rule of the virus module that applied",
      { Final_Rule: "spam.definite", module_rules: ["av.virus", "spam.definite"] },
    ],
    ["the folder it was put into first", { Quarantine_Folder: "Virus", current_folder: "Audit" }],
  ])("%s stops, wherever the message lies now", (_what, record) => {
    expect(judge({ folder: "Audit" }, [{ Final_Rule: "" }, record])).toMatchObject({ virus: "stop" });
  });

  test.each<[string, WireRecord[], string]>([
    [
      "a rule of another module",
      [{ Final_Rule: "policy.blocked_attachment", module_rules: ["av.clean", "policy.blocked_attachment"] }],
      "Folder Attachment Defense is one for malware, whose mail is never released by this command; the rule that held it was policy.blocked_attachment.",
    ],
    ["no rule", [], "Folder Attachment Defense is one for malware, whose mail is never released by this command."],
    [
      "a virus",
      [{ Final_Rule: "policy.blocked_attachment", Virus_Names: "EICAR" }],
      "It is held for malware (folder Attachment Defense, found: EICAR), which is never released by this command.",
    ],
  ])("a folder for malware is told with %s as far as is known", (_what, trace, detail) => {
    const suspect = {
      message: readMessage({ folder: "Attachment Defense" }, ""),
      trace: trace.map((one) => readTraceRecord(one)),
    };
    expect(checkFilters(suspect, defaultFolders, false)[0]).toEqual({ name: "virus", state: "stop", detail });
  });

  test("the virus module's rule for clean mail is no virus", () => {
    expect(judge({}, [{ Final_Rule: "spam.definite", module_rules: ["av.clean", "spam.definite"] }])).toEqual(clean);
  });

  test("without a trace it is not said that there is none", () => {
    expect(judge({}, [])).toEqual({ ...clean, virus: "warn" });
  });
});

describe("DLP", () => {
  test.each<[string, WireRecord, WireRecord]>([
    ["a folder of DLP", { folder: "PCI" }, {}],
    ["the DLP folder it was put into first", { folder: "Audit" }, { Quarantine_Folder: "PCI" }],
    ["a rule of DLP", {}, { Final_Rule: "dlp.credit_card" }],
    ["a violation on its record", { dlpviolation: { rules: [{ name: "cards", count: 2 }] } }, {}],
    ["a violation of another shape", { dlpviolation: { cards: "3" } }, {}],
  ])("%s stops, unless it is allowed to go", (_what, record, trace) => {
    expect(judge(record, [trace])).toMatchObject({ dlp: "stop" });
    expect(judge(record, [trace], true)).toMatchObject({ dlp: "warn" });
  });

  test.each<Json>([null, "", {}, [], { rules: [] }, { cards: 0 }])(
    "a record whose violation is %j has none",
    (dlpviolation) => {
      expect(judge({ dlpviolation })).toEqual(clean);
    },
  );

  test("DLP allowed does not allow a virus", () => {
    expect(judge({ folder: "PCI" }, [{ Virus_Names: "EICAR" }], true)).toMatchObject({ virus: "stop", dlp: "warn" });
  });
});

test.each(["Phish", "Impostor", "Spoofed"])("folder %s is only warned of", (folder) => {
  expect(judge({ folder })).toEqual({ ...clean, phish: "warn" });
});
