import fc from "fast-check";
import { expect, test } from "vitest";
import { subjectCore } from "./subject.ts";

test.each([
  ["Invoice 4711", "Invoice 4711"],
  ["Re: Invoice 4711", "Invoice 4711"],
  ["RE: FW: re: Invoice", "Invoice"],
  ["Fwd: [EXTERNAL] Re[2]: Invoice", "Invoice"],
  ["AW: WG: Rechnung", "Rechnung"],
  ["SV: VS: VB: Faktura", "Faktura"],
  ["RE : TR : Facture", "Facture"],
  ["RV: RES: ENC: Factura", "Factura"],
  ["Rif: I: R: Fattura", "R: Fattura"],
  ["回复：转发：发票", "发票"],
  ["Re\uff1a Invoice", "Invoice"],
  ["Re:Re:Invoice", "Invoice"],
  ["Re(3): Re^2: Invoice", "Invoice"],
  ["[SUSPECTED SPAM] [team-list] Invoice", "Invoice"],
  ["[External] Fwd: [EXT] Invoice", "Invoice"],
  ["***SPAM*** Invoice", "Invoice"],
  ["{Spam?} Invoice", "Invoice"],
  ["EXTERNAL: Invoice", "Invoice"],
  ["  Your \t invoice\r\n is  ready ", "Your invoice is ready"],
  ["\u200bRe:\u200b Invoice", "Invoice"],
  ["Regarding: your invoice", "Regarding: your invoice"],
  ["Reply: now", "Reply: now"],
  ["Invoice [4711]", "Invoice [4711]"],
  ["[Invoice 4711]", "[Invoice 4711]"],
  ["Re: Fwd:", "Fwd:"],
  ["", ""],
])("%j says %j", (subject, core) => {
  expect(subjectCore(subject)).toBe(core);
});

test("marks put before a subject change nothing in what it says, however many", () => {
  const mark = fc.constantFrom(
    "Re: ",
    "FWD:",
    "AW: ",
    "[EXTERNAL] ",
    "[SUSPECTED SPAM] ",
    "转发：",
    "***SPAM*** ",
    "  ",
  );
  fc.assert(
    fc.property(fc.array(mark, { maxLength: 30 }), fc.stringMatching(/^[A-Za-z0-9 ]*[a-z]$/), (marks, said) => {
      expect(subjectCore(marks.join("") + said)).toBe(subjectCore(said));
    }),
  );
});

test("what a subject says says the same again", () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom("Re:", "[x]", " ", "a", "\uff1a", "[", "]", "Fwd", "\u200b") }),
      (text) => {
        expect(subjectCore(subjectCore(text))).toBe(subjectCore(text));
      },
    ),
  );
});

test("a subject of ten megabytes takes little time", () => {
  const begin = process.cpuUsage();
  for (const piece of ["Re:", "[", "[x]", " ", "Re ", "Re[1", "*", "\u200b"])
    subjectCore(piece.repeat(10_000_000 / piece.length));
  expect(process.cpuUsage(begin).user / 1e6).toBeLessThan(5);
});
