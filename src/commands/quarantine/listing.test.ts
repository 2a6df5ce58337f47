import fc from "fast-check";
import { expect, test } from "vitest";
import { createMailSystem, formatUtc, type Held } from "../../../test/model/mail-system.ts";
import { anyone, folderOf, held, list, now, sites } from "../../../test/model/quarantine-listing.ts";
import { formatTime } from "../../core/time.ts";

test("the search says what pps-api.md 2.1 knows, in its order, and both dates in UTC", () => {
  const system = createMailSystem();
  list(system, {
    sender: "billing@shop.example",
    recipient: "@example.com",
    subject: "*invoice*",
    since: "2026-03-04T05:06:07+01:00",
    until: "2026-03-04T06:00:00Z",
    folder: "Phish",
    dlp: "details",
    status: true,
  });
  expect(system.asked[0]).toEqual({
    kind: "ask",
    method: "GET",
    path: "/quarantine",
    query: [
      ["from", "billing@shop.example"],
      ["rcpt", "@example.com"],
      ["startdate", "2026-03-04 04:06:06"],
      ["enddate", "2026-03-04 06:00:01"],
      ["subject", "*invoice*"],
      ["folder", "Phish"],
      ["dlpviolation", "details"],
      ["messagestatus", "t"],
    ],
    effect: "read",
    expect: "text",
  });
});

test.each<[Record<string, unknown>, string[][]]>([
  [{ recipient: "ann@example.com" }, [["rcpt", "ann@example.com"]]],
  [{ subject: "Invoice*" }, [["subject", "Invoice*"]]],
  [{ guid: "Quarantine1" }, [["from", "*"]]],
  [{ messageId: "<1@mail.example.com>" }, [["from", "*"]]],
  [
    { sender: "*", dlp: "basic" },
    [
      ["from", "*"],
      ["dlpviolation", "t"],
    ],
  ],
])("a search by %j asks for %j", (raw, expected) => {
  const system = createMailSystem();
  list(system, raw);
  const inner = system.asked[0]?.query?.filter(([name]) => !["startdate", "enddate", "folder"].includes(name));
  expect(inner).toEqual(expected);
});

test("a search by nothing is refused, and so is a start after the end", () => {
  expect(() => list(createMailSystem(), {})).toThrow(
    "At least one of the following arguments must be specified: sender, recipient, subject, messageId, guid.",
  );
  expect(() => list(createMailSystem(), { ...anyone, since: "1 hour", until: "2 hours" })).toThrow(
    "since lies after until",
  );
});

test("an end before the start nobody wrote is refused with both times", () => {
  expect(() => list(createMailSystem(), { ...anyone, until: "2 days" })).toThrow(
    `${formatTime(now - 86_400_000)} is later than ${formatTime(now - 2 * 86_400_000)}`,
  );
});

test("a start in the future without an end finds nothing instead of sending a window that runs backwards", () => {
  const system = createMailSystem();
  expect(list(system, { ...anyone, since: "in 2 days" })).toMatchObject({ messages: [], truncated: false });
  const { startdate = "", enddate = "" } = Object.fromEntries(system.asked[0]?.query ?? []);
  expect(startdate <= enddate).toBe(true);
});

test("without an end, mail from the near future of a faster clock is found (pps-api.md 9 row 25)", () => {
  const system = createMailSystem({ held: [held(1, "Quarantine", -300)] });
  expect(list(system, anyone).messages).toHaveLength(1);
});

test("a GUID and a Message-ID are picked out of what PPS finds", () => {
  const mail = [held(1, "Quarantine", 5), held(2, "Quarantine", 9)];
  mail[0] = { ...mail[0], record: { messageid: "1@mail.example.com" } } as Held;
  expect(list(createMailSystem({ held: mail }), { guid: "Quarantine2" }).messages.map((one) => one.guid)).toEqual([
    "Quarantine2",
  ]);
  expect(
    list(createMailSystem({ held: mail }), { messageId: "<1@mail.example.com>" }).messages.map((one) => one.guid),
  ).toEqual(["Quarantine1"]);
});

test("folders are searched one by one, each once, in the site's own spelling", () => {
  const system = createMailSystem();
  const { searched } = list(system, { ...anyone, folder: ["phish", "Legal, Paris", "Phish", "Elsewhere"] });
  expect(searched.map((one) => one.folder)).toEqual(["Phish", "Legal, Paris", "Elsewhere"]);
  expect(new Set(system.asked.map(folderOf))).toEqual(new Set(["Phish", "Legal, Paris", "Elsewhere"]));
});

test("all folders are those that are configured", () => {
  const { searched } = list(createMailSystem(), { ...anyone, allFolders: true });
  expect(searched.map((one) => one.folder)).toEqual(sites.map((one) => one.name));
});

test("messages of several folders come newest first over all, each once, whatever the cap", () => {
  const spread = fc.array(fc.tuple(fc.nat(3), fc.nat(50)), { maxLength: 80 });
  fc.assert(
    fc.property(spread, fc.integer({ min: 1, max: 20 }), (placed, cap) => {
      const mail = placed.map(([folder, ago], index) => held(index, sites[folder]?.name ?? "", ago));
      const system = createMailSystem({ held: mail, cap });
      const { messages, searched, truncated } = list(system, { ...anyone, allFolders: true, limit: "all" });
      const times = messages.map((one) => one.receivedAt ?? "");
      expect(times).toEqual([...times].sort().reverse());
      const listed = messages.map((one) => one.guid);
      expect(new Set(listed).size).toBe(listed.length);
      const incomplete = searched.flatMap((one) => (one.incompleteSeconds ?? []).map((second) => one.folder + second));
      for (const one of mail) {
        const second = `${one.folder}${formatUtc(one.time).replace(" ", "T")}Z`;
        expect(listed.includes(one.guid) || incomplete.includes(second)).toBe(true);
      }
      expect(truncated).toBe(incomplete.length > 0);
      for (const one of searched) expect(one.found).toBe(messages.filter((each) => each.folder === one.folder).length);
    }),
    { numRuns: 300 },
  );
});

test.each([
  [4, 4, true],
  [5, 5, false],
  [6, 5, false],
])("of five messages a limit of %i lists %i, and says truly whether it cut", (limit, count, truncated) => {
  for (const cap of [2, 5, 1000]) {
    const mail = [1, 2, 3, 4, 5].map((index) => held(index, index % 2 ? "Quarantine" : "Phish", index));
    const result = list(createMailSystem({ held: mail, cap }), { ...anyone, allFolders: true, limit });
    expect(result.messages.map((one) => one.guid)).toEqual(mail.slice(0, count).map((one) => one.guid));
    expect(result.truncated).toBe(truncated);
    expect(result.notes.some((note) => note.startsWith("Cut at the limit"))).toBe(truncated);
  }
});

test("a limit is filled from what matches, not from what was read", () => {
  const mail = Array.from({ length: 30 }, (_, index) => held(index, "Quarantine", index));
  const result = list(createMailSystem({ held: mail, cap: 4 }), { guid: "Quarantine25", limit: 1 });
  expect(result).toMatchObject({ truncated: false, searched: [{ found: 1 }] });
});

test("the same message in two folders is listed for both (pps-api.md 2.4)", () => {
  const mail = [held(1, "Phish", 5), { ...held(1, "PCI", 5), guid: "Phish1", localguid: "Phish1" }];
  const { messages } = list(createMailSystem({ held: mail }), { ...anyone, allFolders: true });
  expect(messages.map((one) => [one.folder, one.guid])).toEqual([
    ["Phish", "Phish1"],
    ["PCI", "Phish1"],
  ]);
});

test("one second with more than the cap is named, its folder too", () => {
  const mail = Array.from({ length: 12 }, (_, index) => held(index, "Phish", 60));
  const result = list(createMailSystem({ held: mail, cap: 10 }), { ...anyone, folder: "Phish" });
  expect(result).toMatchObject({
    truncated: true,
    failed: false,
    searched: [{ found: 10, incompleteSeconds: ["2026-03-04T11:59:00Z"] }],
  });
  expect(result.notes[0]).toContain("Folder Phish: more messages came in the second 2026-03-04T11:59:00Z");
});

test("an address beyond the pattern is pointed out once, on one clean line, and what matches is not", () => {
  const odd = {
    ...held(1, "Quarantine", 5),
    record: { from: "x@sub.shop.example\u001b[2J", rcpts: ["ANN@example.com"] },
  };
  const { notes } = list(createMailSystem({ held: [odd, odd] }), { sender: "*", recipient: "ann@*" });
  expect(notes).toEqual([]);
  const system = createMailSystem({ fate: () => ({ text: JSON.stringify([{ guid: "g", ...odd.record }]) }) });
  const narrow = list(system, { sender: "@shop.example", recipient: "bob@example.com", until: "now" });
  expect(narrow.notes).toEqual([
    "PPS found more than the sender pattern says to the letter, such as x@sub.shop.example [2J; look before you act on all.",
    "PPS found more than the recipient pattern says to the letter, such as ANN@example.com; look before you act on all.",
  ]);
});

test("a second of exactly a thousand is doubted when no cap is named, and nothing older can clear it", () => {
  const mail = Array.from({ length: 1100 }, (_, index) => held(index, "Phish", 60));
  const system = createMailSystem({ held: mail });
  const { ask } = system;
  system.ask = (request) => {
    const reply = ask(request);
    return { ...reply, text: JSON.stringify(JSON.parse(reply.text).records) };
  };
  const { messages, truncated, searched } = list(system, { ...anyone, folder: "Phish", limit: "all" });
  expect(messages).toHaveLength(1000);
  expect(truncated).toBe(true);
  expect(searched[0]?.incompleteSeconds).toEqual(["2026-03-04T11:59:00Z"]);
});

test("the result says what was searched, with times in UTC", () => {
  expect(list(createMailSystem(), { ...anyone, since: "1 hour", until: "now" })).toEqual({
    messages: [],
    truncated: false,
    failed: false,
    searched: [{ folder: "Quarantine", state: "searched", found: 0 }],
    requests: 1,
    notes: [],
    since: "2026-03-04T11:00:00Z",
    until: "2026-03-04T12:00:00Z",
  });
  expect(list(createMailSystem(), anyone).until).toBeNull();
});

test.each([
  [20, "PPS's clock is 20 minutes ahead of this machine's"],
  [-20, "PPS's clock is 20 minutes behind this machine's"],
  [4, undefined],
])("a PPS whose clock is off by %i minutes is noted, for mail of the last minutes may be missing", (minutes, note) => {
  const headers = { date: new Date(now + minutes * 60_000).toUTCString() };
  const system = createMailSystem({ fate: () => ({ headers, text: '{"count":0,"records":[]}' }) });
  const { notes } = list(system, anyone);
  expect(notes).toEqual(note === undefined ? [] : [expect.stringContaining(note)]);
});

test("messages of another time than was asked for are an error, not nothing found", () => {
  const text = JSON.stringify({ count: 1, records: [{ guid: "g", date: "2026-03-01 00:00:00" }] });
  const system = createMailSystem({ fate: () => ({ text }) });
  expect(() => list(system, anyone)).toThrow(
    expect.objectContaining({ code: "unexpected", message: expect.stringContaining("2026-03-01 00:00:00") }),
  );
  expect(system.items).toEqual([]);
});
