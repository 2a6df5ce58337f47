import { expect, test } from "vitest";
import { createCloudLists } from "../../../../test/model/cloud-lists.ts";
import { recogniseName } from "../../../client/names/recognised-name.ts";
import { run } from "../../../core/run.ts";
import { readEntries } from "../entry/entry.ts";
import type { Attribute } from "./criterion.ts";
import { noteLongerNames, toCriterion } from "./entry-criterion.ts";

function criterionOf(text: string, attribute?: Attribute) {
  const [entry] = run(readEntries([text], { field: "entries" }), createCloudLists());
  if (entry === undefined) throw new Error("no entry");
  return toCriterion(entry, attribute);
}

test.each<[string, Attribute | undefined, string, string, string]>([
  ["Ann@Evil.example", undefined, "sender", "equal", "ann@evil.example"],
  ["evil.example", undefined, "sender", "contain", "@evil.example"],
  ["@evil.example", "header-sender", "header-sender", "contain", "@evil.example"],
  ["*.evil.example", undefined, "sender", "contain", ".evil.example"],
  ["192.0.2.7", undefined, "ip", "equal", "192.0.2.7"],
  ["198.51.100.0/24", undefined, "ip", "equal", "198.51.100.0/24"],
  ["mail.evil.example", "host", "host", "equal", "mail.evil.example"],
  ["*.evil.example", "helo", "helo", "contain", ".evil.example"],
  ["ann@example.com", "recipient", "recipient", "equal", "ann@example.com"],
])("%s with attribute %s compares %s %s %s", (text, given, attribute, operator, value) => {
  expect(criterionOf(text, given)).toEqual({ attribute, operator, value });
});

test.each<[string, Attribute]>([
  ["evil.example", "ip"],
  ["192.0.2.7", "sender"],
  ["ann@evil.example", "host"],
])("%s cannot be compared with attribute %s, which is said", (text, attribute) => {
  expect(criterionOf(text, attribute)).toEqual({ complaint: expect.stringContaining(attribute) });
});

test("the names of an international domain are compared in ASCII, as mail has them", () => {
  const { domain } = recogniseName("bücher.example");
  expect(criterionOf("info@bücher.example")).toMatchObject({ value: `info@${domain?.ascii}` });
});

test.each<[Attribute, string, string]>([
  ["sender", "@evil.example", "such as ann@evil.example.example."],
  ["sender", ".evil.example", "such as ann@mail.evil.example.example."],
  ["host", ".evil.example", "such as mail.evil.example.example."],
])("what else is met by %s containing %s is said by an example of its kind", (attribute, value, told) => {
  expect(noteLongerNames([{ attribute, operator: "contain", value }])).toEqual([expect.stringContaining(told)]);
});
