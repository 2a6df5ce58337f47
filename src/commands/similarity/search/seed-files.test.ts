import { expect, test } from "vitest";
import type { MailIndicators } from "../../indicators/mail-indicators.ts";
import { filesOfSeeds, fileTerms } from "./seed-files.ts";

const day = "2026-03-04T12:00:00Z";

function seedWith(names: readonly string[], date = day): MailIndicators {
  return { attachments: names.map((name) => ({ name, sha256: name })), date } as unknown as MailIndicators;
}

test("a name that tells something is looked for at any time, one of everyday words or digits on its day", () => {
  const names = ["Meridian_Logistics_Q4.pdf", "Scan-0815.pdf", "document.pdf", "20260304.pdf", "SCAN-0815.PDF"];
  expect(fileTerms(seedWith(names))).toEqual({
    telling: { key: "file Meridian_Logistics_Q4.pdf", trace: { attachment: ["Meridian_Logistics_Q4.pdf"] } },
    everyday: {
      key: "file Scan-0815.pdf|document.pdf|20260304.pdf",
      trace: { attachment: ["Scan-0815.pdf", "document.pdf", "20260304.pdf"] },
      near: Date.UTC(2026, 2, 4, 12),
    },
  });
});

test("a day nobody knows is none", () => {
  expect(fileTerms(seedWith(["scan.pdf"], "")).everyday?.near).toBeNaN();
  expect(fileTerms(seedWith([""]))).toEqual({});
});

test("what cannot be asked for, says nothing or is beyond ten names is told of as not looked for", () => {
  const many = Array.from({ length: 12 }, (_, index) => `Contract Meridian ${index}.pdf`);
  const files = filesOfSeeds([seedWith(["a,b Meridian.pdf", "photo.jpg"]), seedWith(many)]);
  expect(files.searched).toEqual(many.slice(0, 10));
  expect(files.unsearched).toEqual(["a,b Meridian.pdf", "photo.jpg", ...many.slice(10)]);
});
