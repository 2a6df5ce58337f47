import fc from "fast-check";
import { expect, test } from "vitest";
import { readStixPattern } from "./pattern.ts";

/** Its terms as texts, or why there are none. */
function meaningOf(pattern: string): string[] {
  const { terms, refusals } = readStixPattern(pattern);
  return terms.map(({ kind, value }) => `${kind} ${value}`).concat(refusals.map((reason) => `! ${reason}`));
}

test.each([
  ["[email-addr:value = 'a@evil.example']", ["sender a@evil.example"]],
  ["[email-message:from_ref.value = 'a@evil.example']", ["sender a@evil.example"]],
  ["[ email-message:sender_ref.value='a@evil.example' ]", ["sender a@evil.example"]],
  ["[email-message:to_refs[*].value = 'a@example.com']", ["recipient a@example.com"]],
  ["[email-message:subject = 'It\\'s \\\\ due']", ["subject It's \\ due"]],
  ["[email-message:message_id = '<1@a.example>']", ["messageId <1@a.example>"]],
  ["[email-message:body_multipart[0].body_raw_ref.name = 'a.exe']", ["attachment a.exe"]],
  ["[file:hashes.'SHA-256' = 'aa' OR file:hashes.MD5 = 'bb']", ["hash aa", "hash bb"]],
  ["[file:hashes.'SHA-256' = 'aa' AND file:hashes.MD5 = 'bb']", ["hash aa", "hash bb"]],
  ["[domain-name:value IN ('a.example', 'b.example')]", ["domain a.example", "domain b.example"]],
  ["[ipv4-addr:value ISSUBSET '198.51.100.0/24']", ["ip 198.51.100.0/24"]],
  [
    "[network-traffic:dst_ref.type = 'ipv4-addr' AND network-traffic:dst_ref.value = '192.0.2.7']",
    ["domain 192.0.2.7"],
  ],
  ["[email-message:subject LIKE '%invoice%']", ["subject *invoice*"]],
  ["[email-addr:value LIKE '%@evil.example']", ["sender *@evil.example"]],
  ["[domain-name:value LIKE '%.evil.example']", ["domain *.evil.example"]],
  ["([url:value = 'http://a.example/'] OR [file:name = 'a.exe'])", ["url http://a.example/", "attachment a.exe"]],
  ["[(email-addr:value = 'a' OR (email-addr:value = 'b'))]", ["sender a", "sender b"]],
  ["[file:name = '']", ["attachment "]],
])("%s looks for what it says", (pattern, meaning) => {
  expect(meaningOf(pattern)).toEqual(meaning);
});

test.each([
  ["[email-message:subject MATCHES '^a']", "has a pattern with MATCHES, which cannot be searched for"],
  ["[email-addr:value != 'a']", "has a pattern with a comparison other than =, which cannot be searched for"],
  ["[email-addr:value NOT = 'a']", "has a pattern with NOT, which cannot be searched for"],
  ["[EXISTS email-message:subject]", "has a pattern with EXISTS, which cannot be searched for"],
  [
    "[email-message:subject = 'a' AND email-message:from_ref.value = 'b']",
    "has a pattern of several conditions joined by AND, which no search gives",
  ],
  [
    "[email-addr:value = 'a'] AND [email-addr:value = 'b']",
    "has a pattern of several observations that must all be made, which no search gives",
  ],
  [
    "[email-addr:value = 'a'] FOLLOWEDBY [email-addr:value = 'b']",
    "has a pattern of several observations that must all be made, which no search gives",
  ],
  ["[windows-registry-key:key = 'a']", "has a pattern on windows-registry-key:key, which PPS does not search"],
  ["[constructor:name = 'a']", "has a pattern on constructor:name, which PPS does not search"],
  [
    "[email-message:subject LIKE 'a%b']",
    "has a pattern with LIKE and a wildcard in the middle, which cannot be searched for",
  ],
  ["[ipv4-addr:value LIKE '192.0.2.%']", "has a pattern with LIKE for what is searched only as a whole"],
  ["[email-addr:value = 7]", "has a pattern that compares email-addr:value with what is no text"],
  ["[email-addr:value = 'a'", 'has a pattern in which "]" is missing'],
  ["[email-addr:value = ]", "has a pattern with a comparison that lacks its value"],
  ["[email-addr:value = 'a'] x", "has a pattern that goes on where it should end"],
  ["[email-message:from_ref.type = 'email-addr']", "has a pattern that names nothing to search for"],
  ["", 'has a pattern in which "[" is missing'],
  ["[email-addr:value = 'a]", "has a pattern that is too long or none of STIX"],
  [`[${"a".repeat(251)}:value = 'a']`, "has a pattern that is too long or none of STIX"],
  ["[".repeat(10), "has a pattern that is none of STIX"],
  ["(".repeat(1000), "has a pattern that is nested too deep"],
  [`[${"(".repeat(1000)}`, "has a pattern that is nested too deep"],
])("%s is refused with the reason", (pattern, reason) => {
  expect(meaningOf(pattern)).toEqual([`! ${reason}`]);
});

test("of alternatives, those that can be searched for are, and the others are told", () => {
  expect(meaningOf("[email-addr:value = 'a' OR email-message:body MATCHES 'b'] OR [file:name = 'c']")).toEqual([
    "sender a",
    "attachment c",
    "! has a pattern on email-message:body, which PPS does not search",
  ]);
});

test("AND binds before OR", () => {
  const pattern = "[email-addr:value = 'a' OR file:name = 'b' AND file:hashes.MD5 = 'c']";
  expect(meaningOf(pattern)).toEqual([
    "sender a",
    "! has a pattern of several conditions joined by AND, which no search gives",
  ]);
});

test.each([
  "[file:name = 'a'] START t'2026-01-01T00:00:00Z' STOP t'2026-02-01T00:00:00Z'",
  "([file:name = 'a'] REPEATS 5 TIMES) WITHIN 1800 SECONDS",
])("%s is read without its times, which is told", (pattern) => {
  expect(readStixPattern(pattern)).toEqual({
    terms: [{ kind: "attachment", value: "a" }],
    refusals: [],
    isTimed: true,
  });
});

test("no pattern makes it throw", () => {
  const piece = fc.constantFrom(
    ...[
      "[",
      "]",
      "(",
      ")",
      "=",
      "'a'",
      "'",
      " ",
      "AND",
      "OR",
      "NOT",
      "IN",
      "LIKE",
      "EXISTS",
      "START",
      "WITHIN",
      "7",
      ",",
    ],
    ...["email-addr:value", "file:hashes.'MD5'", "t'x'", "a:b", "%", "\\"],
  );
  const pattern = fc.oneof(
    fc.string(),
    fc.array(piece, { maxLength: 20 }).map((pieces) => pieces.join("")),
  );
  fc.assert(
    fc.property(pattern, (text) => {
      const { terms, refusals } = readStixPattern(text);
      expect(terms.length + refusals.length).toBeGreaterThan(0);
    }),
    { numRuns: 3000 },
  );
});
