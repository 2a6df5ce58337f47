import { expect, test } from "vitest";
import { createCloudLists, type WireEntry, wire } from "../../../../../test/model/cloud-lists.ts";
import { csv, runFeed, standing } from "../../../../../test/model/feed-runs.ts";

/** Whether a feed's entry is blocked although this is allowed. */
function isBlocked(entry: string, raw: Record<string, unknown>, safelist: WireEntry[] = []): boolean {
  const lists = createCloudLists({ safelist });
  const kind = /^[\d.:a-f]+(\/\d+)?$/.test(entry) ? "ip" : entry.includes("@") ? "sender" : "domain";
  runFeed(lists, { file: csv("type,value", `${kind},${entry}`, "sender,good@other.test"), ...raw });
  return standing(lists).length === 2;
}

test.each([
  ["ann@partner.test", "ann@partner.test", false],
  ["ann@partner.test", "ANN@Partner.test", false],
  ["ann@partner.test", "bob@partner.test", true],
  ["ann@partner.test", "partner.test", false],
  ["partner.test", "ann@partner.test", false],
  ["partner.test", "partner.test", false],
  ["partner.test", "ann@mail.partner.test", true],
  ["partner.test", "*.partner.test", true],
  ["partner.test", "ann@partner.test.evil.test", true],
  ["partner.test", "notpartner.test", true],
  ["*.partner.test", "ann@mail.partner.test", false],
  ["*.partner.test", "mail.partner.test", false],
  ["*.partner.test", "*.partner.test", false],
  ["*.partner.test", "*.mail.partner.test", false],
  ["*.partner.test", "ann@partner.test", true],
  ["mail.partner.test", "*.partner.test", false],
  ["203.0.113.9", "203.0.113.9", false],
  ["203.0.113.9", "203.0.113.0/24", false],
  ["203.0.113.0/24", "203.0.113.9", false],
  ["203.0.113.0/24", "198.51.100.9", true],
  ["2001:4860::/32", "2001:4860:4860::8888", false],
  ["203.0.113.9", "2001:4860:4860::8888", true],
])("where %s is allowed, %s is blocked: %s", (allowed, entry, blocked) => {
  expect(isBlocked(entry, { allow: [allowed] })).toBe(blocked);
});

test("a domain that is a fragment of an allowed one would block it, and is left", () => {
  expect(isBlocked("partner.co", { allow: ["partner.com"] })).toBe(false);
});

test("the sending host of an allowed domain is not blocked", () => {
  const lists = createCloudLists();
  const file = csv("type,value", "host,mail.partner.test", "host,mail.evil.test");
  runFeed(lists, { file, allow: ["partner.test"] });
  expect(standing(lists)).toEqual(["mail.evil.test"]);
});

test.each([
  ["an address", wire("ann@partner.test"), "ann@partner.test"],
  ["a domain as it is added", wire("@partner.test", { operator: "contain" }), "ann@partner.test"],
  ["a domain as a person wrote it", wire("partner.test", { operator: "contain" }), "partner.test"],
  ["the sender in the header", wire("ann@partner.test", { attribute: "$hfrom" }), "ann@partner.test"],
  ["names below a domain", wire(".partner.test", { operator: "contain" }), "ann@mail.partner.test"],
  ["a host's address", wire("203.0.113.9", { attribute: "$ip" }), "203.0.113.9"],
])("what the safelist holds is allowed: %s", (_name, trusted, entry) => {
  expect(isBlocked(entry, {}, [trusted])).toBe(false);
});

test.each([
  ["a recipient", wire("ann@partner.test", { attribute: "$rcpt" })],
  ["what is not", wire("ann@partner.test", { operator: "not_equal" })],
])("of the safelist %s allows no sender", (_name, trusted) => {
  expect(isBlocked("ann@partner.test", {}, [trusted])).toBe(true);
});

test.each([
  ["allow", { allow: ["ann@@partner.test"] }, /ann@@partner/],
  ["allowFile", { allowFile: "partner.test\nann@@partner.test\n" }, /line 2: .*ann@@partner/],
  ["allowFile", { allowFile: " " }, /is empty/],
])("what is no entry in %s is refused, and nothing is blocked", (field, raw, message) => {
  const lists = createCloudLists();
  const refusal = { code: "bad_input", field, message: expect.stringMatching(message) };
  expect(() => runFeed(lists, { file: "a@evil.test", ...raw })).toThrow(expect.objectContaining(refusal));
  expect(standing(lists)).toEqual([]);
});

test("names that every object has are nothing special", () => {
  expect(isBlocked("ann@evil.constructor", { override: true, allow: ["partner.test"] })).toBe(true);
});
