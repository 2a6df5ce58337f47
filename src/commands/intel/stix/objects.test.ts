import { expect, test } from "vitest";
import { readIntel } from "../read-intel.ts";

const bundle = (...objects: object[]) =>
  readIntel(JSON.stringify({ type: "bundle", id: "bundle--1", objects }), { field: "file" });

const indicator = (more: object) => ({
  type: "indicator",
  spec_version: "2.1",
  id: "indicator--1",
  pattern: "[email-addr:value = 'ann@evil.example']",
  pattern_type: "stix",
  ...more,
});

test("an indicator carries what its object says of it", () => {
  const { intel, format } = bundle(
    indicator({
      name: "Phish\nof May",
      confidence: 70,
      created: "2026-01-01T00:00:00.000Z",
      modified: "2026-02-01T00:00:00.000Z",
      valid_from: "2026-01-01T00:00:00Z",
      valid_until: "2026-03-01T00:00:00Z",
      revoked: true,
    }),
    indicator({ indicator_types: ["malicious-activity"] }),
  );
  expect(format).toBe("stix");
  expect(intel).toEqual([
    {
      kind: "sender",
      value: "ann@evil.example",
      given: "ann@evil.example",
      place: "object 1",
      label: "Phish of May",
      confidence: 70,
      created: Date.UTC(2026, 1, 1),
      validUntil: Date.UTC(2026, 2, 1),
      revoked: true,
    },
    expect.objectContaining({ place: "object 2", label: "malicious-activity" }),
  ]);
});

test("observables are read, and those who only received a message are not taken for its senders", () => {
  const { intel, skipped } = bundle(
    { type: "email-addr", id: "email-addr--1", value: "ann@evil.example" },
    { type: "email-addr", id: "email-addr--2", value: "bob@example.com" },
    {
      type: "email-message",
      id: "email-message--1",
      from_ref: "email-addr--1",
      to_refs: ["email-addr--2"],
      subject: "Invoice",
      message_id: "<1@evil.example>",
    },
    {
      type: "file",
      id: "file--1",
      name: "a.exe",
      hashes: { MD5: "b".repeat(32), "SHA-256": "a".repeat(64), SSDEEP: "x" },
    },
    { type: "ipv4-addr", id: "ipv4-addr--1", value: "192.0.2.7" },
    { type: "ipv6-addr", id: "ipv6-addr--1", value: "2001:db8::1" },
    { type: "domain-name", id: "domain-name--1", value: "evil.example" },
    { type: "url", id: "url--1", value: "http://evil.example/" },
    { type: "identity", id: "identity--1", name: "Us" },
    { type: "x-opencti-thing", id: "x-opencti-thing--1" },
    { type: "mutex", id: "mutex--1", name: "x" },
    { type: "file", id: "file--2" },
    { type: "email-message", id: "email-message--2", is_multipart: false },
    "no object" as unknown as object,
  );
  expect(intel.map(({ kind, value, place }) => `${place}: ${kind} ${value}`)).toEqual([
    "object 1: sender ann@evil.example",
    "object 3: subject Invoice",
    "object 3: messageId 1@evil.example",
    "object 4: attachment a.exe",
    `object 4: hash ${"b".repeat(32)}`,
    `object 4: hash ${"a".repeat(64)}`,
    "object 5: ip 192.0.2.7",
    "object 6: ip 2001:db8::1",
    "object 7: domain evil.example",
    "object 8: url http://evil.example/",
  ]);
  expect(intel.every(({ isObserved }) => isObserved)).toBe(true);
  expect(skipped).toEqual([
    { place: "object 2", reason: "is the address of somebody who received a message" },
    { place: "object 11", reason: 'is of the type "mutex", which mail does not have' },
    { place: "object 12", reason: "is a file without a name or a known hash" },
    { place: "object 13", reason: "is a message without sender, subject and Message-ID" },
    { place: "object 14", reason: "is no STIX object" },
  ]);
});

test("what cannot be used of an indicator is told", () => {
  const { intel, skipped, notes } = bundle(
    indicator({ pattern_type: "yara" }),
    indicator({ indicator_types: ["benign"] }),
    indicator({ pattern: "[email-addr:value = 'nonsense']" }),
    indicator({ pattern: "[file:name = 'a.exe'] WITHIN 5 SECONDS" }),
  );
  expect(intel.map(({ value }) => value)).toEqual(["a.exe"]);
  expect(skipped).toEqual([
    { place: "object 1", reason: 'is a pattern of the kind "yara", not of STIX' },
    { place: "object 2", reason: "is marked as benign" },
    { place: "object 3", reason: 'holds "nonsense", which is no address' },
  ]);
  expect(notes).toEqual(["The times and repetitions in the pattern of object 4 are not looked at."]);
});

test.each([
  ["a TAXII envelope", { more: false, objects: [indicator({})] }, 1],
  ["an empty TAXII envelope", { more: false }, 0],
  ["a bare list", [indicator({})], 1],
  ["one object", indicator({}), 1],
  ["a bundle without objects", { type: "bundle", id: "bundle--1" }, 0],
])("%s is STIX too", (_what, value, count) => {
  const read = readIntel(JSON.stringify(value), { field: "file" });
  expect(read).toMatchObject({ format: "stix", isIncomplete: false });
  expect(read.intel).toHaveLength(count);
});
