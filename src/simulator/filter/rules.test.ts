import { expect, test } from "vitest";
import { createFolders } from "../folders.ts";
import { defaultRules, foldersOf, readRules } from "./rules.ts";

test("the default rules are well formed and hold mail in default folders only", () => {
  expect(readRules("")).toEqual(defaultRules());
  const folders = createFolders();
  expect(foldersOf(defaultRules()).filter((name) => !folders.find(name))).toEqual([]);
});

test("a rule file replaces the sections it names and no other", () => {
  const rules = readRules("bulk:\n  folder: Audit\n  headers: [{ name: x-mass }]\n");
  expect(rules.bulk).toEqual({ folder: "Audit", headers: [{ name: "x-mass" }] });
  expect(rules.spam).toEqual(defaultRules().spam);
});

test.each([
  ["- a\n", "expected sections"],
  ["bulk: yes\n", "bulk: expected names with values"],
  ["bulk: { folder: Bulk }\n", "bulk.headers is missing"],
  ["bulk: { folder: Bulk, headers: [{ nam: x }] }\n", "bulk.headers[1].nam is unknown; known are name, value"],
  ["spma: {}\n", "spma is unknown; known are access, av"],
  ["av: { folder: 5, signatures: [] }\n", "av.folder: expected text"],
  ["av: { folder: Virus, signatures: none }\n", "av.signatures: expected a list"],
  ["dlp: [{ rule: r, folder: PCI, kind: pattern, atLeast: many }]\n", "dlp[1].atLeast: expected a number"],
  ["dlp: [{ rule: r, folder: PCI, kind: pattern, atLeast: 1 }]\n", "a pattern is missing"],
  ["dlp: [{ rule: r, folder: PCI, kind: magic, atLeast: 1 }]\n", "kind is card-number or pattern"],
  ["dlp: [{ rule: r, folder: PCI, kind: pattern, pattern: '(', atLeast: 1 }]\n", "not a regular expression"],
])("%j is refused, naming the place", (yaml, sentence) => {
  expect(() => readRules(yaml)).toThrow(sentence);
});
