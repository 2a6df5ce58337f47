import { expect, test } from "vitest";
import { areSubjectsSame } from "./same-subject.ts";

const subject = "Salary adjustment form for March";
const long = "A long subject that says ever more of the same ".repeat(3);

test.each([
  ["a tag in stars", subject, `**EXTERNAL** ${subject}`],
  ["a tag with a dash", subject, `EXTERNAL EMAIL - ${subject}`],
  ["a tag in round brackets", subject, `(EXTERN) ${subject}`],
  ["a tag in angle brackets", subject, `<EXTERNAL> ${subject}`],
  ["a warning", subject, `WARNING: ${subject}`],
  ["a suspicion", subject, `PHISHING SUSPECTED - ${subject}`],
  ["a tag behind it", subject, `${subject} [EXTERNAL]`],
  ["a sign before it", subject, `⚠ ${subject}`],
  ["a pictograph before it", subject, `🚨 ${subject}`],
  ["a tag of the organisation's own", subject, `Acme checked this: ${subject}`],
  ["a tag before a subject of everyday words", "Your invoice", "SPAM: Your invoice"],
  ["marks on letters put together otherwise", "Gehalt fu\u0308r Ma\u0308rz", "Gehalt für März"],
  ["its end cut off", long, long.slice(0, 70)],
  ["its end cut off, and said so", long, `${long.slice(0, 70)}...`],
  ["nothing in it", "", ""],
  ["nothing but signs in it", "!!!", "***"],
  ["another script", "给客户的通知", "[EXTERNAL] 给客户的通知"],
])("a subject with %s is the same", (_what, one, other) => {
  expect([areSubjectsSame(one, other), areSubjectsSame(other, one)]).toEqual([true, true]);
});

test.each([
  ["other words", subject, "Minutes of the review board"],
  ["none", subject, ""],
  ["an everyday word of it", "Invoice", "Concerning your new invoice"],
  ["a part of a word of it", "Adjustments", "Your readjustments"],
  ["a number of it", "2026", "Outlook for 2026"],
])("a subject is another than %s", (_what, one, other) => {
  expect([areSubjectsSame(one, other), areSubjectsSame(other, one)]).toEqual([false, false]);
});
