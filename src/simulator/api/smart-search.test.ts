import { expect, test } from "vitest";
import { start, type TestServer, withServer } from "../../../test/simulator/api-server.ts";

const now = start / 1000;

type Entry = Record<string, string | string[]>;

async function found(server: TestServer, query: Record<string, string> = {}): Promise<Entry[]> {
  const answer = await server.get("/pss/filter", query);
  expect(answer.status).toBe(200);
  return ((await answer.json()) as { result: Entry[] }).result;
}

const subjects = async (server: TestServer, query: Record<string, string>) =>
  (await found(server, query)).map(({ Subject }) => Subject);

test("a record has the 44 keys, strings all but module_rules", () =>
  withServer({}, async (server) => {
    const { guid } = server.hold({
      rcpts: ["bob@example.com", "eve@example.com"],
      traced: { hits: [{ module: "spam", rule: "definite" }], routes: ["in", "eu"], viruses: ["EICAR"] },
    });
    const [entry = {}] = await found(server);
    expect(Object.keys(entry)).toHaveLength(44);
    const { module_rules, ...strings } = entry;
    expect(module_rules).toEqual(["spam.definite"]);
    for (const value of Object.values(strings)) expect(typeof value).toBe("string");
    expect(entry).toMatchObject({
      GUID: guid,
      Date: "2026-02-02 22:04:06 [UTC-0600]",
      Sender: "ann@example.net",
      Recipients: "bob@example.com,eve@example.com",
      Message_ID: "<1@example.net>",
      Message_Size: "5120",
      Duration: "0.081532000000000",
      Sender_Host: "mx.example.net",
      Sender_IP_Address: "192.0.2.7",
      Final_Action: "discard",
      Final_Rule: "spam.definite",
      Policy_Routes: "in,eu",
      Quarantine_Folder: "Quarantine",
      Quarantine_Rule: "definite",
      current_folder: "Quarantine",
      Spam_Score: "80",
      Virus_Names: "EICAR",
      FQIN: "pps.example.com-10000_instance1",
      country: "**",
    });
    expect(entry.FID).toMatch(/^[\w-]{32}$/);
    expect(entry.FID).not.toBe(guid);
  }));

// pps-api.md 5: the partial addresses that find a.b@c.d, and some that must not.
test.each([
  ..."a.b@c.d a.b a.b* a.b@ a.b@* a.*@ a*@ @c.d *@c.d @*.d @*d *b* *c* @*c* *.* A.B@C.D *"
    .split(" ")
    .map((pattern) => [pattern, true] as const),
  ..."@ a a.b@c a.b@d b@ @c @*a.b* *a.b*@x a.b.c b* ?.b@c.d [a].b"
    .split(" ")
    .map((pattern) => [pattern, false] as const),
])("the partial address %j finds a.b@c.d: %j", (pattern, isFound) =>
  withServer({}, async (server) => {
    server.hold({ from: "a.b@c.d", rcpts: ["other@example.com", "a.b@c.d"] });
    expect(await found(server, { env_from: pattern })).toHaveLength(isFound ? 1 : 0);
    expect(await found(server, { env_rcpt: pattern })).toHaveLength(
      isFound || ["@*c*", "*c*"].includes(pattern) ? 1 : 0,
    );
  }),
);

test("a subject is found by its words, stemmed, without stop words and in any order", () =>
  withServer({}, async (server) => {
    server.hold({ subject: "The payments were confirmed" });
    server.hold({ subject: "Zahlung für März, Rechnung-17" });
    expect(await subjects(server, { subject: "confirm payment" })).toEqual(["The payments were confirmed"]);
    expect(await subjects(server, { subject: "is the payment confirming" })).toHaveLength(1);
    expect(await subjects(server, { subject: "paying" })).toHaveLength(0);
    expect(await subjects(server, { subject: "payment rejected" })).toHaveLength(0);
    expect(await subjects(server, { subject: "rechnung 17" })).toEqual(["Zahlung für März, Rechnung-17"]);
    expect(await subjects(server, { subject: "MÄRZ" })).toHaveLength(1);
    expect(await subjects(server, { subject: "the of and" })).toEqual([]);
    expect(await subjects(server, { subject: '"payments" OR NEAR(x) * ^' })).toEqual([]);
  }));

test("every other parameter narrows the search", () =>
  withServer({}, async (server) => {
    const hit = server.hold({
      subject: "hit",
      messageId: "seven@example.net",
      ip: "198.51.100.9",
      traced: { viruses: ["W32/X", "EICAR"] },
    });
    server.hold({ subject: "miss" });
    const [entry = {}] = await found(server, { guid: hit.guid });
    const queries = {
      guid: hit.guid,
      qid: entry.QID as string,
      sid: entry.SID as string,
      ip: "198.51.100.9",
      host: "198.51.100.9",
      virus: "none, eicar",
    };
    for (const [name, value] of Object.entries(queries)) {
      expect([name, await subjects(server, { [name]: value })]).toEqual([name, ["hit"]]);
      expect([name, await subjects(server, { [name]: `${value}x` })]).toEqual([name, []]);
    }
    for (const id of ["seven@example.net", "<seven@example.net>"]) {
      expect(await subjects(server, { hdr_mid: id })).toEqual(["hit"]);
    }
    expect(await subjects(server, { host: "MX.example.net" })).toHaveLength(2);
    expect(await subjects(server, { action: "discard" })).toHaveLength(2);
    expect(await subjects(server, { action: "accept" })).toHaveLength(0);
    expect(await subjects(server, { attach: "a.exe" })).toHaveLength(0);
    expect(await subjects(server, { guid: hit.guid, host: "mx.example.org" })).toHaveLength(0);
  }));

test("mail that was not held is found too, with its attachments", () =>
  withServer({}, async (server) => {
    const arrival = {
      guid: "delivered",
      qid: "q",
      sid: "s",
      receivedAt: start - 5000,
      envelope: { from: "", to: ["bob@example.com"] },
      peer: { ip: "192.0.2.1", host: "", helo: "x", tls: "TLSv1.3 AES" },
      raw: Buffer.from(""),
    };
    const facts = {
      subject: "plain",
      messageId: "",
      headerFrom: "",
      attachmentNames: ["a b.pdf", "c.zip"],
      sizeBytes: 1,
    };
    const final = { module: "access" as const, rule: "system" };
    const none = { hits: [], viruses: [], routes: [], dlp: [], durationSeconds: 0 };
    server.store.trace(arrival, facts, { action: "deliver", final, ...none });
    const [entry] = await found(server, { attach: "C.ZIP", action: "accept", qid: "q" });
    expect(entry).toMatchObject({
      GUID: "delivered",
      Message_ID: "",
      Attachment_Names: "a b.pdf,c.zip",
      Final_Rule: "access.system",
      module_rules: ["access.system"],
      Quarantine_Folder: "",
      current_folder: "",
      Spam_Score: "",
      TLS: "TLSv1.3 AES",
    });
    expect(await server.records()).toEqual([]);
  }));

test("current_folder follows the message and Quarantine_Folder does not", () =>
  withServer({}, async (server) => {
    const { localGuid } = server.hold({});
    const folders = async () => (await found(server)).map((entry) => [entry.Quarantine_Folder, entry.current_folder]);
    await server.act({ action: "move", folder: "Quarantine", localguid: localGuid, targetfolder: "Phish" });
    expect(await folders()).toEqual([["Quarantine", "Phish"]]);
    const [record] = await server.records({ folder: "Phish" });
    await server.act({ action: "delete", folder: "Phish", localguid: record?.localguid });
    expect(await folders()).toEqual([["Quarantine", ""]]);
  }));

test("a made-up message has a record that its own ids find, also after it is gone", () =>
  withServer({ quirks: { "moved-effect": "at-once" } }, async (server) => {
    const message = { guid: "made", folder: "PCI", receivedAt: now - 9, subject: "s", messageId: "m@example.net" };
    const rest = {
      from: "a@example.net",
      rcpts: ["b@example.com"],
      sizeBytes: 10,
      spamScore: 3,
      dlp: '[{"rule":"r","matches":[]}]',
    };
    server.store.holdSynthetic([{ ...message, ...rest, hostIp: "mx.example.net [192.0.2.1]", processingServer: "p" }]);
    const [record] = await server.records({ folder: "PCI" });
    await server.act({ action: "delete", folder: "PCI", localguid: record?.localguid });
    const [entry = {}] = await found(server, { host: "mx.example.net", ip: "192.0.2.1" });
    expect(Object.keys(entry)).toHaveLength(44);
    expect(entry).toMatchObject({ GUID: "made", Quarantine_Folder: "PCI", current_folder: "", Module_ID: "dlp" });
    expect(await found(server, { qid: entry.QID as string })).toHaveLength(1);
    expect(await found(server, { sid: entry.SID as string })).toHaveLength(1);
    expect(await found(server, { qid: "g0N0A00s000099" })).toHaveLength(0);
  }));

test("times bound the search with their offset, and without from it reaches back 24 hours", () =>
  withServer({}, async (server) => {
    for (const age of [60, 86_400, 86_401]) server.hold({ subject: `${age}`, receivedAt: now - age });
    expect(await subjects(server, {})).toEqual(["60", "86400"]);
    expect(await subjects(server, { from: "2026-02-01T22:05:05-0600" })).toEqual(["60", "86400", "86401"]);
    expect(await subjects(server, { from: "2026-02-02T09:35:06+0530", to: "2026-02-03T04:05:05+0000" })).toEqual([
      "60",
      "86400",
    ]);
    expect(await subjects(server, { from: "2026-02-01T00:00:00+0000", to: "2026-02-02T04:05:05+0000" })).toEqual([
      "86401",
    ]);
  }));

test("without from the quirk may open the window wide, oldest first", () =>
  withServer({ quirks: { "trace-no-start": "everything", "trace-order": "oldest-first" } }, async (server) => {
    for (const age of [10, 5_000_000]) server.hold({ subject: `${age}`, receivedAt: now - age });
    expect(await subjects(server, {})).toEqual(["5000000", "10"]);
  }));

test.each<Record<string, string>>([
  { from: "2026-03-04T05:06:07+00:00" },
  { from: "2026-03-04 05:06:07" },
  { to: "now" },
  { from: "2026-03-04T05:06:07+0000", to: "2026-03-04T05:06:06+0000" },
  { action: "quarantine" },
  { count: "0" },
  { count: "all" },
])("the search %j is refused in text", (query) =>
  withServer({}, async (server) => {
    const answer = await server.get("/pss/filter", query);
    expect(answer.status).toBe(400);
    expect(await answer.text()).not.toBe("");
  }),
);

test("count bounds the answer up to the ceiling, also where a test outside the index decides", () =>
  withServer({ quirks: { "trace-ceiling": "50" } }, async (server) => {
    for (let index = 0; index < 60; index++)
      server.hold({ subject: `${index}`, ip: index % 2 ? "192.0.2.1" : "192.0.2.2" });
    expect(await found(server, {})).toHaveLength(50);
    expect(await found(server, { count: "1000" })).toHaveLength(50);
    expect(await subjects(server, { count: "2" })).toEqual(["59", "58"]);
    expect(await subjects(server, { count: "2", ip: "192.0.2.2" })).toEqual(["58", "56"]);
  }));

test.each([
  ["none", 0],
  ["5-seconds", 5],
  ["5-minutes", 300],
])("with lag %s a message is found %i seconds after it arrived, not before", (quirk, lag) =>
  withServer({ quirks: { "trace-lag": quirk } }, async (server) => {
    server.hold({ receivedAt: now });
    server.clock.advance(lag * 1000 - 1);
    expect(await found(server, { to: "2026-02-04T00:00:00+0000" })).toHaveLength(0);
    server.clock.advance(1);
    expect(await found(server, { to: "2026-02-04T00:00:00+0000" })).toHaveLength(1);
  }),
);

test.each([
  ["empty-list", '{"result":[]}'],
  ["no-key", "{}"],
  ["empty-body", ""],
])("with trace-nothing-found %s an empty answer reads %j", (quirk, body) =>
  withServer({ quirks: { "trace-nothing-found": quirk } }, async (server) => {
    const answer = await server.get("/pss/filter", {});
    expect([answer.status, await answer.text()]).toEqual([200, body]);
  }),
);

test("dates carry the zone of the cluster", () =>
  withServer({ quirks: { "trace-zone": "+0530" } }, async (server) => {
    server.hold({});
    expect((await found(server))[0]?.Date).toBe("2026-02-03 09:34:06 [UTC+0530]");
  }));
