import { expect, test } from "vitest";
import { readIntel } from "./read-intel.ts";

const attribute = (type: string, value: string, more: object = {}) => ({ type, value, to_ids: true, ...more });

const read = (value: object) => readIntel(JSON.stringify(value), { field: "file" });

test("attributes of an event and of its objects are read", () => {
  const { intel, skipped, format } = read({
    Event: {
      info: "Phish of May",
      Attribute: [
        attribute("email-src", "ann@evil[.]example", { timestamp: "1767225600", comment: "first wave" }),
        attribute("email-dst", "bob@example.com"),
        attribute("email-reply-to", "answers@evil.example"),
        attribute("email-subject", "Your invoice"),
        attribute("email-attachment", "a.exe"),
        attribute("email-message-id", "<1@evil.example>"),
        attribute("ip-src", "192.0.2.7"),
        attribute("ip-dst|port", "192.0.2.8|443"),
        attribute("hostname", "mx.evil.example"),
        attribute("domain|ip", "evil.example|192.0.2.9"),
        attribute("url", "hxxp://evil.example/"),
        attribute("uri", "/login"),
        attribute("filename|sha256", `b|c.exe|${"a".repeat(64)}`),
        attribute("md5", "b".repeat(32)),
        attribute("email-src", "old@evil.example", { deleted: true }),
        attribute("email-src-display-name", "Ann"),
        attribute("email-src", "us@example.com", { to_ids: false }),
        attribute("yara", "rule x {}"),
        attribute("email-src", ""),
      ],
      Object: [
        { name: "email", Attribute: [attribute("email-src", "cem@evil.example")] },
        { name: "email", deleted: true, Attribute: [attribute("email-src", "dan@evil.example")] },
        {},
      ],
    },
  });
  expect(format).toBe("misp");
  expect(intel.map(({ kind, value }) => `${kind} ${value}`)).toEqual([
    "sender ann@evil.example",
    "recipient bob@example.com",
    "replyTo answers@evil.example",
    "subject Your invoice",
    "attachment a.exe",
    "messageId 1@evil.example",
    "ip 192.0.2.7",
    "ip 192.0.2.8",
    "domain mx.evil.example",
    "domain evil.example",
    "ip 192.0.2.9",
    "url http://evil.example/",
    "url /login",
    "attachment b|c.exe",
    `hash ${"a".repeat(64)}`,
    `hash ${"b".repeat(32)}`,
    "sender old@evil.example",
    "sender cem@evil.example",
    "sender dan@evil.example",
  ]);
  expect(intel[0]).toEqual({
    kind: "sender",
    value: "ann@evil.example",
    given: "ann@evil[.]example",
    place: "attribute 1",
    label: "first wave",
    created: Date.UTC(2026, 0, 1),
  });
  expect(intel.filter(({ revoked }) => revoked).map(({ place }) => place)).toEqual([
    "attribute 15",
    "object 2, attribute 1",
  ]);
  expect(skipped).toEqual([
    { place: "attribute 16", reason: "is a display name, which PPS does not search" },
    { place: "attribute 17", reason: "is not meant for detection (to_ids)" },
    { place: "attribute 18", reason: 'is of the type "yara", which is nothing PPS knows of a message' },
    { place: "attribute 19", reason: "names nothing" },
  ]);
});

const one = { Attribute: [attribute("email-src", "ann@evil.example")] };

test.each([
  ["an event", { Event: one }, ["attribute 1"]],
  ["a bare event", one, ["attribute 1"]],
  ["one event from the API", { response: { Event: one } }, ["attribute 1"]],
  [
    "events from the API",
    { response: [{ Event: one }, { Event: one }] },
    ["event 1, attribute 1", "event 2, attribute 1"],
  ],
  ["attributes from the API", { response: one }, ["attribute 1"]],
  ["a list of events", [{ Event: one }], ["attribute 1"]],
])("%s is read", (_what, value, places) => {
  const { intel, format } = read(value);
  expect(format).toBe("misp");
  expect(intel.map(({ place }) => place)).toEqual(places);
});
