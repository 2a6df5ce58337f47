import fc from "fast-check";
import { expect, test } from "vitest";
import { readAs, recogniseIndicator } from "../../intel/indicator-value.ts";
import type { Intel, IntelKind } from "../../intel/intel.ts";
import { createMatcher } from "../findings/matcher.ts";
import { planSearches, type SearchTerms } from "./plan.ts";

const nobodyCrowded = () => false;

/** Indicators as people write them; `kind: text` where the form does not tell. */
function intelOf(...texts: string[]): Intel[] {
  return texts.map((text) => {
    const [, kind, rest = ""] = /^([a-zA-Z]+): (.*)$/.exec(text) ?? [];
    const reading = kind === undefined ? recogniseIndicator(text) : readAs(kind as IntelKind, rest);
    if ("reason" in reading) throw new Error(reading.reason);
    return { ...reading, given: text, place: "here" };
  });
}

const plan = (texts: string[], folders = 1, isCrowded: (domain: string) => boolean = nobodyCrowded) =>
  planSearches(intelOf(...texts), folders, isCrowded);

const termsOf = (searches: { terms: SearchTerms }[] | "all") =>
  searches === "all" ? searches : searches.map(({ terms }) => terms);

test("each indicator is searched for where PPS can", () => {
  const planned = plan([
    ...["ann@evil.example", "recipient: bob@example.com", "subject: *due*", "192.0.2.7", "host: mx.evil.example"],
    ...["attachment: a.exe", "virus: Eicar", "<1@a.example>"],
  ]);
  const inBoth = [{ sender: "ann@evil.example" }, { recipient: "bob@example.com" }, { subject: "*due*" }];
  expect(termsOf(planned.held)).toEqual(inBoth);
  expect(termsOf(planned.trace)).toEqual([
    ...inBoth,
    { host: "192.0.2.7" },
    { host: "mx.evil.example" },
    { attachment: ["a.exe"] },
    { virus: ["Eicar"] },
    { messageId: "1@a.example" },
  ]);
  expect(planned.unsearchable).toEqual([]);
});

test("what PPS cannot search for is told with the reason, and a link's domain is not taken for a sender", () => {
  const intel = intelOf(
    "https://evil.example/a",
    "a".repeat(32),
    "198.51.100.0/24",
    "attachment: a,b",
    "attachment: a*",
  );
  const revoked = intelOf("ann@evil.example").map((one) => ({ ...one, revoked: true }));
  expect(planSearches(intel.concat(revoked), 1, nobodyCrowded)).toEqual({
    trace: [],
    held: [],
    unsearchable: [
      { index: 0, reason: "PPS does not search for links" },
      { index: 1, reason: "PPS does not search for hashes of files" },
      { index: 2, reason: "PPS searches for single IP addresses, not for networks" },
      { index: 3, reason: "it holds a comma, which PPS takes for the end of a name" },
      { index: 4, reason: "PPS searches for whole names only" },
      { index: 5, reason: "its source has taken it back" },
    ],
  });
});

test("a domain covers its addresses, and all names below a domain cover what lies there", () => {
  const { held } = plan([
    ...["ann@evil.example", "evil.example", "a.b.evil.example", "bob@b.evil.example", "*.b.evil.example"],
    ...["*.evil.example", "cem@other.example"],
  ]);
  expect(held).toEqual([
    { terms: { sender: "*.evil.example" }, serves: [5, 4, 2, 3], isWide: false },
    { terms: { sender: "*@evil.example" }, serves: [1, 0], isWide: false },
    { terms: { sender: "cem@other.example" }, serves: [6], isWide: false },
  ]);
});

test("three addresses of one domain are asked for at once, unless everybody has a mailbox there", () => {
  const addresses = ["ann@evil.example", "bob@evil.example", "cem@evil.example"];
  expect(termsOf(plan(addresses).held)).toEqual([{ sender: "*@evil.example" }]);
  expect(plan(addresses).held).toMatchObject([{ serves: [0, 1, 2], isWide: true }]);
  expect(termsOf(plan(addresses.slice(1)).held)).toEqual([
    { sender: "bob@evil.example" },
    { sender: "cem@evil.example" },
  ]);
  expect(plan(addresses, 1, (domain) => domain === "evil.example").held).toHaveLength(3);
});

test("many searches in many folders give way to reading everything once", () => {
  const subjects = (count: number) => Array.from({ length: count }, (_, index) => `subject: ${index}`);
  expect(plan(subjects(6), 35).held).toHaveLength(6);
  expect(plan(subjects(7), 35).held).toBe("all");
  expect(plan(subjects(200), 1).held).toHaveLength(200);
  expect(plan(subjects(202), 1).held).toBe("all");
  expect(plan(subjects(5000)).trace).toHaveLength(5000);
  expect(plan(subjects(5001)).trace).toBe("all");
});

test("whatever is asked for, each indicator is served by a search that finds all it names, or is told as not searchable", () => {
  const domain = fc.constantFrom("evil.example", "b.evil.example", "other.example", "c.b.evil.example");
  const one = fc.oneof(
    fc.tuple(fc.constantFrom("ann", "bob", "cem", "dan"), domain).map((parts) => parts.join("@")),
    domain,
    domain.map((name) => `*.${name}`),
    fc.constantFrom("sender: b*", "recipient: bob@example.com", "subject: a*", "192.0.2.7", "http://a.example/"),
  );
  fc.assert(
    fc.property(fc.uniqueArray(one, { minLength: 1, maxLength: 25 }), (texts) => {
      const intel = intelOf(...texts);
      const { trace, held, unsearchable } = planSearches(intel, 1, nobodyCrowded);
      if (trace === "all" || held === "all") throw new Error("so few are never worth reading everything for");
      const served = trace.flatMap(({ serves }) => serves).concat(unsearchable.map(({ index }) => index));
      expect(served.sort((a, b) => a - b)).toEqual(intel.map((_intel, index) => index));
      expect(new Set(trace.map(({ terms }) => JSON.stringify(terms))).size).toBe(trace.length);
      for (const { terms, serves } of held) {
        // A message that an indicator names is one that the search asks for.
        const asked = createMatcher(terms.sender === undefined ? [] : intelOf(`sender: ${terms.sender}`));
        for (const index of serves) {
          const value = intel[index]?.value ?? "";
          if (intel[index]?.kind !== "sender" && intel[index]?.kind !== "domain") continue;
          const sender = intel[index]?.kind === "sender" ? value.replace("*", "x") : `x@${value.replace("*", "y")}`;
          const facts = { sender, recipients: [], subject: "", messageId: "", ip: "", host: "" };
          expect(asked({ ...facts, attachments: [], viruses: [] })).toEqual([0]);
        }
      }
    }),
  );
});
