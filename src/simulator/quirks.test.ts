import fc from "fast-check";
import { expect, test } from "vitest";
import { blindPairs } from "./quirk-table.ts";
import { mixedQuirks, oppositeQuirks, type QuirkName, type QuirkRow, quirkTable, resolveQuirks } from "./quirks.ts";

const rows = Object.entries(quirkTable) as [QuirkName, QuirkRow][];
const profiles = ["onprem", "pod"] as const;

test.each(rows)("quirk %s has a kebab-case name, a choice, a meaning, a source and workable defaults", (name, row) => {
  expect(name).toMatch(/^[a-z]+(-[a-z]+)*$/);
  expect(new Set(row.values).size).toBe(row.values.length);
  expect(row.values.length).toBeGreaterThan(1);
  expect(row.meaning).not.toBe("");
  expect(row.source).toMatch(/^\d/);
  for (const profile of profiles) {
    expect(row.values).toContain(row[profile]);
    // An appliance on premises has no cloud API, and so nothing that a client could work with.
    if (name !== "cloud-lists") expect(row.hostile ?? []).not.toContain(row[profile]);
  }
  for (const value of row.hostile ?? []) expect(row.values).toContain(value);
});

test("the profiles differ where the sources say that the product kinds do", () => {
  const onprem = resolveQuirks("onprem");
  const pod = resolveQuirks("pod");
  expect([onprem.localguid, onprem["queued-status"], onprem["record-numbers"]]).toEqual([
    "three-part",
    "200",
    "strings",
  ]);
  expect([pod.localguid, pod["queued-status"], pod["record-numbers"]]).toEqual(["guid", "202", "numbers"]);
});

test("an override replaces one value and leaves the others", () => {
  const quirks = resolveQuirks("pod", { localguid: "opaque" });
  expect(quirks).toEqual({ ...resolveQuirks("pod"), localguid: "opaque" });
});

test("an unknown quirk or value is refused with the choices", () => {
  expect(() => resolveQuirks("pod", { "search-kap": "20" })).toThrow(/no quirk "search-kap".*search-cap/);
  expect(() => resolveQuirks("pod", { toString: "20" })).toThrow(/no quirk "toString"/);
  expect(() => resolveQuirks("pod", { health: "maybe" })).toThrow(
    'The quirk "health" cannot be "maybe"; it is one of json, error.',
  );
});

test.each(profiles)(
  "the opposite of %s differs in every quirk but those whose other values leave a client no way",
  (profile) => {
    const opposite = oppositeQuirks(profile);
    for (const [name, row] of rows) {
      const isOnlyChoice = row.values.every((value) => value === row[profile] || row.hostile?.includes(value));
      if (isOnlyChoice || ["envelope", "user-list-form"].includes(name)) expect(opposite[name]).toBe(row[profile]);
      else expect(opposite[name]).not.toBe(row[profile]);
      expect(row.hostile ?? []).not.toContain(opposite[name]);
    }
  },
);

test("a mix is the same for the same seed and never hostile or blind", () => {
  fc.assert(
    fc.property(fc.integer(), (seed) => {
      const mix = mixedQuirks("onprem", seed);
      expect(mixedQuirks("onprem", seed)).toEqual(mix);
      for (const [name, row] of rows) expect(row.hostile ?? []).not.toContain(mix[name]);
      for (const { quirk, value, beside, unless } of blindPairs) {
        expect(mix[quirk] === value && mix[beside] !== unless).toBe(false);
      }
    }),
  );
});

test("mixes of several seeds reach every value that is not hostile", () => {
  const mixes = Array.from({ length: 200 }, (_, seed) => mixedQuirks("pod", seed));
  for (const [name, row] of rows) {
    const seen = new Set<string>(mixes.map((mix) => mix[name]));
    expect([...seen].sort()).toEqual(row.values.filter((value) => !row.hostile?.includes(value)).sort());
  }
});
